"""The operator's view of the outbox: what has not arrived and why, how long mail waits; never the text of a mail."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from post_office.models import Email, Log

from portal.answering import do
from portal.mail.delivery import LATE_AFTER, waiting
from portal.mail.failures import in_plain_words
from portal.mail.outbox import failed, send_again
from portal.operators import operators_only

MAILS_PER_PAGE = 25


@dataclass(frozen=True)
class Failure:
    """A mail that did not arrive: what happened in plain words, and what the server said."""

    mail: Email
    log: Log | None

    @property
    def recipients(self) -> str:
        return ", ".join(self.mail.to)

    @property
    def reason(self) -> str | Promise:
        return in_plain_words(self.log.exception_type, self.log.message) if self.log else in_plain_words("", "")


def _failure(mail: Email) -> Failure:
    return Failure(mail, next(iter(mail.logs.all()), None))


@operators_only
@require_safe
def operator_mail(request: HttpRequest) -> HttpResponse:
    latest = Prefetch("logs", Log.objects.order_by("-date", "-pk"))
    page = Paginator(failed().prefetch_related(latest), MAILS_PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [_failure(mail) for mail in page.object_list]
    oldest = waiting().order_by("created", "pk").prefetch_related(latest).first()
    context: dict[str, Any] = {
        "page_obj": page,
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
        "waiting": waiting().count(),
        "oldest": _failure(oldest) if oldest else None,
        "is_late": oldest is not None and oldest.created < timezone.now() - LATE_AFTER,
    }
    return render(request, "portal/operator_mail.html", context)


@operators_only
@require_POST
def operator_mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(Email, pk=pk)
    return do(request, send_again, [mail.pk], success=_("The mail is sent again."), to="operator_mail")
