"""Public holidays at the step of when and where: which ones the activity would meet on, and leaving them out."""

from django.http import HttpRequest, QueryDict

from listings.answers import answers_with
from listings.forms.base import StepForm
from listings.models import Version
from listings.public_holidays import Holidays, holidays_met


def holidays_at(version: Version | None, form: StepForm) -> Holidays:
    """Those to propose at a step, by what is saved and what has just been typed."""
    if version is None or "exceptions" not in form.fields:
        return Holidays()
    return holidays_met(answers_with(version, form.answers() if form.is_bound else None))


def holidays_anew(request: HttpRequest, version: Version, form: StepForm) -> Holidays | None:
    """The same while one types; None when the page shows them already."""
    found = holidays_at(version, form)
    return None if found.days == request.POST.get("holidays", "") else found


def with_holidays_left_out(request: HttpRequest) -> QueryDict:
    """What was typed, with the holidays that one press takes over among the exceptions."""
    posted = request.POST.copy()
    posted["exceptions"] = f"{posted.get('exceptions', '')}\n{posted['leave_out']}"
    return posted
