"""Which of the waiting cases a moderator looks at: said in the address of the queue, for every kind of case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from listings.models import Version
from moderation.models import Hold
from organizations.models import Organization
from portal.languages import writing_language
from portal.working_days import moment_promised_before

if TYPE_CHECKING:
    from moderation.queue.cases import Source

# What a choice of rules may be beside the code of one.
ANY_RULE, NO_RULE = "any", "none"
MINE, FREE = "mine", "free"
# Kinds about a listing that readers see already.
_OF_PUBLISHED = ("report", "recheck")


def held(kind: str) -> QuerySet[Hold]:
    """The holds that are not over, of the case in the query around."""
    return Hold.objects.in_force().filter(kind=kind, case_id=OuterRef("pk"))


def _in_regions(regions: Sequence[str]) -> Q:
    """Versions that take place in one of the regions, or nowhere: those are everybody's."""
    places = Version.municipalities.through.objects.filter(version=OuterRef("pk"))
    return Q(Exists(places.filter(municipality__region__in=regions))) | ~Q(Exists(places))


@dataclass(frozen=True)
class Choice:
    """A part of the queue. What is empty lets everything through; `moderator` is whose holds are `mine`.

    `is_decidable` leaves out what others have in hand and what the moderator may not decide.
    """

    kind: str = ""
    regions: tuple[str, ...] = ()
    language: str = ""
    rule: str = ""
    is_late: bool = False
    organizations: tuple[int, ...] | None = None
    hold: str = ""
    moderator: int | None = None
    is_decidable: bool = False

    @property
    def of_any_kind(self) -> "Choice":
        """The same among all kinds of cases."""
        return replace(self, kind="")

    def decidable_by(self, moderator: int) -> "Choice":
        """Those of it that the moderator can decide now."""
        return replace(self, moderator=moderator, is_decidable=True)

    def narrow(self, cases: QuerySet[Any], source: "Source") -> QuerySet[Any]:
        """Those cases of one source that are in the choice."""
        if self.organizations is not None:
            cases = cases.filter(**{f"{source.organization}__in": self.organizations})
        if self.is_late:
            cases = cases.filter(**{f"{source.since}__lt": moment_promised_before(timezone.localdate())})
        if self.rule:
            cases = self._with_rule(cases, source)
        if self.regions or self.language:
            cases = self._somewhere(cases, source)
        return self._in_hand(cases, source)

    def _with_rule(self, cases: QuerySet[Any], source: "Source") -> QuerySet[Any]:
        if source.kind == "version":
            if self.rule == NO_RULE:
                return cases.filter(noticed="")
            if self.rule == ANY_RULE:
                return cases.exclude(noticed="")
            return cases.filter(noticed__contains=f" {self.rule} ")
        if source.kind != "recheck":
            return cases.none()
        cases = cases.alias(written=Cast("findings", TextField()))
        if self.rule == NO_RULE:
            return cases.filter(written="[]")
        if self.rule == ANY_RULE:
            return cases.exclude(written="[]")
        return cases.filter(written__contains=f'"code": "{self.rule}"')

    def _somewhere(self, cases: QuerySet[Any], source: "Source") -> QuerySet[Any]:
        """By region, and by the language in which something is written."""
        column = writing_language(self.language).column if self.language else ""
        texts = Q()
        if source.kind == "organization_change":
            texts = Q(names__has_key=self.language) if column else Q()
        elif column:
            texts = Q(**{f"{'name' if source.kind == 'organization' else 'title'}_{column}__gt": ""})
        if source.kind in ("organization", "organization_change"):
            path = "" if source.kind == "organization" else "organization__"
            places = Q(**{f"{path}municipality__region__in": self.regions}) if self.regions else Q()
            return cases.filter(texts & places)
        about = texts & (_in_regions(self.regions) if self.regions else Q())
        if source.kind in _OF_PUBLISHED:
            shown = Version.objects.filter(about, listing=OuterRef("listing"), state=Version.State.PUBLISHED)
            return cases.filter(Exists(shown))
        return cases.filter(about)

    def _in_hand(self, cases: QuerySet[Any], source: "Source") -> QuerySet[Any]:
        if self.hold == MINE:
            cases = cases.filter(Exists(held(source.kind).filter(moderator=self.moderator)))
        elif self.hold == FREE:
            cases = cases.filter(~Exists(held(source.kind)))
        if self.is_decidable:
            others = held(source.kind).exclude(moderator=self.moderator)
            own = {"memberships__user": self.moderator, "memberships__state": "active"}
            ours = tuple(Organization.objects.filter(**own).values_list("pk", flat=True))
            cases = cases.filter(~Exists(others)).exclude(**{f"{source.organization}__in": ours})
        return cases


EVERYTHING = Choice()
