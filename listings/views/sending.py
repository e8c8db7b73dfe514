"""The last step: the listing as readers will see it, what the writer explains, and sending it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from listings import actions
from listings.answers import findings_of
from listings.eligibility import Severity
from listings.forms import STEPS, step
from listings.forms.explanations import PREFIX, ExplanationsForm
from listings.models import Version
from listings.notes import MOST_ADVICE, notes_of, step_of
from listings.permissions import can_submit
from listings.presentation import card_of, page_of
from listings.views.scope import listing_of
from listings.wizard import progress
from portal.answering import do, invalid
from portal.refusals import Refused


def _explanations(version: Version, data: Any = None) -> ExplanationsForm:
    """A field for each finding that a moderator will judge, with what the writer has explained."""
    codes = [finding.code for finding in findings_of(version) if finding.severity == Severity.REVIEW]
    return ExplanationsForm(
        data, codes=codes, initial={PREFIX + code: text for code, text in version.explanations.items()}
    )


def preview_page(request: HttpRequest, version: Version, form: ExplanationsForm | None = None) -> HttpResponse:
    """Everything as it will be sent, with what is left to mend, to know and to explain."""
    request.page_path = reverse("listing_step", args=[version.listing_id, "preview"])  # type: ignore[attr-defined]
    form = form or _explanations(version)
    fields = form.by_rule()
    steps = {one.code: number for number, one in enumerate(STEPS)}
    notes = notes_of(version)
    advice = [note for note in notes if note.is_advice][:MOST_ADVICE]
    said: list[dict[str, Any]] = [
        {"note": note, "step": step_of(note.answer), "explanation": None if note.stops else fields.get(note.code)}
        for note in [*(note for note in notes if not note.is_advice), *advice]
    ]
    said.sort(key=lambda item: steps[item["step"].code] if item["step"] else -1)
    to_mend = [item for item in said if item["note"].stops]
    may_submit = can_submit(request.user, version)
    context = {
        "decision": version.decisions.first(),
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
        "previous": "contact",
        "is_preview": True,
    }
    return render(request, "listings/listing_preview.html", context)


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
    form = _explanations(version, request.POST)
    if not form.is_valid() and version.is_editable:
        return invalid(preview_page(request, version, form))
    return do(
        request,
        actions.explain_findings,
        version,
        explanations=form.explanations(),
        success=_("Your explanation is saved. The moderator reads it when you have sent the listing."),
        to=("listing_step", pk, "preview") if version.is_editable else ("listing_manage", pk),
    )


@require_POST
def listing_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the open version to the moderators, with what the writer explains."""
    version = _open_version(request, pk)
    if version is None:
        messages.warning(request, _("There is nothing to send."))
        return redirect("listing_manage", pk)
    form = _explanations(version, request.POST)
    if not form.is_valid() and version.is_editable:
        return invalid(preview_page(request, version, form))
    try:
        actions.explain_findings(version, by=request.user, explanations=form.explanations())
        version = actions.submit_version(version, by=request.user)
    except (actions.Blocked, actions.Incomplete) as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("listing_step", pk, "preview")
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("listing_manage", pk)
    if version.state == Version.State.PUBLISHED:
        messages.success(request, _("The change is public now."))
    else:
        messages.success(request, _("Sent. A moderator reads it, and you get a mail."))
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
