"""What findings say, by rule and detail. Where a finding says nothing of its own, its rule speaks.

A detail names the case within a rule: which answer it was, or that words in a text caused it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# The detail of findings that words in a text cause.
BY_TEXT = "text"


@dataclass(frozen=True)
class Message:
    """What is wrong and, where it differs from the rule's own advice, what to do."""

    what: "StrPromise"
    what_to_do: "StrPromise | None" = None


_CHECK_THE_TEXT = _("Check the text. If it says what you mean, send the listing: a moderator reads it.")

MESSAGES: dict[tuple[str, str], Message] = {
    ("organization-kind", ""): Message(_("Your kind of organization cannot list activities.")),
    ("project-as-organization", BY_TEXT): Message(
        _("The name looks like the name of a project or a funding programme.")
    ),
    ("free-of-charge", ""): Message(_("Your organization is a company or a cooperative, and the activity has a fee.")),
    ("free-of-charge", BY_TEXT): Message(
        _("You say that the activity is free of charge, but the text names a price."),
        _("If the activity costs nothing, take the price out of the text. If it has a fee, do not list it."),
    ),
    ("non-commercial", "profit"): Message(
        _("You say that the fee is meant to make a profit."),
        _("Collect only what the activity costs. Then choose participation fee or material fee."),
    ),
    ("non-commercial", "fee_above_limit"): Message(
        _("The fee is high."),
        _("Lower the fee if you can. If you cannot, tell in the description what it pays for."),
    ),
    ("non-commercial", BY_TEXT): Message(_("The text seems to sell or advertise something.")),
    ("no-referral", "referral"): Message(
        _("You say that people need a referral or a decision from an authority."),
    ),
    ("no-referral", "client_relationship"): Message(
        _("You say that only an authority’s clients can take part."),
    ),
    ("no-referral", BY_TEXT): Message(
        _("The text seems to say that people come through an authority."),
        _("If people can also come on their own, say so in the text."),
    ),
    ("not-statutory", ""): Message(_("You say that the law requires this service.")),
    ("not-statutory", BY_TEXT): Message(
        _("The text seems to describe a service that the law requires."), _CHECK_THE_TEXT
    ),
    ("not-degree-study", "degree"): Message(_("You say that the studies lead to a degree.")),
    ("not-degree-study", "self_motivated"): Message(
        _("You say that the studies can be supported by unemployment benefit.")
    ),
    ("not-degree-study", BY_TEXT): Message(
        _("The text seems to speak of a degree, of credits or of a benefit."), _CHECK_THE_TEXT
    ),
    ("not-political", ""): Message(_("You say that the activity is political.")),
    ("not-political", BY_TEXT): Message(_("The text seems to speak of party work or election work."), _CHECK_THE_TEXT),
    ("not-religious", ""): Message(_("You say that the activity is religious.")),
    ("not-religious", BY_TEXT): Message(
        _("The text seems to have worship, prayer or teaching of a religion in it."), _CHECK_THE_TEXT
    ),
    ("equal-treatment", BY_TEXT): Message(_("The text seems to shut out or hurt a group of people.")),
    ("not-single-event", "no_dates"): Message(_("You have not given any dates."), _("Add at least two dates.")),
    ("not-single-event", "one_date"): Message(
        _("The activity has only one date."),
        _("Add another date, or put several events together into one listing."),
    ),
    ("not-single-event", BY_TEXT): Message(
        _("The text seems to speak of one occasion only."),
        _("If people can come more than once, say so in the text."),
    ),
    ("volunteering", "general"): Message(
        _("The task is not meant for people who know only a little Finnish or Swedish.")
    ),
    ("volunteering", "supporter_training"): Message(
        _("Training for volunteers who support immigrants belongs to another section."),
        _("List the training in the section for workers and volunteers."),
    ),
    ("volunteering", BY_TEXT): Message(
        _("The text seems to look for volunteers, but you say that there are no volunteer tasks."),
        _(
            "If the task is for people who know only a little Finnish or Swedish, choose that answer. If "
            "it is not, take the call for volunteers out of the text."
        ),
    ),
    ("right-section", "to_professional"): Message(
        _("The activity is for workers and volunteers, but it is in the section for immigrants."),
        _("Choose the section for workers and volunteers."),
    ),
    ("right-section", "to_activity"): Message(
        _("The activity is not for workers and volunteers, but it is in their section."),
        _("Choose the section for activities for immigrants."),
    ),
    ("integration-aim", ""): Message(_("You have not chosen an aim.")),
    ("language-access", ""): Message(_("You have not told how people with little Finnish or Swedish can take part.")),
    ("language-access", BY_TEXT): Message(
        _("The text seems to ask for good Finnish or Swedish."),
        _("If less is enough, say so in the text, and tell how people can take part."),
    ),
}
