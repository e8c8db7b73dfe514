"""The steps of the listing form, in their order."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .base import StepForm
from .contact import ContactForm
from .for_whom import ForWhomForm
from .guide import GuideForm
from .what import WhatForm
from .when_and_where import WhenAndWhereForm


@dataclass(frozen=True)
class Step:
    """A page of the form, and the answers it asks for. The last one asks nothing: it shows what readers will see."""

    code: str
    title: Any
    form: type[StepForm] | None
    answers: frozenset[str]


def _step(code: str, title: Any, form: type[StepForm] | None = None, answers: str = "") -> Step:
    return Step(code, title, form, frozenset(answers.split()))


STEPS: tuple[Step, ...] = (
    _step(
        "guide",
        _("Does it belong here?"),
        GuideForm,
        "section audience participation price_kind fee_amount fee_purpose schedule_kind volunteering study "
        "statutory political religious",
    ),
    _step("what", _("What happens there?"), WhatForm, "title summary easy_summary description forms aims"),
    _step(
        "for-whom",
        _("Who is it for?"),
        ForWhomForm,
        "target_groups languages language_level language_support childcare accessible",
    ),
    _step(
        "when-and-where",
        _("When and where?"),
        WhenAndWhereForm,
        "weekdays dates starts ends first_date last_date exceptions location_mode municipalities venue address "
        "postal_code is_discreet",
    ),
    _step(
        "contact",
        _("Whom can people ask?"),
        ContactForm,
        "welcome contact_name contact_email contact_phone contact_url",
    ),
    _step("preview", _("Is everything right?")),
)
STEP_CODES = tuple(step.code for step in STEPS)


def step(code: str) -> Step:
    """The step with this code; `KeyError` when there is none."""
    return {one.code: one for one in STEPS}[code]
