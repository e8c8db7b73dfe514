"""Keeping a published listing true: the day on which it meets again after a break."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.models import Listing

from .when_and_where import DATE_FORMATS

# A longer break than this is an end.
LONGEST_BREAK = timedelta(days=366)


class BreakForm(forms.Form):
    """Until when is the break?"""

    until = forms.DateField(
        label=_("On which day does it meet again?"),
        help_text=_("Like this: 1.9.2027"),
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(attrs={"inputmode": "numeric", "size": 12}, format="%d.%m.%Y"),
        error_messages={
            "required": _("Write the day on which it meets again."),
            "invalid": _("This is not a date. Write it like this: 1.9.2027"),
        },
    )

    def __init__(self, *args, listing: Listing, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.listing = listing

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today, last = timezone.localdate(), self.listing.last_session_on
        if until <= today:
            raise ValidationError(_("The day on which it meets again has to come after today."))
        if until > today + LONGEST_BREAK:
            raise ValidationError(_("A break can last a year at most. You can take the listing away from readers."))
        if last is not None and last < until:
            raise ValidationError(_("It ends before that day. Write the coming days, or take it away from readers."))
        return until
