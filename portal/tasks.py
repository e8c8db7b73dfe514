"""What the portal does by itself."""

from datetime import timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from post_office.utils import cleanup_expired_mails

from portal import feedback
from portal.audit import heads, sealing
from portal.mail import bounces, delivery, digests
from portal.models import SentOnce
from portal.running import invariants


@shared_task
def forget_old_sessions() -> None:
    """Delete the sessions of people who have not come back."""
    call_command("clearsessions")


@shared_task
def send_waiting_mail() -> None:
    """Hand the outbox over to the mail server."""
    delivery.deliver()


@shared_task
def take_bounces() -> None:
    """Read which mails came back."""
    bounces.take_bounces(Path(settings.BOUNCE_MAILDIR))


@shared_task
def send_digests() -> None:
    """One mail a day to those who want no more."""
    digests.send_digests()


@shared_task
def forget_old_mail() -> None:
    """Delete old mails, what stood in old daily mails, and that something was told once."""
    before = timezone.now() - timedelta(days=settings.KEPT_DAYS["mail"])
    cleanup_expired_mails(before)
    digests.forget_sent_before(before)
    SentOnce.objects.filter(at__lt=before).delete()


@shared_task
def remind_of_feedback() -> None:
    """Tell operators of feedback on accessibility whose last day is near."""
    feedback.remind_of_feedback()


@shared_task
def forget_old_feedback() -> None:
    """Delete old feedback on accessibility."""
    feedback.forget_old_feedback()


@shared_task
def seal_audit() -> None:
    """Seal what was done in the last minute."""
    sealing.seal_events()


@shared_task
def publish_audit_head() -> None:
    """Seal all that has no seal, and tell outside of the database where the chain ends."""
    heads.publish(sealing.seal_events(all_of_them=True))


@shared_task
def check_invariants() -> None:
    """Whether what must always be true still is. When it is not, this fails, and whoever watches tasks is told."""
    invariants.insist()
