"""Which cases come close to the day by which an answer was promised, or are past it, and whom that concerns.

On the last working day before it: the moderators who look after the case's region, have it in hand, or sent it back
before. On the first working day after it: all moderators. Two working days later: the operators, too. Re-checks are not
among them: nobody waits for an answer to those.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from listings.models import Report, Version
from listings.presentation import title_of
from moderation.clock.duties import ONLINE, Roster, looks_after
from moderation.models import Decision, Hold
from moderation.queue.cases import SOURCES, Case
from organizations.models import Membership, Organization, OrganizationChange, User
from portal.working_days import (
    is_late,
    moment_promised_before,
    promised_day,
    working_day_before,
    working_days_after,
)

__all__ = ["Due", "Told", "count_late", "due_cases", "is_late", "promised_day", "who_is_told"]

# So many working days after the promised day.
MODERATORS_AFTER, OPERATORS_AFTER = 1, 3


@dataclass(frozen=True)
class Due:
    """A case whose promised day has come close. `regions` are empty where it is everybody's."""

    case: Case
    organization_id: int
    regions: frozenset[str]
    watchers: frozenset[int]

    @property
    def promised_on(self) -> date:
        return promised_day(self.case.since)

    def is_late(self, today: date) -> bool:
        return self.promised_on < today

    @property
    def begins(self) -> date:
        """When those are told who look after it."""
        return working_day_before(self.promised_on)

    @property
    def moderators_from(self) -> date:
        return working_days_after(self.promised_on, MODERATORS_AFTER)

    @property
    def operators_from(self) -> date:
        return working_days_after(self.promised_on, OPERATORS_AFTER)

    @cached_property
    def _noun(self) -> Version | Organization | OrganizationChange:
        if self.case.kind == "organization":
            return Organization.objects.get(pk=self.case.pk)
        if self.case.kind == "organization_change":
            return OrganizationChange.objects.get(pk=self.case.pk)
        versions = Version.objects.select_related("listing")
        if self.case.kind == "report":
            return versions.get(listing__reports=self.case.pk, state=Version.State.PUBLISHED)
        return versions.get(pk=self.case.pk)

    @property
    def title(self) -> str:
        """In the language that is active."""
        return title_of(self._noun).value if isinstance(self._noun, Version) else str(self._noun)


def _moderators_have_it_since(made_at: datetime, reason: str, hidden_at: datetime | None) -> datetime:
    """What an organization can answer itself comes to the moderators later, or when it hides the listing."""
    if reason not in Report.SMALL:
        return made_at
    given_up = made_at + timedelta(days=settings.REPORT_ANSWER_DAYS)
    return max(made_at, min(given_up, hidden_at or given_up))


def _reports(before: datetime) -> Iterator[tuple[Case, int, int]]:
    rows = Report.objects.awaiting_decision().filter(made_at__lt=before)
    columns = ("pk", "made_at", "reason", "listing__hidden_at", "listing__organization", "listing")
    for pk, made_at, reason, hidden_at, organization, listing in rows.values_list(*columns):
        since = _moderators_have_it_since(made_at, reason, hidden_at)
        if since < before:
            yield Case("report", pk, since), organization, listing


def _regions_of_versions(versions: QuerySet[Version], column: str) -> dict[int, set[str]]:
    """The regions by the value of a version's column; nothing for what is online."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = versions.exclude(location_mode=ONLINE).order_by()
    for key, region in rows.values_list(column, "municipalities__region").distinct():
        if region is not None:
            found[key].add(region)
    return found


def _watchers() -> dict[tuple[str, int], set[int]]:
    """Who has a case in hand, or has sent back the version that waits again."""
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    holds = Hold.objects.in_force().order_by()
    for kind, pk, moderator in holds.values_list("kind", "case_id", "moderator"):
        found[kind, pk].add(moderator)
    returned = Decision.objects.filter(version__state=Version.State.SUBMITTED, outcome=Decision.Outcome.RETURNED)
    for pk, moderator in returned.order_by().values_list("version", "moderator"):
        found["version", pk].add(moderator)
    return found


def due_cases(today: date) -> list[Due]:
    """All cases that are late today, or will be if nobody decides them on the next working day. Oldest first."""
    before = moment_promised_before(working_days_after(today, 1) + timedelta(days=1))
    watchers = _watchers()
    found: list[Due] = []

    def take(case: Case, organization: int, regions: Iterable[str]) -> None:
        found.append(Due(case, organization, frozenset(regions), frozenset(watchers[case.kind, case.pk])))

    versions = Version.objects.awaiting_decision().filter(submitted_at__lt=before)
    places = _regions_of_versions(versions, "pk")
    for pk, since, organization in versions.values_list("pk", "submitted_at", "listing__organization"):
        take(Case("version", pk, since), organization, places.get(pk, ()))
    organizations = Organization.objects.awaiting_decision().filter(registered_at__lt=before)
    for pk, since, region in organizations.values_list("pk", "registered_at", "municipality__region"):
        take(Case("organization", pk, since), pk, [region])
    changes = OrganizationChange.objects.awaiting_decision().filter(asked_at__lt=before)
    columns = ("pk", "asked_at", "organization", "organization__municipality__region")
    for pk, since, organization, region in changes.values_list(*columns):
        take(Case("organization_change", pk, since), organization, [region])
    reports = list(_reports(before))
    shown = Version.objects.filter(listing__in=[one[2] for one in reports], state=Version.State.PUBLISHED)
    places = _regions_of_versions(shown, "listing") if reports else {}
    for case, organization, listing in reports:
        take(case, organization, places.get(listing, ()))
    return sorted(found, key=lambda due: due.case.key)


def count_late(today: date | None = None) -> int:
    """How many people wait longer than they were promised."""
    before = moment_promised_before(today or timezone.localdate())
    sources = (one for one in SOURCES.values() if not one.comes_last and one.kind != "report")
    late = [one.waiting().filter(**{f"{one.since}__lt": before}).order_by().values_list("pk") for one in sources]
    return late[0].union(*late[1:], all=True).count() + sum(1 for _one in _reports(before))


@dataclass(frozen=True)
class Told:
    """What one person is told on a day, and the newest day on which something of it began to concern them."""

    person: User
    is_operator: bool
    cases: list[Due]
    newest: date


def _own_organizations(people: Iterable[User]) -> set[tuple[int, int]]:
    rows = Membership.objects.active().filter(user__in=people)
    return set(rows.order_by().values_list("user", "organization"))


def who_is_told(today: date) -> list[Told]:
    """Everybody whom something that waits concerns today, with all of it. Nobody on a day on which nobody works."""
    cases = due_cases(today)
    if not cases:
        return []
    roster = Roster(today)
    at_work = roster.present or roster.moderators
    own = _own_organizations(at_work)
    told: list[Told] = []
    for person in at_work:
        watched = {person.pk, *(one.pk for one in roster.stood_in_for_by(person))}
        regions = roster.regions_of(person)
        theirs = [
            due
            for due in cases
            if (person.pk, due.organization_id) not in own
            and (due.is_late(today) or watched & due.watchers or looks_after(regions, due.regions))
        ]
        if theirs:
            days = (due.moderators_from if due.is_late(today) else due.begins for due in theirs)
            told.append(Told(person, False, theirs, max(days)))
    theirs = [due for due in cases if due.operators_from <= today]
    if theirs:
        newest = max(due.operators_from for due in theirs)
        others = User.objects.operators().exclude(pk__in=[one.person.pk for one in told])
        told += [Told(person, True, theirs, newest) for person in others]
    return told
