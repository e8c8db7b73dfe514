"""Which regions a moderator looks after, and the days on which they are away."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.forms.when_and_where import DATE_FORMATS
from moderation.clock.duties import NoStandIn, check_stand_in
from moderation.models import Duty
from organizations.models import User
from portal import facts
from portal.models import Region

# Whoever is away for longer should not be a moderator for so long.
LONGEST_AWAY = timedelta(days=366)


def _regions() -> list[tuple[str, str]]:
    return sorted(facts.names_of(Region).items(), key=lambda one: one[1])


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "size": 12}, format="%d.%m.%Y"),
        error_messages={"invalid": _("This is not a date. Write it like this: 1.9.2027")},
        **more,
    )


class DutyForm(forms.Form):
    """Nothing is needed: without regions it is the whole country, without days nobody is away."""

    regions = forms.MultipleChoiceField(
        label=_("Your regions"),
        help_text=_("Tick none if you look after the whole country. What is online belongs to everybody."),
        choices=_regions,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("There is no such region.")},
    )
    away_from = _day(_("First day away"), help_text=_("Like this: 1.9.2027"))
    away_until = _day(_("Last day away"), help_text=_("Like this: 1.9.2027"))
    stand_in = forms.ModelChoiceField(
        label=_("Who stands in for you"),
        help_text=_("Your regions are theirs on these days. Without a stand-in they are everybody’s."),
        queryset=User.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("This person is no moderator. Choose somebody else.")},
    )

    def __init__(self, *args, moderator: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.moderator = moderator
        # One’s own name is not offered, but read, so that the answer says what is wrong with it.
        stand_in = cast(forms.ModelChoiceField, self.fields["stand_in"])
        moderators = User.objects.moderators().order_by("name", "email")
        stand_in.queryset = moderators
        others = [(one.pk, str(one)) for one in moderators if one.pk != moderator.pk]
        stand_in.choices = [("", _("nobody")), *others]

    @classmethod
    def of(cls, duty: Duty | None, *, moderator: User) -> "DutyForm":
        """The form as things stand; days away that are over have gone."""
        if duty is None:
            return cls(moderator=moderator)
        initial: dict[str, Any] = {"regions": [region.pk for region in duty.regions.all()]}
        if duty.away_until is not None and duty.away_until >= timezone.localdate():
            initial |= {"away_from": duty.away_from, "away_until": duty.away_until, "stand_in": duty.stand_in}
        return cls(initial=initial, moderator=moderator)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first: date | None = answers.get("away_from")
        last: date | None = answers.get("away_until")
        if not {"away_from", "away_until"} & set(self.errors):
            self._check_days(first, last, answers.get("stand_in"))
        return answers

    def _check_days(self, first: date | None, last: date | None, stand_in: User | None) -> None:
        if first is None and last is None:
            if stand_in is not None:
                self.add_error("away_from", _("Write on which days this person stands in for you."))
            return
        if first is None:
            self.add_error("away_from", _("Write the first day, too."))
        elif last is None:
            self.add_error("away_until", _("Write the last day, too."))
        elif last < first:
            self.add_error("away_until", _("The last day is before the first."))
        elif last < timezone.localdate():
            self.add_error("away_until", _("These days are over."))
        elif last - first > LONGEST_AWAY:
            self.add_error("away_until", _("This is more than a year. Write a shorter time."))
        elif stand_in is not None:
            try:
                check_stand_in(stand_in, self.moderator, first, last)
            except NoStandIn as refusal:
                self.add_error("stand_in", str(refusal.message))
