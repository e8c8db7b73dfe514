"""What readers report: kept, told to whom it concerns, and answered once. Enough of them hide a listing until then."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings import permissions, report_mails
from listings.models import Listing, Report
from listings.search.index import refresh_listing
from listings.senders import sender_of
from organizations.models import User
from portal.audit import record
from portal.refusals import AlreadyDecided, NotPermitted, Refused
from portal.senders import take_turns

Outcome = Report.Outcome
Reason = Report.Reason


class NotShown(AlreadyDecided):
    """Readers no longer see the listing."""

    message = _("This page is no longer shown to anybody. You need to do nothing. Thank you for telling us.")


class ToldAlready(Refused):
    """One report a day for each listing."""

    message = _("Somebody has told us about this page from your network today. We look at it. Thank you.")


class TooMany(Refused):
    """So many reports a day from one network."""

    message = _("Many reports have come from your network today. Try again tomorrow, or write to us.")


@transaction.atomic
def report_listing(
    listing: Listing, *, reason: str, words: str, reader_email: str, language: str, network_address: str
) -> Report:
    """Keep what a reader says, and tell whoever can mend it. Nobody has signed in: the portal itself acts."""
    listing = Listing.objects.select_for_update(of=("self",)).select_related("organization").get(pk=listing.pk)
    if not listing.is_public:
        raise NotShown
    now = timezone.now()
    sender = sender_of(network_address, listing.pk, timezone.localdate(now))
    take_turns(sender.today)
    today = Report.objects.filter(sender_today=sender.today)
    if today.filter(listing=listing).exists():
        raise ToldAlready
    if today.count() >= settings.REPORTS_A_DAY:
        raise TooMany
    is_news = not listing.reports.waiting().filter(reason=reason).exists()
    report = Report.objects.create(
        listing=listing,
        reason=reason,
        words=words,
        reader_email=reader_email,
        language=language,
        sender=sender.here,
        sender_today=sender.today,
        made_at=now,
    )
    record("reported", listing, by=User.objects.system(), organization_id=listing.organization_id, reason=report.reason)
    if _is_enough(listing, report.reason):
        _hide(listing, report)
    elif report.is_small and is_news:  # who has not answered the first is not told again
        report_mails.tell_organization(report)
    return report


def _is_enough(listing: Listing, reason: str) -> bool:
    """Whether so many readers say so, each from a network of their own, that nobody should see it unchecked."""
    if not settings.REPORTS_THAT_HIDE or reason not in Report.HIDING:
        return False
    waiting = listing.reports.waiting().filter(reason=reason).exclude(sender="")
    return waiting.order_by().values("sender").distinct().count() >= settings.REPORTS_THAT_HIDE


def _hide(listing: Listing, report: Report) -> None:
    listing.hidden_at, listing.hidden_for = timezone.now(), report.reason
    listing.save(update_fields=["hidden_at", "hidden_for"])
    refresh_listing(listing)
    record("hid", listing, by=User.objects.system(), organization_id=listing.organization_id, reason=report.reason)
    report_mails.tell_hidden(listing, report)


def _no_longer_hidden(listing: Listing) -> None:
    """The reports that hid it are closed by the caller: others would be needed to hide it once more."""
    listing.hidden_at, listing.hidden_for = None, ""
    listing.save(update_fields=["hidden_at", "hidden_for"])


def _show_again(listing: Listing, by: User) -> None:
    _no_longer_hidden(listing)
    refresh_listing(listing)
    record("showed_again", listing, by=by, organization_id=listing.organization_id)


def _close(reports: Iterable[Report], outcome: str, *, by: User, reply: str = "") -> None:
    """Answer reports; who left an address is told, and the address is deleted."""
    for report in reports:
        address, report.reader_email = report.reader_email, ""
        report.outcome, report.reply = outcome, reply
        report.closed_at, report.closed_by = timezone.now(), by
        report.save(update_fields=["reader_email", "outcome", "reply", "closed_at", "closed_by"])
        if address:
            report_mails.tell_reader(report, address)


@transaction.atomic
def answer_report(report: Report, *, by: User, outcome: str, reply: str = "") -> Report:
    """The organization has changed the listing, or says that it is right. “It is over” is answered to all at once."""
    if not permissions.can_edit_listing(by, report.listing):
        raise NotPermitted
    listing = Listing.objects.select_for_update().get(pk=report.listing_id)
    waiting = listing.reports.for_organizations()
    if not waiting.filter(pk=report.pk).exists():
        raise AlreadyDecided
    asked = waiting.filter(reason=Reason.OVER) if report.reason == Reason.OVER else waiting.filter(pk=report.pk)
    answered = list(asked)
    if report.reason == listing.hidden_for == Reason.OVER:
        _show_again(listing, by)
    _close(answered, outcome, by=by, reply=reply)
    record("answered", listing, by=by, organization_id=listing.organization_id, reason=report.reason, outcome=outcome)
    return report


def settle_as_current(listing: Listing, *, by: User) -> None:
    """Whoever confirms a listing says that it is not over. Called by the actions that confirm, inside their lock."""
    if listing.hidden_for == Reason.OVER:
        _show_again(listing, by)
    _close(listing.reports.waiting().filter(reason=Reason.OVER), Outcome.RIGHT, by=by)


def settle_as_gone(listing: Listing, *, by: User) -> None:
    """Whoever takes a listing away from readers agrees that it is over. Called inside the lock of that action."""
    if listing.hidden_for == Reason.OVER:
        _no_longer_hidden(listing)
    _close(listing.reports.waiting().filter(reason=Reason.OVER), Outcome.CHANGED, by=by)


def settle_as_taken_down(listing: Listing, *, by: User) -> None:
    """A moderator took it away: that answers all that was said of it. Called inside the lock of that action."""
    if listing.hidden_at is not None:
        _no_longer_hidden(listing)
    _close(listing.reports.waiting(), Outcome.TAKEN_DOWN, by=by)


@transaction.atomic
def keep_reported(listing: Listing, *, by: User, reply: str = "") -> Listing:
    """A moderator has checked what readers say: the listing stays, or is shown again."""
    listing = Listing.objects.select_for_update(of=("self",)).select_related("organization").get(pk=listing.pk)
    version = listing.published_version
    if version is None or not (reports := list(listing.reports.for_moderators())):
        raise AlreadyDecided
    if not permissions.can_publish(by, version):
        raise NotPermitted
    if listing.hidden_at is not None:
        _show_again(listing, by)
        report_mails.tell_shown_again(listing, reply)
    _close(reports, Outcome.KEPT, by=by, reply=reply)
    record("dismissed", listing, by=by, organization_id=listing.organization_id, reports=len(reports))
    return listing
