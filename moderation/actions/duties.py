"""A moderator says which regions they look after, and when they are away."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from moderation.clock import mails as clock_mails
from moderation.clock.duties import check_stand_in
from moderation.models import Duty
from moderation.permissions import can_moderate
from organizations.models import User
from portal.audit import record
from portal.refusals import NotPermitted


@transaction.atomic
def change_duty(
    *,
    by: User,
    regions: Iterable[str] = (),
    away_from: date | None = None,
    away_until: date | None = None,
    stand_in: User | None = None,
) -> Duty:
    """Write the moderator's own duty, `regions` by their codes; the stand-in is told.

    `NoStandIn` when that person cannot stand in. Nothing is written when nothing is new.
    """
    if not can_moderate(by):
        raise NotPermitted
    User.objects.select_for_update().get(pk=by.pk)
    if stand_in is not None and away_from is not None and away_until is not None:
        check_stand_in(stand_in, by, away_from, away_until)
    duty, _created = Duty.objects.get_or_create(moderator=by)
    before = (duty.away_from, duty.away_until, duty.stand_in_id)
    after = (away_from, away_until, stand_in.pk if stand_in is not None else None)
    codes_before = {region.pk for region in duty.regions.all()}
    codes = set(regions)
    if (before, codes_before) == (after, codes):
        return duty
    duty.away_from, duty.away_until, duty.stand_in = away_from, away_until, stand_in
    duty.save()
    duty.regions.set(codes)
    record(
        "changed_duty",
        duty,
        by=by,
        regions=sorted(codes),
        away_from=away_from.isoformat() if away_from else "",
        away_until=away_until.isoformat() if away_until else "",
        stand_in=stand_in.pk if stand_in is not None else None,
    )
    if stand_in is not None and before != after:
        clock_mails.tell_stand_in(duty)
    return duty
