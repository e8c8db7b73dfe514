"""The mails of the clock: what waits, and whose days away are whose."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from moderation.models import Duty
from portal.mail.writing import absolute_url, send_to

if TYPE_CHECKING:
    from moderation.clock.late import Due, Told

# So many are named; the others are counted.
LISTED = 30


@dataclass(frozen=True)
class WaitingCase:
    """A case in a mail. Title and address are looked up when it is written, in the language of its reader."""

    due: "Due"

    @property
    def title(self) -> str:
        return self.due.title

    @property
    def promised_on(self) -> date:
        return self.due.promised_on

    @property
    def url(self) -> str:
        return absolute_url(f"{self.due.case.kind}_decide", self.due.case.pk)


def remind_of_cases(told: "Told", today: date) -> None:
    """One mail about all cases: the late ones, then those whose promised day comes."""
    late = [WaitingCase(due) for due in told.cases if due.is_late(today)]
    soon = [WaitingCase(due) for due in told.cases if not due.is_late(today)]
    late_listed, soon_listed = late[:LISTED], soon[: max(0, LISTED - len(late))]
    context: dict[str, Any] = {
        "late": late_listed,
        "soon": soon_listed,
        "late_count": len(late),
        "soon_count": len(soon),
        "more": len(told.cases) - len(late_listed) - len(soon_listed),
        "may_decide": told.person.is_moderator,
    }
    if told.is_operator:
        send_to([told.person], "cases_left", context, ("admin:moderation_duty_changelist",))
    else:
        send_to([told.person], "cases_waiting", context, ("moderation_queue",))


def tell_stand_in(duty: Duty) -> None:
    """Whoever was chosen hears of it, and on which days."""
    assert duty.stand_in is not None, "somebody stands in"
    send_to([duty.stand_in], "stand_in_chosen", {"duty": duty}, ("moderation_duty",))
