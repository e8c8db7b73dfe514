"""What changed between two versions, word by word, for the moderator's eyes."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from listings.models import Version
from listings.presentation import place_names, price_label
from portal import moments
from portal.languages import direction, language_name
from portal.vocabulary import label

TEXT_LABELS: dict[str, Promise] = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("One sentence"),
    "easy_summary": gettext_lazy("In easy language"),
    "description": gettext_lazy("What people do there"),
    "language_support": gettext_lazy("How people with little Finnish or Swedish take part"),
}
# Answers that are not texts, by the name of the answer; some stand for a few that belong together.
FACT_LABELS: dict[str, Promise] = {
    "section": gettext_lazy("Section"),
    "audience": gettext_lazy("For whom"),
    "participation": gettext_lazy("How people join"),
    "price_kind": gettext_lazy("Price"),
    "volunteering": gettext_lazy("Volunteering"),
    "study": gettext_lazy("Study"),
    "statutory": gettext_lazy("Authority service"),
    "political": gettext_lazy("Political"),
    "religious": gettext_lazy("Religious"),
    "forms": gettext_lazy("Kind of activity"),
    "aims": gettext_lazy("Aims"),
    "target_groups": gettext_lazy("Groups"),
    "languages": gettext_lazy("Languages"),
    "language_level": gettext_lazy("Level of Finnish or Swedish"),
    "childcare": gettext_lazy("Child care"),
    "accessible": gettext_lazy("Wheelchair"),
    "schedule_kind": gettext_lazy("When"),
    "weekdays": gettext_lazy("Weekdays"),
    "dates": gettext_lazy("Days"),
    "starts": gettext_lazy("Time"),
    "first_date": gettext_lazy("First day"),
    "last_date": gettext_lazy("Last day"),
    "exceptions": gettext_lazy("Does not meet on"),
    "location_mode": gettext_lazy("Where"),
    "municipalities": gettext_lazy("Municipalities"),
    "venue": gettext_lazy("Place"),
    "is_discreet": gettext_lazy("Place not shown to readers"),
    "welcome": gettext_lazy("Who meets newcomers"),
    "contact_name": gettext_lazy("Contact"),
}

# Words with the space after them; scripts that write without spaces sign by sign. Then sentences, for long texts.
WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]\s*|[^\s\u3040-\u30ff\u3400-\u9fff]+\s*|\s+")
SENTENCES = re.compile(r"[^.!?。！？\n]*[.!?。！？\n]+\s*|[^.!?。！？\n]+")
# So many pairs of equal words are compared at most: what takes longer is compared by sentences, or stands as a whole.
MOST_PAIRS = 40_000


@dataclass(frozen=True)
class Piece:
    """A run of words, or one item of a list: `kept`, `added` or `removed`."""

    text: str
    kind: str


@dataclass(frozen=True)
class ShownText:
    """One text in one language, with what changed in it since the published version.

    `whole` is `added` or `removed` when there was no text in this language before, or is none now.
    """

    field: str
    label: str
    lang: str
    language_name: str
    pieces: list[Piece]
    is_changed: bool
    whole: str = ""

    @property
    def dir(self) -> str:
        return direction(self.lang)


@dataclass(frozen=True)
class ShownFact:
    """One answer in words: what stayed, came or went, item by item."""

    answer: str
    label: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "kept" for piece in self.pieces)


def pieces(before: str, after: str) -> list[Piece]:
    """Two texts as kept, removed and added runs, in reading order: by words; by sentences where words take too long."""
    for cut in (WORDS, SENTENCES):
        old, new = cut.findall(before), cut.findall(after)
        start = _equal_at_start(old, new)
        end = _equal_at_start(old[: start - 1 if start else None : -1], new[: start - 1 if start else None : -1])
        middle = old[start : len(old) - end], new[start : len(new) - end]
        if _pairs(*middle) <= MOST_PAIRS:
            found = [("kept", new[:start]), *_compared(*middle), ("kept", new[len(new) - end :])]
            return _joined(found)
    return _joined([("removed", [before]), ("added", [after])])


def _equal_at_start(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal words there are: what the comparison has to weigh."""
    counts = Counter(new)
    return sum(number * counts[word] for word, number in Counter(old).items())


def _compared(old: list[str], new: list[str]) -> Iterable[tuple[str, list[str]]]:
    for kind, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "kept", new[c:d]
        else:
            yield "removed", old[a:b]
            yield "added", new[c:d]


def _joined(runs: Iterable[tuple[str, list[str]]]) -> list[Piece]:
    """The runs as pieces; those of one kind that stand beside each other as one."""
    found: list[Piece] = []
    for kind, words in runs:
        text = "".join(words)
        if text and found and found[-1].kind == kind:
            found[-1] = Piece(found[-1].text + text, kind)
        elif text:
            found.append(Piece(text, kind))
    return found


def compared_texts(
    now: Mapping[str, Mapping[str, str]], before: Mapping[str, Mapping[str, str]] | None
) -> list[ShownText]:
    """All texts, by field and language; each word that differs is marked. `None`: there is nothing to compare with."""
    reader = get_language() or "en"
    shown = []
    for field, name in TEXT_LABELS.items():
        texts, old_texts = now.get(field, {}), (before or {}).get(field, {})
        for code in {**texts, **old_texts}:
            new, old = texts.get(code, ""), old_texts.get(code, "")
            marked = pieces(old, new) if before is not None else [Piece(new, "kept")]
            is_changed = before is not None and old != new
            whole = "" if not is_changed or (old and new) else "added" if new else "removed"
            shown.append(ShownText(field, str(name), code, language_name(code, reader), marked, is_changed, whole))
    return shown


def shown_texts(version: Version, published: Version | None) -> list[ShownText]:
    """All texts of a version; each word that differs from the published one is marked."""

    def texts(one: Version) -> dict[str, dict[str, str]]:
        return {field: one.texts(field) for field in TEXT_LABELS}

    return compared_texts(texts(version), texts(published) if published is not None else None)


def _yes_no(value: bool | None) -> list[str]:
    return [] if value is None else [_("yes") if value else _("no")]


def _coded(group: str, *codes: str) -> list[str]:
    return [label(group, code) for code in codes if code]


def _days(days: Iterable[str]) -> list[str]:
    return [moments.full_date(date.fromisoformat(day)) for day in sorted(days)]


def _day(day: date | None) -> list[str]:
    return [moments.full_date(day)] if day else []


def facts_of(version: Version) -> dict[str, list[str]]:
    """All answers that are no texts, in words: the items by the name of the answer."""
    return {
        "section": _coded("section", version.listing.section),
        "audience": _coded("audience", version.audience),
        "participation": _coded("participation", version.participation),
        "price_kind": [price_label(version)],
        "volunteering": _coded("volunteering", version.volunteering),
        "study": _coded("study", version.study),
        "statutory": _yes_no(version.statutory),
        "political": _yes_no(version.political),
        "religious": _yes_no(version.religious),
        "forms": [str(row.form) for row in version.form_rows.all()],
        "aims": _coded("aim", *version.aims),
        "target_groups": [str(row) for row in version.target_groups.all()],
        "languages": [str(row) for row in version.languages.all()],
        "language_level": _coded("language_level", version.language_level),
        "childcare": _yes_no(version.childcare),
        "accessible": _yes_no(version.accessible),
        "welcome": _coded("welcome", version.welcome),
        "schedule_kind": _coded("schedule", version.schedule_kind),
        "weekdays": _coded("weekday", *version.weekdays),
        "dates": _days(version.dates),
        "starts": [moments.clock_range(version.starts, version.ends)],
        "first_date": _day(version.first_date),
        "last_date": _day(version.last_date),
        "exceptions": _days(version.exceptions),
        "location_mode": _coded("location_mode", version.location_mode),
        "municipalities": place_names(version),
        "venue": [version.venue, version.address, version.postal_code],
        "is_discreet": _yes_no(version.is_discreet or None),
        "contact_name": [version.contact_name, version.contact_email, version.contact_phone, version.contact_url],
    }


def _items(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    """What went, then what is there now in its order. The order of equal items tells nothing."""
    gone = [Piece(item, "removed") for item in before if item not in after]
    return gone + [Piece(item, "kept" if item in before else "added") for item in after]


def compared_facts(now: Mapping[str, Sequence[str]], before: Mapping[str, Sequence[str]] | None) -> list[ShownFact]:
    """All answers that have something to show, item by item beside what they were `before`."""
    shown = []
    for answer, name in FACT_LABELS.items():
        after = list(filter(None, now.get(answer, ())))
        old = after if before is None else list(filter(None, before.get(answer, ())))
        if after or old:
            shown.append(ShownFact(answer, str(name), _items(old, after)))
    return shown


def shown_facts(version: Version, published: Version | None) -> list[ShownFact]:
    """All answers in words, with what each was before."""
    return compared_facts(facts_of(version), facts_of(published) if published is not None else None)
