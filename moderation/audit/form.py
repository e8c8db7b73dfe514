"""What somebody asks of the audit: who, what, which thing, when, and words. Read from the query string."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.activity_log import PLACE
from listings.activity_sentences import MEMBERS, MODERATORS
from listings.forms.when_and_where import DayField
from moderation.audit.sentences import OTHERS
from moderation.audit.trail import about_listing, with_words
from organizations.models import Organization, User
from organizations.registering.similar import find_organizations
from portal.models import AuditEvent

# So many people or organizations of like name are looked for at once.
MOST_NAMED = 50
# Numbers of rows are not larger.
LARGEST = 2**63 - 1
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)
# A submission with changes is told by another sentence, and is the same thing done.
TOLD_OTHERWISE = "submitted_changes"


def _deeds() -> list[tuple[Any, Any]]:
    """What can have been done, in words, in groups."""
    groups = ((_("By people of organizations"), MEMBERS), (_("By moderators"), MODERATORS), (_("Other"), OTHERS))
    return [("", _("Anything")), *((name, _options(sentences)) for name, sentences in groups)]


def _options(sentences: Mapping[tuple[str, str], Any]) -> list[tuple[str, str]]:
    return [
        (f"{verb} {noun}", PLACE.sub("…", str(words)))
        for (verb, noun), words in sentences.items()
        if verb != TOLD_OTHERWISE
    ]


def _number(written: str) -> int | None:
    return int(written) if re.fullmatch("[0-9]{1,18}", written) else None


class AuditForm(forms.Form):
    """A wrong value is said at its field, and then nothing is shown."""

    who = forms.CharField(
        label=_("Who"), help_text=_("A name, an e-mail address or an account number."), max_length=254, required=False
    )
    what = forms.ChoiceField(label=_("What was done"), choices=_deeds, required=False)
    organization = forms.CharField(
        label=_("Organization"), help_text=_("Its name, Business ID or number."), max_length=200, required=False
    )
    listing = forms.CharField(
        label=_("Listing"), help_text=_("Its number, or the address of its page."), max_length=400, required=False
    )
    since = DayField(label=_("From the day"), help_text=_("Like this: 1.9.2026"))
    until = DayField(label=_("To the day"), help_text=_("Like this: 30.9.2026"))
    words = forms.CharField(label=_("Words in the data of the event"), max_length=100, required=False)
    # The last event that was shown; the page begins after it.
    after = forms.IntegerField(min_value=1, max_value=LARGEST, required=False, widget=forms.HiddenInput)

    def clean_organization(self) -> list[int] | None:
        """The organizations that are meant; None for any."""
        written = self.cleaned_data["organization"].strip()
        if not written:
            return None
        number = _number(written)
        found = [number] if number is not None else find_organizations(written)[:MOST_NAMED]
        keys = list(Organization.objects.filter(pk__in=found).values_list("pk", flat=True))
        if not keys:
            raise ValidationError(_("There is no such organization. Look at the spelling."))
        return keys

    def clean_listing(self) -> int | None:
        """The number at the end of what was written."""
        written = self.cleaned_data["listing"].strip()
        if not written:
            return None
        found = re.search(r"([0-9]{1,18})/?$", written)
        if found is None:
            raise ValidationError(_("Write the listing’s number, or the address of its page."))
        return int(found[1])

    def clean_after(self) -> AuditEvent | None:
        pk = self.cleaned_data["after"]
        return AuditEvent.objects.filter(pk=pk).first() if pk else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day is before the first day."))
        return data

    def found(self, events: QuerySet[AuditEvent]) -> tuple[QuerySet[AuditEvent], bool]:
        """The events that fit, the newest first, and whether some were too old to be looked through for the words."""
        data = self.cleaned_data
        if data["who"]:
            events = events.filter(_by(data["who"].strip()))
        if data["what"]:
            verb, _space, noun = data["what"].partition(" ")
            events = events.filter(verb=verb, noun=noun)
        if data["organization"] is not None:
            events = events.filter(organization_id__in=data["organization"])
        if data["listing"] is not None:
            events = about_listing(events, data["listing"])
        if data["since"]:
            events = events.filter(at__gte=_start_of(data["since"]))
        if data["until"]:
            events = events.filter(at__lt=_start_of(data["until"]) + timedelta(days=1))
        return with_words(events, data["words"]) if data["words"].strip() else (events, False)

    def chosen(self) -> dict[str, str]:
        """What was asked, as it was written, for the addresses of the next page and of the file."""
        written = ((name, self.data.get(name, "")) for name in self.fields if name != "after")
        return {name: value for name, value in written if value}


def _start_of(day: date) -> datetime:
    """The first moment of a day; of one that no portal has lived through, that of the nearest that one could."""
    return timezone.make_aware(datetime.combine(min(max(day, EARLIEST), LATEST), time.min))


def _by(written: str) -> Q:
    """By the account with this number, or by those whose name or address has this in it."""
    number = _number(written)
    if number is not None:
        return Q(actor_id=number)
    people = User.objects.filter(Q(name__icontains=written) | Q(email__icontains=written)).order_by("pk")
    return Q(actor_id__in=list(people.values_list("pk", flat=True)[:MOST_NAMED]))
