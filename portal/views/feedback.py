"""Anybody tells what is hard to use, and an operator answers."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.answering import do, invalid
from portal.feedback import answer_feedback, give_feedback
from portal.feedback_forms import FeedbackAnswerForm, FeedbackForm
from portal.languages import reader_writes
from portal.models import Feedback
from portal.models.feedback import ANSWER_DAYS
from portal.open_forms import form_token
from portal.operators import operators_only
from portal.page_cache import kept
from portal.refusals import Refused

# Of the answered ones, only the last are shown.
ANSWERED_SHOWN = 20


def _page(request: HttpRequest, form: FeedbackForm, refusal: str = "") -> HttpResponse:
    return render(request, "portal/feedback.html", {"form": form, "refusal": refusal, "answer_days": ANSWER_DAYS})


# As with reports of readers: no cookie, no rights that another site could use, a signed time instead.
@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """Something is hard to use, or is needed in another form."""
    if request.method != "POST":
        return _page(request, FeedbackForm(initial={"token": form_token()}))
    form = FeedbackForm(request.POST)
    if form.is_trapped:
        return redirect("feedback_thanks")  # as if it had been kept: whoever wrote it learns nothing
    if not form.is_valid():
        return invalid(_page(request, form))
    try:
        give_feedback(
            **form.said(),
            language=reader_writes(),
            network_address=get_adapter().get_client_ip(request),
        )
    except Refused as refusal:
        return invalid(_page(request, form, str(refusal.message)))
    return redirect("feedback_thanks")


@kept()
@login_not_required
@require_safe
def feedback_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/feedback_thanks.html", {"answer_days": ANSWER_DAYS})


@operators_only
@require_safe
def operator_feedback(request: HttpRequest) -> HttpResponse:
    """What waits, with the days that are left, and what was answered last."""
    context = {"waiting": Feedback.objects.waiting(), "answered": Feedback.objects.answered()[:ANSWERED_SHOWN]}
    return render(request, "portal/operator_feedback.html", context)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def operator_feedback_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One message and its answer."""
    row = get_object_or_404(Feedback.objects.select_related("answered_by"), pk=pk)
    form = FeedbackAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_valid():
            answer = form.cleaned_data["answer"]
            success = _("Thank you. The report is answered.")
            return do(request, answer_feedback, row, answer=answer, success=success, to="operator_feedback")
        return invalid(_answer_page(request, row, form))
    return _answer_page(request, row, form)


def _answer_page(request: HttpRequest, row: Feedback, form: FeedbackAnswerForm) -> HttpResponse:
    return render(request, "portal/operator_feedback_answer.html", {"feedback": row, "form": form})
