"""Who looks after which regions on a day: each moderator's own, those of people they stand in for, and what is left.

A region that nobody who is there looks after is everybody's, so that no case waits for somebody who is not there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from listings.models import Version
from moderation.models import Duty
from organizations.models import Organization, User
from portal import facts
from portal.models import Region
from portal.refusals import Refused

ONLINE = "online"


@dataclass(frozen=True)
class RosterLine:
    """One moderator's duty as colleagues see it. Without `regions` the whole country; days away only if they last."""

    moderator: User
    regions: tuple[Region, ...]
    away_from: date | None
    away_until: date | None
    stand_in: User | None
    is_away: bool


class Roster:
    """The duties of all moderators on one day. For `regions`, None is the whole country."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.moderators = list(User.objects.moderators())
        people = {one.pk for one in self.moderators}
        duties = Duty.objects.filter(moderator__in=people).select_related("stand_in").prefetch_related("regions")
        self._duties = {duty.moderator_id: duty for duty in duties}

    @property
    def present(self) -> list[User]:
        """The moderators who are not away."""
        return [one for one in self.moderators if not self.is_away(one)]

    def is_away(self, user: User) -> bool:
        duty = self._duties.get(user.pk)
        return duty is not None and duty.is_away_during(self.today, self.today)

    def chosen_regions(self, user: User) -> set[str] | None:
        """What the moderator has chosen."""
        duty = self._duties.get(user.pk)
        codes = {region.pk for region in duty.regions.all()} if duty is not None else set()
        return codes or None

    def stand_in_of(self, user: User) -> User | None:
        """Whoever does the work of a moderator who is away, if that person is there."""
        duty = self._duties.get(user.pk)
        if duty is None:
            return None
        return next((one for one in self.present if one.pk == duty.stand_in_id), None)

    def stood_in_for_by(self, user: User) -> list[User]:
        """Those who are away, and whose stand-in the moderator is."""
        away = (one for one in self.moderators if self.is_away(one))
        return [one for one in away if self.stand_in_of(one) == user]

    @cached_property
    def _everybodys(self) -> set[str]:
        """The regions of those who are away without a stand-in, and those that nobody there looks after."""
        found, taken = set(), set()
        for user in self.moderators:
            chosen = self.chosen_regions(user)
            if not self.is_away(user) or self.stand_in_of(user) is not None:
                taken |= _all_regions() if chosen is None else chosen
            else:
                found |= chosen or set()
        return found | (_all_regions() - taken)

    def regions_of(self, user: User) -> set[str] | None:
        """The regions whose cases the moderator looks after on this day."""
        found: set[str] = set(self._everybodys)
        for one in (user, *self.stood_in_for_by(user)):
            chosen = self.chosen_regions(one)
            if chosen is None:
                return None
            found |= chosen
        return found

    def lines(self) -> list[RosterLine]:
        """All moderators by name."""
        return [self._line(one) for one in sorted(self.moderators, key=lambda one: str(one).casefold())]

    def _line(self, user: User) -> RosterLine:
        duty = self._duties.get(user.pk) or Duty(moderator=user)
        lasts = duty.away_until is not None and duty.away_until >= self.today
        return RosterLine(
            moderator=user,
            regions=tuple(duty.regions.all()) if duty.pk else (),
            away_from=duty.away_from if lasts else None,
            away_until=duty.away_until if lasts else None,
            stand_in=duty.stand_in if lasts else None,
            is_away=self.is_away(user),
        )


def _all_regions() -> set[str]:
    return {region.pk for region in facts.rows_of(Region)}


def regions_of(user: User, today: date) -> set[str] | None:
    """The codes of the regions whose cases the person looks after today; None is the whole country."""
    return Roster(today).regions_of(user)


def regions_of_organization(organization: Organization) -> set[str]:
    """The region of its home municipality."""
    return {organization.municipality.region_id}


def regions_of_version(version: Version) -> set[str]:
    """The regions in which it meets. What is online belongs to everybody: no region."""
    if version.location_mode == ONLINE:
        return set()
    return {municipality.region_id for municipality in version.municipalities.all()}


def looks_after(regions: set[str] | None, of_case: Iterable[str]) -> bool:
    """Whether a case with the regions `of_case` is among those of somebody with these `regions`."""
    of_case = set(of_case)
    return regions is None or not of_case or bool(regions & of_case)


class NoStandIn(Refused):
    """Somebody who cannot stand in."""


def check_stand_in(stand_in: User, moderator: User, away_from: date, away_until: date) -> None:
    """`NoStandIn` when the person cannot do the moderator's work on these days."""
    if stand_in.pk == moderator.pk:
        raise NoStandIn(_("You cannot stand in for yourself. Choose somebody else."))
    if not (stand_in.is_active and stand_in.is_moderator):
        raise NoStandIn(_("This person is no moderator. Choose somebody else."))
    duty = Duty.objects.filter(moderator=stand_in).first()
    if duty is not None and duty.is_away_during(away_from, away_until):
        raise NoStandIn(_("%(name)s is away on some of these days. Choose somebody else.") % {"name": stand_in})
