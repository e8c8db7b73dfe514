"""What changed between two versions, word by word, for the moderator's eyes."""

import difflib
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from listings.models import Version
from listings.presentation import place_names, price_label, schedule_label
from portal.languages import direction, language_name
from portal.vocabulary import label

TEXT_LABELS = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("One sentence"),
    "description": gettext_lazy("What people do there"),
    "language_support": gettext_lazy("How people with little Finnish or Swedish take part"),
}


@dataclass(frozen=True)
class Piece:
    """A run of words: `kept`, `added` or `removed`."""

    text: str
    kind: str


@dataclass(frozen=True)
class ShownText:
    """One text in one language, with what changed in it since the published version."""

    field: str
    label: str
    lang: str
    language_name: str
    pieces: list[Piece]
    is_changed: bool

    @property
    def dir(self) -> str:
        return direction(self.lang)


@dataclass(frozen=True)
class ShownFact:
    """One answer in words, and what it was before (`None` when there is nothing to compare with)."""

    label: str
    value: str
    before: str | None

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != self.value


def pieces(before: str, after: str) -> list[Piece]:
    """The words of two texts as kept, removed and added runs, in reading order."""
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    found: list[Piece] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("".join(new[c:d]), "kept"))
            continue
        if b > a:
            found.append(Piece("".join(old[a:b]), "removed"))
        if d > c:
            found.append(Piece("".join(new[c:d]), "added"))
    return found


def shown_texts(version: Version, published: Version | None) -> list[ShownText]:
    """All texts of a version; each word that differs from the published one is marked."""
    reader = get_language() or "en"
    shown = []
    for field in Version.TEXT_FIELDS:
        now = version.texts(field)
        before = published.texts(field) if published is not None else None
        for code in {**now, **(before or {})}:
            new, old = now.get(code, ""), (before or {}).get(code, "")
            marked = pieces(old, new) if before is not None else [Piece(new, "kept")]
            is_changed = before is not None and old != new
            shown.append(
                ShownText(field, str(TEXT_LABELS[field]), code, language_name(code, reader), marked, is_changed)
            )
    return shown


def _yes_no(value: bool | None) -> str:
    return "" if value is None else _("yes") if value else _("no")


def _facts(version: Version) -> dict[str, str]:
    def coded(group: str, code: str) -> str:
        return label(group, code) if code else ""

    def listed(rows: Any) -> str:
        return ", ".join(str(row) for row in rows)

    return {
        _("Section"): coded("section", version.listing.section),
        _("For whom"): coded("audience", version.audience),
        _("How people join"): coded("participation", version.participation),
        _("Price"): price_label(version),
        _("Volunteering"): coded("volunteering", version.volunteering),
        _("Study"): coded("study", version.study),
        _("Authority service"): _yes_no(version.statutory),
        _("Political"): _yes_no(version.political),
        _("Religious"): _yes_no(version.religious),
        _("Kind of activity"): listed(row.form for row in version.form_rows.all()),
        _("Aims"): ", ".join(label("aim", aim) for aim in version.aims),
        _("Groups"): listed(version.target_groups.all()),
        _("Languages"): listed(version.languages.all()),
        _("Level of Finnish or Swedish"): coded("language_level", version.language_level),
        _("Child care"): _yes_no(version.childcare),
        _("Wheelchair"): _yes_no(version.accessible),
        _("When"): " · ".join(filter(None, [schedule_label(version), ", ".join(version.dates)])),
        _("Where"): ", ".join(
            filter(
                None,
                [
                    coded("location_mode", version.location_mode),
                    version.venue,
                    version.address,
                    version.postal_code,
                    *place_names(version),
                ],
            )
        ),
        _("Contact"): ", ".join(
            filter(
                None,
                [version.contact_name, version.contact_email, version.contact_phone, version.contact_url],
            )
        ),
    }


def shown_facts(version: Version, published: Version | None) -> list[ShownFact]:
    """All answers in words, with what each was before."""
    before = _facts(published) if published is not None else {}
    return [
        ShownFact(name, value, before.get(name, "") if published is not None else None)
        for name, value in _facts(version).items()
    ]
