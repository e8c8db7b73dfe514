"""What the public guide says around the rules: their order for a volunteer, check-list, organizations, forms.

The rules, their examples and the kinds that may list come from `listings/eligibility`, labels from the vocabulary.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from listings.eligibility import ELIGIBLE, RULES, Example, Rule, RuleSet, Severity
from listings.eligibility.codes import COMMERCIAL_KINDS, LISTING_KINDS
from listings.eligibility.rules import EVERYWHERE
from listings.forms import STEPS
from portal import moments
from portal.vocabulary import hint, label

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# All rules, each once, in the order in which somebody thinks of an activity.
GROUPS: tuple[tuple["StrOrPromise", tuple[str, ...]], ...] = (
    (gettext_lazy("Who arranges it"), ("organization-kind", "project-as-organization")),
    (gettext_lazy("Who can come"), ("no-referral", "equal-treatment", "language-access")),
    (gettext_lazy("What it costs"), ("free-of-charge", "non-commercial")),
    (
        gettext_lazy("What happens there"),
        ("integration-aim", "not-statutory", "not-degree-study", "not-political", "not-religious"),
    ),
    (gettext_lazy("What kind of listing it is"), ("not-single-event", "volunteering", "right-section")),
)
ORDER: tuple[str, ...] = tuple(code for _title, codes in GROUPS for code in codes)

CHECKLIST: tuple["StrOrPromise", ...] = (
    gettext_lazy("Your organization is registered, and it is not a project."),
    gettext_lazy("People can come because they want to. No authority has to send them."),
    gettext_lazy("It is free of charge, or the fee only covers the costs."),
    gettext_lazy("There is no selling, no party work and no worship in it."),
    gettext_lazy("People meet at least twice."),
    gettext_lazy("Your text tells who can come, not who cannot."),
)

# Which rules lead on to the page about organizations.
ABOUT_ORGANIZATIONS = ("organization-kind", "project-as-organization", "free-of-charge")

# Who may not list, and what they can do instead.
WAYS_FOR_OTHERS: tuple[tuple["StrOrPromise", "StrOrPromise"], ...] = (
    (
        gettext_lazy("A project"),
        gettext_lazy("The organization that runs the project registers. Write the project’s name in the listing."),
    ),
    (
        gettext_lazy("A group that is not registered"),
        gettext_lazy(
            "Ask an association, a parish, a library or an adult education centre to arrange the activity with you. "
            "Then it lists the activity. You can also found an association."
        ),
    ),
    (
        gettext_lazy("A wellbeing services county"),
        gettext_lazy(
            "Tell about your services on your own pages. If an association or a municipality arranges an open "
            "group with you, it can list the group."
        ),
    ),
    (
        gettext_lazy("A state agency"),
        gettext_lazy(
            "Tell about your services on your own pages. If another organization arranges an open activity with "
            "you, it can list the activity."
        ),
    ),
)

# Forms that are easily mixed up, and how to choose.
LOOKALIKES: tuple[tuple[tuple[str, str], "StrOrPromise"], ...] = (
    (
        ("language_club", "language_course"),
        gettext_lazy("A course has a teacher and goes on from lesson to lesson. To a club one can come any time."),
    ),
    (
        ("language_course", "training"),
        gettext_lazy("If people come to learn a language, it is a language course."),
    ),
    (
        ("guidance", "own_language_support"),
        gettext_lazy("Choose the latter when people get the advice in their own language."),
    ),
    (
        ("peer_group", "meeting_place"),
        gettext_lazy("In a peer group people share the same situation in life. A meeting place is for everyone."),
    ),
)

_OUTCOMES: dict[str, "StrOrPromise"] = {
    ELIGIBLE: gettext_lazy("Fits"),
    Severity.REVIEW.value: gettext_lazy("A moderator reads it and decides"),
    Severity.BLOCK.value: gettext_lazy("Cannot be sent like this"),
}

# The questions of the form; those that it asks in each language or elsewhere are named here.
_QUESTIONS: dict[str, "StrOrPromise"] = {
    **{name: field.label or "" for step in STEPS if step.form for name, field in step.form.base_fields.items()},
    "organization_kind": gettext_lazy("Kind of organization"),
    "organization_names": gettext_lazy("Name of the organization"),
    "language_support": gettext_lazy("How can people with little Finnish or Swedish take part?"),
}
_GROUP_OF = {"price_kind": "price", "schedule_kind": "schedule", "aims": "aim"}


@dataclass(frozen=True)
class Neighbours:
    """The rules before and after one, in the order of the guide."""

    previous: Rule | None
    next: Rule | None


def neighbours_of(code: str) -> Neighbours:
    place = ORDER.index(code)
    return Neighbours(
        previous=RULES[ORDER[place - 1]] if place else None,
        next=RULES[ORDER[place + 1]] if place + 1 < len(ORDER) else None,
    )


def kinds_that_may_list(commercial: bool) -> list[dict[str, str]]:
    """The kinds of organization that may list: those that may take a fee, or those that may not."""
    return [
        {"label": label("organization_kind", code), "hint": hint("organization_kind", code)}
        for code in LISTING_KINDS
        if (code in COMMERCIAL_KINDS) == commercial
    ]


def what_happens(rule: Rule) -> str:
    """Whether the rule stops a listing or sends it to a moderator."""
    if not rule.can_block:
        return _("This rule stops nothing by itself. You can send the listing, and a moderator reads it and decides.")
    if not rule.can_review:
        return _("An answer in the form can stop the listing. Change the answer, and you can go on. Nothing is lost.")
    return _(
        "An answer in the form can stop the listing. Change the answer, and you can go on. Nothing is lost. "
        "Words in the text stop nothing: you can send the listing, and a moderator reads it and decides."
    )


def where_it_holds(rule: Rule) -> str:
    """The sections in which the rule holds."""
    if rule.sections == EVERYWHERE:
        return _("In all listings.")
    names = [label("section", section) for section in sorted(rule.sections)]
    return _("Only in the section “%(section)s”.") % {"section": ", ".join(names)}


def limit_of(rule: Rule, rule_set: RuleSet) -> str:
    """What the rule set's own limits and switches mean for a rule; empty for most rules."""
    if rule.code == "non-commercial":
        return _("A moderator reads a listing with a fee above %(amount)s for one person and the whole activity.") % {
            "amount": moments.euros(rule_set.fee_review_limit)
        }
    if rule.code == "not-single-event" and rule_set.single_events_allowed:
        return _("For now, an activity with one date can be listed too.")
    return ""


def as_shown(example: Example) -> dict[str, Any]:
    """An example for the page: its text, its answers as the form asks them, and what comes of it."""
    return {
        "text": example.text,
        "answers": _shown_answers(example.answers),
        "outcome": _OUTCOMES[example.outcome],
        "severity": example.outcome,
    }


def _shown_answers(answers: Mapping[str, Any]) -> list[dict[str, "StrOrPromise"]]:
    # The amount says already that there is a fee.
    names = [name for name in answers if name != "price_kind" or "fee_amount" not in answers]
    return [{"question": _QUESTIONS[name], "answer": _shown(name, answers[name])} for name in names]


def _shown(name: str, value: Any) -> "StrOrPromise":
    if name in ("statutory", "political", "religious"):
        return _("Yes") if value else _("No")
    if name == "fee_amount":
        return moments.euros(value)
    if name == "dates":
        return ngettext("%(count)d date", "%(count)d dates", len(value)) % {"count": len(value)}
    if name == "organization_names":
        return ", ".join(map(str, value))
    if name == "language_support":
        return value or _("Nothing is told.")
    if name == "aims":
        return ", ".join(label("aim", code) for code in value) or _("Nothing is chosen.")
    return label(_GROUP_OF.get(name, name), value)
