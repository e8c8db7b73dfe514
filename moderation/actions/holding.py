"""Having a case in hand: no other moderator decides it meanwhile. A hold ends by itself, or with the decision."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models import Hold
from moderation.permissions import can_decide_organization, can_moderate
from moderation.queue.cases import Case, organization_of, waiting_case, waiting_cases
from moderation.queue.choosing import Choice
from moderation.queue.returned_by import come_again
from organizations.models import User
from portal import moments
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted, Refused

P = ParamSpec("P")
Noun = TypeVar("Noun", bound=models.Model)
Done = TypeVar("Done")

# How many cases are tried for one that nobody else takes at the same moment, before the queue is read again.
TRIED_AT_ONCE = 5


class HeldByAnother(Refused):
    """Another moderator has the case in hand."""

    def __init__(self, hold: Hold) -> None:
        self.hold = hold
        words = {"person": hold.moderator, "time": moments.clock(timezone.localtime(hold.until))}
        super().__init__(_("%(person)s has this in hand until %(time)s. Nothing was changed now.") % words)


def _hold(kind: str, pk: int, by: User) -> tuple[Hold, bool]:
    """The person's hold on a case, and whether it is new. Whoever comes second waits for the first, and is refused."""
    until = timezone.now() + timedelta(minutes=settings.HOLD_MINUTES)
    holds = Hold.objects.select_for_update()
    try:
        hold, is_new = holds.get_or_create(kind=kind, case_id=pk, defaults={"moderator": by, "until": until})
    except IntegrityError:  # somebody took it, decided and let it go, all in this moment
        raise AlreadyDecided from None
    if is_new:
        return hold, True
    is_over = hold.until <= timezone.now()
    if hold.moderator_id != by.pk and not is_over:
        raise HeldByAnother(hold)
    if is_over:
        hold.moderator, hold.until = by, until
        hold.save(update_fields=["moderator", "until"])
    return hold, is_over


@transaction.atomic
def take_case(kind: str, pk: int, *, by: User) -> Case:
    """Take a case in hand. `HeldByAnother`, `AlreadyDecided` or `NotPermitted` when it cannot be."""
    if not can_moderate(by):
        raise NotPermitted
    if waiting_case(kind, pk) is None:
        raise AlreadyDecided
    hold, is_new = _hold(kind, pk, by)
    # Read again under the lock: whoever had it before may just have decided it.
    case = waiting_case(kind, pk)
    organization = organization_of(case) if case is not None else None
    # No hold keeps its author from taking it back, not even between these two questions.
    if case is None or organization is None:
        raise AlreadyDecided
    if not can_decide_organization(by, organization):
        raise NotPermitted(_("You belong to this organization. Another moderator decides."))
    if is_new:
        record("took_in_hand", hold, by=by, kind=kind, case=pk)
    return case


def take_next(choice: Choice, *, by: User) -> Case | None:
    """Take the first case of a choice that no other has in hand; what the person sent back themselves comes first.

    None when there is none. Not one transaction: a case that another is just taking is let go before the next is
    tried, so that two who take at the same moment never wait for each other.
    """
    decidable = choice.decidable_by(by.pk)
    # Each case that is lost has gone to somebody else, so this ends where the queue does.
    while cases := [*come_again(decidable, by), *waiting_cases(decidable, most=TRIED_AT_ONCE)]:
        for case in cases:
            try:
                return take_case(case.kind, case.pk, by=by)
            except (HeldByAnother, AlreadyDecided):
                continue
    return None


@transaction.atomic
def give_back(kind: str, pk: int, *, by: User) -> None:
    """Let others take it. `AlreadyDecided` when the person does not have it in hand."""
    hold = Hold.objects.select_for_update().filter(kind=kind, case_id=pk, moderator=by).first()
    if hold is None:
        raise AlreadyDecided
    record("gave_back", hold, by=by, kind=kind, case=pk)
    hold.delete()


def forget_holds() -> int:
    """Delete what ended a day ago; how many there were. What was decided otherwise leaves them behind."""
    ended, _by_model = Hold.objects.filter(until__lt=timezone.now() - timedelta(days=1)).delete()
    return ended


def decides(kind: str) -> Callable[[Callable[Concatenate[Noun, P], Done]], Callable[Concatenate[Noun, P], Done]]:
    """Make an action take its case in hand while it decides: `HeldByAnother` when another has it.

    Stands inside the action's transaction: whoever takes the case at that moment waits for the decision.
    """

    def around(action: Callable[Concatenate[Noun, P], Done]) -> Callable[Concatenate[Noun, P], Done]:
        @wraps(action)
        def in_hand(noun: Noun, *args: P.args, **kwargs: P.kwargs) -> Done:
            hold, _is_new = _hold(kind, noun.pk, cast(User, kwargs["by"]))
            done = action(noun, *args, **kwargs)
            hold.delete()
            return done

        return in_hand

    return around
