"""What a version still lacks before it can be submitted. Pure: it reads the answers and writes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from listings.answers import answers_with
from listings.models import Listing, Version
from listings.schedule import last_meeting_day


@dataclass(frozen=True)
class Missing:
    """An answer that is still needed. `field` is the answer's name, `message` says what to do."""

    field: str
    message: str | Promise


Check = tuple[str, Callable[[dict[str, Any]], bool], Any]

# (field, is it missing?, what to do), in the order of the form
CHECKS: tuple[Check, ...] = (
    ("audience", lambda a: not a["audience"], _("Choose for whom this is.")),
    ("participation", lambda a: not a["participation"], _("Choose how people join.")),
    ("price_kind", lambda a: not a["price_kind"], _("Choose whether it costs something.")),
    (
        "fee_amount",
        lambda a: a["price_kind"] == "fee" and not a["fee_amount"],
        _("Write how much it costs, in euros."),
    ),
    (
        "fee_purpose",
        lambda a: a["price_kind"] == "fee" and not a["fee_purpose"],
        _("Choose what the fee is for."),
    ),
    ("schedule_kind", lambda a: not a["schedule_kind"], _("Choose how often people meet.")),
    ("volunteering", lambda a: not a["volunteering"], _("Choose whether there are volunteer tasks.")),
    ("study", lambda a: not a["study"], _("Choose whether it belongs to studies.")),
    ("statutory", lambda a: a["statutory"] is None, _("Say whether it is an authority’s service.")),
    ("political", lambda a: a["political"] is None, _("Say whether it is political.")),
    ("religious", lambda a: a["religious"] is None, _("Say whether it is religious.")),
    ("title", lambda a: not a["title"], _("Write a title in at least one language.")),
    (
        "summary",
        lambda a: bool(set(a["title"]) - set(a["summary"])) or not a["summary"],
        _("Write one sentence for each language that has a title."),
    ),
    (
        "description",
        lambda a: bool(a["title"]) and not set(a["title"]) & set(a["description"]),
        _("Tell what people do there, in at least one language that has a title."),
    ),
    ("forms", lambda a: not a["forms"], _("Choose what kind of activity this is.")),
    ("target_groups", lambda a: not a["target_groups"], _("Choose at least one group.")),
    ("languages", lambda a: not a["languages"], _("Choose at least one language that people can use there.")),
    (
        "weekdays",
        lambda a: a["schedule_kind"] == "weekly" and not a["weekdays"],
        _("Choose at least one weekday."),
    ),
    ("starts", lambda a: a["schedule_kind"] == "weekly" and not a["starts"], _("Write when it starts.")),
    (
        "ends",
        lambda a: bool(a["starts"] and a["ends"] and a["ends"] <= a["starts"]),
        _("The end is before the start."),
    ),
    (
        "last_date",
        lambda a: bool(a["first_date"] and a["last_date"] and a["last_date"] < a["first_date"]),
        _("The last day is before the first day."),
    ),
    ("dates", lambda a: a["schedule_kind"] == "dates" and not a["dates"], _("Write at least one date.")),
    ("location_mode", lambda a: not a["location_mode"], _("Choose where people meet.")),
    (
        "municipalities",
        lambda a: a["location_mode"] in ("onsite", "hybrid") and not a["municipalities"],
        _("Choose at least one municipality."),
    ),
    (
        "contact_email",
        lambda a: not (a["contact_email"] or a["contact_phone"]),
        _("Write an e-mail address or a phone number, so that people can ask."),
    ),
)

SCHEDULE = ("schedule_kind", "weekdays", "dates", "first_date", "last_date")


def missing_answers(
    version: Version, typed: Mapping[str, Any] | None = None, *, may_be_over: bool = False
) -> list[Missing]:
    """What has to be answered before the version can be submitted, in the order of the form.

    What is `typed` and not saved comes before the version's own answers.
    """
    answers = answers_with(version, typed)
    missing = [Missing(field, message) for field, is_missing, message in CHECKS if is_missing(answers)]
    if version.listing.section == Listing.ACTIVITY and not answers["language_level"]:
        missing.append(Missing("language_level", _("Choose how much Finnish or Swedish people need.")))
    last = last_meeting_day(Version(**{field: answers[field] for field in SCHEDULE}))
    if last is not None and last < timezone.localdate() and not may_be_over:
        field = "dates" if answers["schedule_kind"] == "dates" else "last_date"
        missing.append(Missing(field, _("All days are over. Write the coming ones.")))
    return missing
