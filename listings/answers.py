"""A version's answers: which there are, how they are written, compared, copied and given to the rules."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from listings.eligibility import Answers, Finding, check
from listings.models import Version, VersionForm
from listings.rule_set import current_rule_set
from portal.texts import set_texts

PLAIN_FIELDS = (
    "easy_summary",
    "audience",
    "aims",
    "language_level",
    "childcare",
    "accessible",
    "welcome",
    "price_kind",
    "fee_amount",
    "fee_purpose",
    "participation",
    "volunteering",
    "study",
    "statutory",
    "political",
    "religious",
    "schedule_kind",
    "weekdays",
    "dates",
    "starts",
    "ends",
    "first_date",
    "last_date",
    "exceptions",
    "location_mode",
    "venue",
    "address",
    "postal_code",
    "is_discreet",
    "contact_name",
    "contact_email",
    "contact_phone",
    "contact_url",
)
LINK_FIELDS = ("target_groups", "languages", "municipalities")

# Changes of these alone need no new decision: the activity is the same one, at another time or place.
SCHEDULE_PLACE_AND_CONTACT = frozenset(
    {
        "schedule_kind",
        "weekdays",
        "dates",
        "starts",
        "ends",
        "first_date",
        "last_date",
        "exceptions",
        "location_mode",
        "municipalities",
        "venue",
        "address",
        "postal_code",
        "is_discreet",
        "welcome",
        "contact_name",
        "contact_email",
        "contact_phone",
        "contact_url",
    }
)


def write_answers(version: Version, answers: Mapping[str, Any]) -> None:
    """Write the given answers into a version and save it. Texts come as {language code: text}.

    Links (forms, target groups, languages, municipalities) come as codes, in the order that counts.
    Keys that are not given stay as they are; unknown keys are an error.
    """
    unknown = set(answers) - {*PLAIN_FIELDS, *LINK_FIELDS, *Version.TEXT_FIELDS, "forms"}
    if unknown:
        raise KeyError(f"A version has no such answers: {', '.join(sorted(unknown))}")
    for field in Version.TEXT_FIELDS:
        if field in answers:
            set_texts(version, field, answers[field])
    for field in PLAIN_FIELDS:
        if field in answers:
            setattr(version, field, answers[field])
    version.save()
    for field in LINK_FIELDS:
        if field in answers:
            getattr(version, field).set(answers[field])
    if "forms" in answers:
        version.form_rows.all().delete()
        VersionForm.objects.bulk_create(
            VersionForm(version=version, form_id=code, position=position)
            for position, code in enumerate(dict.fromkeys(answers["forms"]))
        )


def read_answers(version: Version) -> dict[str, Any]:
    """All answers of a version in the shape that `write_answers` takes. One that is not saved has no links."""
    is_saved = version.pk is not None
    return {
        **{field: version.texts(field) for field in Version.TEXT_FIELDS},
        **{field: getattr(version, field) for field in PLAIN_FIELDS},
        **{field: sorted(row.pk for row in getattr(version, field).all()) if is_saved else [] for field in LINK_FIELDS},
        "forms": [row.form_id for row in version.form_rows.all()] if is_saved else [],
    }


def answers_with(version: Version, typed: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A version's answers with those laid over them that are typed and not saved."""
    return {**read_answers(version), **(typed or {})}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names of the answers in which two readings of `read_answers` differ."""
    return [field for field in after if before[field] != after[field]]


def changed_fields(before: Version, after: Version) -> list[str]:
    """The names of the answers in which two versions differ."""
    return differences(read_answers(before), read_answers(after))


def answers_for_rules(version: Version, typed: Mapping[str, Any] | None = None) -> Answers:
    """A version as the rules read it; what is `typed` and not saved comes before its own answers."""
    listing = version.listing
    answers = answers_with(version, typed)
    return Answers(
        organization_kind=listing.organization.kind,
        organization_names=tuple(listing.organization.names.values()),
        section=listing.section,
        dates=tuple(date.fromisoformat(day) for day in answers["dates"]),
        **{
            field: answers[field]
            for field in (
                *Version.TEXT_FIELDS,
                "easy_summary",
                "forms",
                "target_groups",
                "languages",
                "aims",
                "audience",
                "language_level",
                "price_kind",
                "fee_amount",
                "fee_purpose",
                "participation",
                "schedule_kind",
                "volunteering",
                "study",
                "statutory",
                "political",
                "religious",
            )
        },
    )


def findings_of(version: Version, typed: Mapping[str, Any] | None = None) -> list[Finding]:
    """What the rules in force say about a version, or about what it will be when what is `typed` is saved."""
    return check(answers_for_rules(version, typed), current_rule_set())
