"""One re-check, one decision: a published listing stays, or is taken away from readers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from listings.models import Version
from moderation import actions
from moderation.forms import DecisionForm
from moderation.models import Recheck
from moderation.permissions import can_publish, moderators_only
from moderation.queue.rows import rule_titles
from moderation.rechecking import findings_under, rule_set_for
from moderation.views.deciding import decide_case, seen_by_readers, version_context, with_standard_texts_in
from moderation.views.going_on import case_context


def _recheck(pk: int) -> Recheck:
    return get_object_or_404(Recheck.objects.select_related("listing"), pk=pk)


def _page(request: HttpRequest, recheck: Recheck, version: Version, form: DecisionForm) -> HttpResponse:
    request.page_path = reverse("recheck_decide", args=[recheck.pk])
    context = version_context(request, version, findings_under(rule_set_for(recheck.rule_set), version), None, form)
    for item in context["findings"]:
        item["is_new"] = item["finding"].code in recheck.codes
    context |= {
        "recheck": recheck,
        "found": rule_titles(recheck.codes),
        "may_decide": can_publish(request.user, version),
        **case_context(request, "recheck", recheck.pk),
    }
    return render(request, "moderation/recheck_decide.html", context)


@moderators_only
@require_safe
def recheck_decide(request: HttpRequest, pk: int) -> HttpResponse:
    recheck = _recheck(pk)
    version = seen_by_readers(recheck.listing)
    seen = actions.seen_of_recheck(recheck, version)
    return _page(request, recheck, version, DecisionForm(initial={"reasons": recheck.codes, "seen": seen}))


def _decide(request: HttpRequest, pk: int, action: Any, success: str) -> HttpResponse:
    recheck = _recheck(pk)
    version = seen_by_readers(recheck.listing)
    return decide_case(
        request,
        recheck,
        version,
        action,
        success,
        page=lambda form: _page(request, recheck, version, form),
        back=("recheck_decide", pk),
    )


@moderators_only
@require_POST
def recheck_keep(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, actions.keep, _("Readers go on seeing it: %(title)s"))


@moderators_only
@require_POST
def recheck_take_down(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, actions.take_down, _("Taken away from readers: %(title)s"))


@moderators_only
@require_POST
def recheck_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """The page again, with the standard texts of the reasons in the message."""
    recheck = _recheck(pk)
    version = seen_by_readers(recheck.listing)
    form = DecisionForm(request.POST)
    return with_standard_texts_in(request, version, form, lambda form: _page(request, recheck, version, form))
