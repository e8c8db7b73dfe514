"""The cases of one page with what a moderator wants to know before opening one. As many queries for one as for all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from listings.answers import findings_of
from listings.eligibility import RULES, Severity
from listings.models import Report, Version, VersionForm
from listings.presentation import place_names, title_of
from moderation.models import Decision, Hold, Recheck
from moderation.queue.cases import Case
from moderation.queue.returned_by import moderator_of, with_a_message
from organizations.models import Organization, OrganizationChange
from portal.languages import language_name

Row = dict[str, Any]
# What has been decided of an organization's listings, as a row of the queue tells it.
TOLD = (Decision.Outcome.PUBLISHED, Decision.Outcome.RETURNED, Decision.Outcome.REJECTED)


def rule_titles(codes: Iterable[str]) -> list[str]:
    """The names of rules; a rule that there is no more has its code."""
    return [str(RULES[code].title) if code in RULES else code for code in codes]


def histories(organizations: Iterable[int]) -> dict[int, dict[str, int]]:
    """By organization, how many decisions of each outcome there have been on its listings."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    decisions = Decision.objects.filter(version__listing__organization__in=set(organizations), outcome__in=TOLD)
    counted = decisions.order_by().values_list("version__listing__organization", "outcome").annotate(Count("pk"))
    for organization, outcome, count in counted:
        found[organization][outcome] = count
    return found


def _holds(page: Sequence[Case]) -> dict[tuple[str, int], Hold]:
    holds = Hold.objects.in_force().filter(case_id__in=[case.pk for case in page])
    return {(hold.kind, hold.case_id): hold for hold in holds.select_related("moderator")}


def _versions() -> QuerySet[Version]:
    return Version.objects.select_related("listing__organization__municipality", "author").prefetch_related(
        "target_groups",
        "languages",
        "municipalities",
        Prefetch("form_rows", VersionForm.objects.select_related("form")),
    )


def _of_version(version: Version, published: set[int]) -> Row:
    found = [one for one in findings_of(version) if one.severity != Severity.ADVICE]
    return {
        "organization": version.listing.organization,
        "version": version,
        "findings": [finding.rule.title for finding in found],
        "codes": tuple(sorted(finding.code for finding in found)),
        "is_change": version.listing_id in published,
    }


def _shown() -> Prefetch:
    versions = Version.objects.filter(state=Version.State.PUBLISHED).prefetch_related("municipalities")
    return Prefetch("listing__versions", versions, to_attr="published_now")


def _of_listing(case: Recheck | Report) -> Row:
    row: Row = {"organization": case.listing.organization, "version": case.listing.published_now[0], "findings": []}
    if isinstance(case, Recheck):
        return row | {"recheck": case, "findings": rule_titles(case.codes)}
    return row | {"report": case}


def _contents(page: Sequence[Case]) -> dict[tuple[str, int], Row]:
    """What is behind the cases that are there still, by kind and number."""
    keys: dict[str, list[int]] = defaultdict(list)
    for case in page:
        keys[case.kind].append(case.pk)
    found: dict[tuple[str, int], Row] = {}
    versions = _versions().in_bulk(keys["version"])
    listings = [version.listing_id for version in versions.values()]
    published = set(
        Version.objects.filter(state=Version.State.PUBLISHED, listing__in=listings).values_list("listing", flat=True)
    )
    for pk, version in versions.items():
        found["version", pk] = _of_version(version, published)
    for pk, organization in Organization.objects.select_related("municipality").in_bulk(keys["organization"]).items():
        found["organization", pk] = {"organization": organization}
    changes = OrganizationChange.objects.select_related("organization__municipality")
    for pk, change in changes.in_bulk(keys["organization_change"]).items():
        found["organization_change", pk] = {"organization": change.organization, "change": change}
    for kind, model in (("recheck", Recheck), ("report", Report)):
        rows = model.objects.select_related("listing__organization__municipality").prefetch_related(_shown())
        for pk, one in rows.in_bulk(keys[kind]).items():
            if one.listing.published_now:
                found[kind, pk] = _of_listing(one)
    return found


def _in_words(row: Row, reader: str) -> Row:
    version, organization = row["version"], row["organization"]
    if version is None:
        return {
            "title": str(row["change"] or organization),
            "places": [str(organization.municipality)],
            "languages": [],
        }
    codes = version.texts("title")
    return {
        "title": title_of(version),
        "places": place_names(version),
        "languages": [language_name(code, reader) for code in codes],
    }


def rows_of(page: Sequence[Case], reader: str) -> list[Row]:
    """A row for each case that is there still, in words for a reader of this language."""
    contents, holds = _contents(page), _holds(page)
    versions = [case.pk for case in page if case.kind == "version"]
    returned_by, with_message = moderator_of(versions), with_a_message(versions)
    told = histories(row["organization"].pk for row in contents.values())
    usual: Row = dict.fromkeys(("version", "recheck", "report", "change", "codes", "is_change", "findings"))
    rows = []
    for case in page:
        content = contents.get((case.kind, case.pk))
        if content is None:
            continue
        row = usual | content
        history = told.get(row["organization"].pk, {})
        counts = [(Decision.Outcome(outcome).label, history[outcome]) for outcome in TOLD if outcome in history]
        marks: Row = {"returned_by": None, "has_message": False}
        if case.kind == "version":
            marks = {"returned_by": returned_by.get(case.pk), "has_message": case.pk in with_message}
        marks |= {"case": case, "hold": holds.get((case.kind, case.pk)), "history": counts}
        rows.append(row | _in_words(row, reader) | marks)
    return rows
