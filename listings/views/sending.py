"""The last step: the listing as readers will see it, what the writer explains, and sending it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from listings import actions, trust
from listings.answers import findings_of
from listings.eligibility import Severity
from listings.forms import STEPS, step
from listings.forms.explanations import PREFIX, ExplanationsForm
from listings.forms.remarking import AnswerForm
from listings.models import Version
from listings.notes import MOST_ADVICE, note_of, notes_of, step_of
from listings.permissions import can_submit
from listings.presentation import card_of, page_of
from listings.returned import sent_back
from listings.views.scope import listing_of
from listings.wizard import place_of, progress
from portal import moments
from portal.answering import do, invalid
from portal.refusals import Refused
from portal.working_days import promised_day


def _explanations(version: Version, data: Any = None) -> ExplanationsForm:
    """A field for each finding that a moderator will judge, with what the writer has explained."""
    codes = [finding.code for finding in findings_of(version) if finding.severity == Severity.REVIEW]
    return ExplanationsForm(
        data, codes=codes, initial={PREFIX + code: text for code, text in version.explanations.items()}
    )


def preview_page(
    request: HttpRequest,
    version: Version,
    form: ExplanationsForm | None = None,
    answer_form: AnswerForm | None = None,
) -> HttpResponse:
    """Everything as it will be sent, with what is left to mend, to know and to explain."""
    request.page_path = reverse("listing_step", args=[version.listing_id, "preview"])  # type: ignore[attr-defined]
    form = form or _explanations(version)
    fields = form.by_rule()
    steps = {one.code: number for number, one in enumerate(STEPS)}
    returned = sent_back(version)
    notes = [note for note in notes_of(version) if not note.is_asked]  # those stand together at the top
    advice = [note for note in notes if note.is_advice][:MOST_ADVICE]
    said: list[dict[str, Any]] = [
        {"note": note, "step": step_of(note.answer), "explanation": None if note.stops else fields.get(note.code)}
        for note in [*(note for note in notes if not note.is_advice), *advice]
    ]
    said.sort(key=lambda item: steps[item["step"].code] if item["step"] else -1)
    to_mend = [item for item in said if item["note"].stops]
    may_submit = can_submit(request.user, version)
    context = {
        "decision": returned.decision if returned else None,
        "asked": [(note_of(one), *place_of(version, one.answer)) for one in returned.asked] if returned else [],
        "answer_form": (answer_form or AnswerForm()) if returned else None,
        "reasons": [],
        "step": step("preview"),
        "progress": progress(step("preview"), version),
        "version": version,
        "organization": version.listing.organization,
        "card": card_of(version, url=""),
        "listing": page_of(version),
        "to_mend": to_mend,
        "to_know": [item for item in said if not item["note"].stops and not item["note"].is_advice],
        "to_improve": [item for item in said if item["note"].is_advice],
        "form": form,
        "can_submit": may_submit,
        "can_send": may_submit and not to_mend,
        "is_public_at_once": may_submit and not to_mend and _is_public_at_once(version),
        "previous": "contact",
        "is_preview": True,
    }
    return render(request, "listings/listing_preview.html", context)


def _is_public_at_once(version: Version) -> bool:
    changed = trust.changes_to_what_readers_see(version)
    return trust.goes_public_at_once(version, changed=changed, findings=findings_of(version))


def _open_version(request: HttpRequest, pk: int) -> Version | None:
    listing = listing_of(request, pk)
    version = listing.open_version
    if version is not None:
        version.listing = listing
    return version


@require_POST
def listing_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what the writer explains to the moderator, without sending."""
    version = _open_version(request, pk)
    if version is None:
        messages.warning(request, _("This version can no longer be changed."))
        return redirect("listing_manage", pk)
    form, answer_form = _explanations(version, request.POST), AnswerForm(request.POST)
    if not (form.is_valid() and answer_form.is_valid()) and version.is_editable:
        return invalid(preview_page(request, version, form, answer_form))
    if answer_form.cleaned_data.get("answer") and version.is_editable:
        return _explain_and_stay(request, version, form, answer_form)
    return do(
        request,
        actions.explain_findings,
        version,
        explanations=form.explanations(),
        success=_("Your explanation is saved. The moderator reads it when you have sent the listing."),
        to=("listing_step", pk, "preview") if version.is_editable else ("listing_manage", pk),
    )


def _explain_and_stay(
    request: HttpRequest, version: Version, form: ExplanationsForm, answer_form: AnswerForm
) -> HttpResponse:
    """The answer is kept when the listing is sent: until then it stays on the page as it was typed."""
    try:
        actions.explain_findings(version, by=request.user, explanations=form.explanations())
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("listing_manage", version.listing_id)
    messages.success(request, _("Your explanation is saved. Your answer goes with the listing when you send it."))
    return preview_page(request, version, form, answer_form)


@require_POST
def listing_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the open version to the moderators, with what the writer explains and answers."""
    version = _open_version(request, pk)
    if version is None:
        messages.warning(request, _("There is nothing to send."))
        return redirect("listing_manage", pk)
    form, answer_form = _explanations(version, request.POST), AnswerForm(request.POST)
    if not (form.is_valid() and answer_form.is_valid()) and version.is_editable:
        return invalid(preview_page(request, version, form, answer_form))
    is_change = version.listing.published_version is not None
    try:
        actions.explain_findings(version, by=request.user, explanations=form.explanations())
        answer = answer_form.cleaned_data.get("answer", "") if sent_back(version) else ""
        version = actions.submit_with_answer(version, by=request.user, answer=answer)
    except (actions.Blocked, actions.Incomplete) as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("listing_step", pk, "preview")
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("listing_manage", pk)
    if version.state == Version.State.PUBLISHED:
        messages.success(request, _("The change is public now.") if is_change else _("Readers see the listing now."))
    else:
        day = moments.full_date(promised_day(version.submitted_at))
        messages.success(request, _("Sent. A moderator answers by %(date)s. You get a mail.") % {"date": day})
    return redirect("listing_manage", pk)


@require_POST
def listing_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the submitted version back to a draft."""
    version = _open_version(request, pk)
    if version is None:
        messages.warning(request, _("There is nothing to take back."))
        return redirect("listing_manage", pk)
    return do(
        request,
        actions.take_back_version,
        version,
        success=_("It is a draft again. You can change it."),
        to=("listing_manage", pk),
    )
