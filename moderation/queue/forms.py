"""What a moderator asks of the queue: read from the query string, which is also kept as a saved view."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from listings.eligibility import RULES
from moderation.clock.duties import regions_of
from moderation.models import SavedView
from moderation.queue.cases import Case, case_at
from moderation.queue.choosing import ANY_RULE, FREE, MINE, NO_RULE, Choice
from organizations.models import User
from organizations.registering.similar import find_organizations
from portal.facts import names_of
from portal.languages import LISTING_LANGUAGES, language_name
from portal.models import Region

YES = "yes"
KINDS = {
    "version": _("Listings"),
    "organization": _("New organizations"),
    "organization_change": _("New names and kinds"),
    "report": _("Reports from readers"),
    "recheck": _("Re-checks"),
}


def _regions() -> list[tuple[str, Any]]:
    return [("", _("all regions")), (MINE, _("my regions")), *names_of(Region).items()]


def _languages() -> list[tuple[str, Any]]:
    reader = get_language() or "en"
    return [("", _("all languages")), *((one.code, language_name(one.code, reader)) for one in LISTING_LANGUAGES)]


def _rules() -> list[tuple[str, Any]]:
    return [
        ("", _("everything")),
        (ANY_RULE, _("something noticed")),
        (NO_RULE, _("nothing noticed")),
        *((code, rule.title) for code, rule in RULES.items()),
    ]


class QueueFilter(forms.Form):
    """A part of the queue. A value that does not exist is an error at its field, and does not count."""

    kind = forms.ChoiceField(label=_("What"), choices=[("", _("everything")), *KINDS.items()], required=False)
    region = forms.ChoiceField(label=_("Region"), choices=_regions, required=False)
    language = forms.ChoiceField(label=_("Language of the text"), choices=_languages, required=False)
    rule = forms.ChoiceField(label=_("The rules noticed"), choices=_rules, required=False)
    hold = forms.ChoiceField(
        label=_("In hand"),
        choices=[("", _("with anybody")), (MINE, _("with me")), (FREE, _("with nobody"))],
        required=False,
    )
    words = forms.CharField(label=_("Name or Business ID"), max_length=100, required=False)
    late = forms.ChoiceField(
        label=_("Promised day"), choices=[("", _("any")), (YES, _("over already"))], required=False
    )
    organization = forms.IntegerField(min_value=1, max_value=10**18, required=False, widget=forms.HiddenInput)
    # The case behind which a page begins: its place, and no part of the choice.
    behind = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, moderator: User) -> None:
        super().__init__(data)
        self.moderator = moderator
        self.is_valid()

    @classmethod
    def of_query(cls, query: str, moderator: User) -> "QueueFilter":
        """Read from a query string that is carried along."""
        return cls(QueryDict(query[: SavedView.QUERY_LENGTH]), moderator=moderator)

    @property
    def behind_case(self) -> Case | None:
        return case_at(self.cleaned_data.get("behind", ""))

    @property
    def chosen(self) -> dict[str, Any]:
        """What is chosen, by field, in canonical order."""
        return {name: value for name, value in self.cleaned_data.items() if value and name != "behind"}

    @property
    def query(self) -> str:
        """The canonical query string of what is chosen."""
        return urlencode(self.chosen)

    def without(self, name: str) -> str:
        """The canonical query string without one field."""
        return urlencode({key: value for key, value in self.chosen.items() if key != name})

    @property
    def choice(self) -> Choice:
        chosen = self.chosen
        organizations = tuple(find_organizations(chosen["words"])) if "words" in chosen else None
        if "organization" in chosen:
            only = (chosen["organization"],)
            organizations = only if organizations is None else tuple(set(organizations) & set(only))
        return Choice(
            kind=chosen.get("kind", ""),
            regions=self._regions(chosen.get("region", "")),
            language=chosen.get("language", ""),
            rule=chosen.get("rule", ""),
            is_late="late" in chosen,
            organizations=organizations,
            hold=chosen.get("hold", ""),
            moderator=self.moderator.pk,
        )

    def _regions(self, region: str) -> tuple[str, ...]:
        if region != MINE:
            return (region,) if region else ()
        return tuple(sorted(regions_of(self.moderator, timezone.localdate()) or ()))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write beside each kind how many of it there are."""
        choices = [(kind, f"{label} ({counts[kind]})") for kind, label in KINDS.items()]
        self.fields["kind"].choices = [("", f"{_('everything')} ({sum(counts.values())})"), *choices]


class SavedViewForm(forms.Form):
    """A name for what is chosen now."""

    name = forms.CharField(label=_("Name of the view"), max_length=60)
    query = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)
