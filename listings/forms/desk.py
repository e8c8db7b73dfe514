"""The forms of an organization's desk: which of its listings are shown, and which are ticked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from listings.models import Listing, Version
from listings.models.listing import ListingQuerySet
from listings.standing import HIDDEN, with_standing
from organizations.models import Organization
from portal.languages import LISTING_LANGUAGES
from portal.vocabulary import choice_list, label_lazy

TO_CONFIRM = "to_confirm"
TITLES = tuple(f"title_{language.column}" for language in LISTING_LANGUAGES)


def state_choices() -> list[tuple[str, Any]]:
    """What needs doing first, then the others."""
    return [
        ("", _("Any state")),
        ("returned", label_lazy("version_state", "returned")),
        (TO_CONFIRM, _("To be confirmed")),
        ("draft", label_lazy("version_state", "draft")),
        ("submitted", label_lazy("version_state", "submitted")),
        ("published", label_lazy("version_state", "published")),
        ("expired", label_lazy("listing_state", "expired")),
        ("withdrawn", label_lazy("listing_state", "withdrawn")),
        ("hidden", HIDDEN),
        ("rejected", label_lazy("version_state", "rejected")),
    ]


class DeskFilterForm(forms.Form):
    """The filters of the desk's list, read from the query string. A wrong value is said and does not count."""

    words = forms.CharField(label=_("Words in the title or the place"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False, choices=state_choices)
    section = forms.ChoiceField(
        label=_("Part of the portal"), required=False, choices=lambda: [("", _("Both parts")), *choice_list("section")]
    )

    def chosen(self) -> dict[str, list[str]]:
        """The valid values by filter, in the form's order."""
        self.is_valid()
        values = ((name, self.cleaned_data.get(name)) for name in self.fields)
        return {name: [value] for name, value in values if value}

    def found(self, organization: Organization) -> ListingQuerySet:
        """The listings of an organization that fit all filters, the newest first."""
        chosen = {name: values[0] for name, values in self.chosen().items()}
        listings = with_standing(Listing.objects.filter(organization=organization))
        if "words" in chosen:
            listings = listings.filter(pk__in=_with_words(organization, chosen["words"]))
        if "section" in chosen:
            listings = listings.filter(section=chosen["section"])
        if chosen.get("state") == TO_CONFIRM:
            return listings.filter(is_to_confirm=True)
        return listings.filter(standing=chosen["state"]) if "state" in chosen else listings


def _with_words(organization: Organization, words: str) -> set[int]:
    """The listings with all of the words in a title or place. Compared here, where both databases fold alike."""
    wanted = words.casefold().split()
    rows = (
        Version.objects.filter(listing__organization=organization)
        .exclude(state=Version.State.SUPERSEDED)
        .order_by()
        .values_list("listing_id", "venue", *TITLES)
    )
    return {pk for pk, *texts in rows if all(word in " ".join(filter(None, texts)).casefold() for word in wanted)}


class TickedForm(forms.Form):
    """The ticked rows of one page of the list. One that is not the organization's is the error `invalid_choice`."""

    listing = forms.MultipleChoiceField(error_messages={"required": _("Tick the listings first.")})

    def __init__(self, *args: Any, organization: Organization, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.most = most
        pks = Listing.objects.filter(organization=organization).order_by().values_list("pk", flat=True)
        self.fields["listing"].choices = [(str(pk), "") for pk in pks]

    def clean_listing(self) -> list[str]:
        ticked = list(dict.fromkeys(self.cleaned_data["listing"]))
        if len(ticked) > self.most:
            raise ValidationError(_("Tick at most %(most)s listings at a time."), params={"most": self.most})
        return ticked

    def listings(self) -> ListingQuerySet:
        return Listing.objects.filter(organization=self.organization, pk__in=self.cleaned_data["listing"])
