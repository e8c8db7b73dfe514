"""When and where people meet."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from listings.models import Version
from portal.forms import MunicipalitiesField
from portal.vocabulary import codes, label_lazy

from .base import StepForm, one_code

MOST_DATES = 200
DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")


class DateListField(forms.CharField):
    """Several dates, one on each line or with commas between; cleaned to sorted ISO strings."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{day.day}.{day.month}.{day.year}" for day in map(date.fromisoformat, value))

    def clean(self, value: Any) -> list[str]:
        parts = [part for part in re.split(r"[\s,;،，、؛]+", super().clean(value)) if part]
        if len(parts) > MOST_DATES:
            raise ValidationError(_("Write at most %(most)s dates."), params={"most": MOST_DATES})
        return sorted({self._read(part).isoformat() for part in parts})

    def _read(self, part: str) -> date:
        field = forms.DateField(input_formats=DATE_FORMATS)
        try:
            return field.clean(part)
        except ValidationError as error:
            raise ValidationError(
                _("%(part)s is not a date. Write each date like this: 5.10.2026"), params={"part": part}
            ) from error


class TimeField(forms.TimeField):
    """A time of day, written with a point or a colon."""

    widget = forms.TimeInput(attrs={"inputmode": "numeric", "size": 6}, format="%H.%M")

    def to_python(self, value: Any):
        text = str(value).strip().replace(".", ":") if value else ""
        return super().to_python(f"{text}:00" if re.fullmatch(r"\d{1,2}", text) else text)


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"inputmode": "numeric", "size": 12}, format="%d.%m.%Y")

    def __init__(self, **kwargs) -> None:
        super().__init__(input_formats=DATE_FORMATS, required=False, **kwargs)


class WhenAndWhereForm(StepForm):
    """When and where?"""

    weekdays = forms.MultipleChoiceField(
        label=_("On which weekdays?"),
        required=False,
        choices=[(code, label_lazy("weekday", code)) for code in codes("weekday")],
        widget=forms.CheckboxSelectMultiple,
    )
    dates = DateListField(
        label=_("On which dates?"),
        help_text=_("One date on each line, like this: 5.10.2026"),
        required=False,
    )
    starts = TimeField(label=_("Starts at"), help_text=_("Like this: 17.30"), required=False)
    ends = TimeField(label=_("Ends at"), help_text=_("Like this: 19.00"), required=False)
    first_date = DayField(label=_("First day"), help_text=_("You can leave this empty."))
    last_date = DayField(label=_("Last day"), help_text=_("You can leave this empty if there is no end."))
    exceptions = DateListField(
        label=_("On which days does it not meet?"),
        help_text=_("Holidays, for example. One date on each line, like this: 24.12.2026"),
        required=False,
    )
    location_mode = one_code("location_mode", _("Where do people meet?"))
    municipalities = MunicipalitiesField(
        label=_("In which municipality?"),
        help_text=_("Write the name. If there are several, write a comma between them."),
        required=False,
    )
    venue = forms.CharField(
        label=_("Name of the place"),
        help_text=_("For example: Main library, 2nd floor"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    address = forms.CharField(
        label=_("Street address"), required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        required=False,
        validators=[RegexValidator(r"^\d{5}$", _("A postal code has five digits."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )

    is_discreet = forms.BooleanField(
        label=_("Do not show the exact place"),
        help_text=_(
            "For people who have to be careful, such as survivors of violence. Readers see the municipality and how to "
            "get in touch; you tell them the place yourself. Do not write it in the texts either."
        ),
        required=False,
    )

    weekly = ("weekdays", "first_date", "last_date", "exceptions")

    def add_fields(self) -> None:
        """Only the questions of the schedule that the guide's answer names."""
        kind = self.version.schedule_kind if self.version is not None else ""
        leave_out: tuple[str, ...] = ()
        if kind == "weekly":
            leave_out = ("dates",)
        elif kind == "dates":
            leave_out = self.weekly
        elif kind == "continuous":
            leave_out = ("dates", "starts", "ends", *self.weekly)
        for name in leave_out:
            del self.fields[name]

    def answers_of(self, version: Version) -> dict[str, Any]:
        places = [municipality.pk for municipality in version.municipalities.all()]
        return super().answers_of(version) | {"municipalities": places}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first_date"), cleaned.get("last_date")
        if first and last and last < first:
            self.add_error("last_date", _("The last day is before the first day."))
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end is before the start."))
        return cleaned

    def answers(self) -> dict[str, Any]:
        answers = super().answers()
        # What belongs to another kind of schedule would go on saying something.
        empty = {"weekdays": [], "dates": [], "starts": None, "ends": None, "first_date": None, "last_date": None}
        empty |= {"exceptions": []}
        answers |= {name: value for name, value in empty.items() if name not in self.fields}
        if answers.get("location_mode") == "online":
            answers |= {"municipalities": [], "venue": "", "address": "", "postal_code": ""}
        return answers
