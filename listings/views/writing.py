"""Writing a listing: its steps, one form each, and what is done to a version as a whole."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from listings import actions
from listings.forms import STEP_CODES, Step, step
from listings.forms.base import StepForm
from listings.forms.guide import GuideForm
from listings.forms.texts import languages_of
from listings.models import Listing, Version
from listings.notes import at_each_text, notes_in, notes_of
from listings.presentation import card_of
from listings.views.holidays import holidays_at, with_holidays_left_out
from listings.views.scope import listing_of
from listings.views.sending import preview_page
from listings.wizard import heard, progress, shown_fields, summary_of
from organizations.models import Organization
from portal.answering import invalid
from portal.forms import municipality_names
from portal.languages import LISTING_LANGUAGE_CODES, LISTING_LANGUAGES, language_name, reader_writes
from portal.refusals import Refused

MOVED = {
    Listing.PROFESSIONAL: gettext_lazy(
        "The listing is now in the section for workers and volunteers. Everything that you wrote is there."
    ),
    Listing.ACTIVITY: gettext_lazy(
        "The listing is now in the section for people who have moved to Finland. Everything that you wrote is there."
    ),
}


def asked_languages(request: HttpRequest, version: Version | None) -> list[str]:
    """The languages whose texts a step asks for: those that have some, the one just added, else the writer's."""
    codes = set(languages_of(version)) if version is not None else set()
    added = request.GET.get("language", "")
    if added in LISTING_LANGUAGE_CODES:
        codes.add(added)
    if not codes:
        codes.add(reader_writes())
    return [code for code in LISTING_LANGUAGE_CODES if code in codes]


def _step_page(
    request: HttpRequest, one: Step, form: StepForm, organization: Organization, version: Version | None
) -> HttpResponse:
    is_checked = "check" in request.GET or form.is_bound
    notes = notes_in(at_each_text(notes_of(version)), one) if version is not None else []
    if not is_checked:
        notes = [note for note in notes if not note.is_missing]
    asked = asked_languages(request, version)
    fields = shown_fields(form, notes)
    context = {
        "decision": version.decisions.first() if version is not None and version.is_editable else None,
        "reasons": [],  # they stand beside the answers
        "step": one,
        "progress": progress(one, version),
        "form": form,
        "fields": fields,
        "heard": heard(fields),
        "holidays": holidays_at(version, form),
        "check_url": reverse("listing_check", args=[version.listing_id, one.code])
        if version is not None
        else reverse("listing_start_check", args=[organization.pk]),
        "text_languages": form.languages if getattr(form, "text_answers", ()) else [],
        "municipality_names": municipality_names() if "municipalities" in form.fields else [],
        "summary": summary_of(form, notes) if is_checked else [],
        "organization": organization,
        "version": version,
        "card": card_of(version, url="") if version is not None else None,
        "previous": STEP_CODES[STEP_CODES.index(one.code) - 1] if one.code != STEP_CODES[0] else "",
        "more_languages": [
            {"code": language.code, "autonym": language.autonym, "name": _name(language.code)}
            for language in LISTING_LANGUAGES
            if one.code == "what" and language.code not in asked
        ],
    }
    return render(request, "listings/listing_step.html", context)


def _name(code: str) -> str:
    return language_name(code, get_language() or "en")


@require_http_methods(["GET", "HEAD", "POST"])
def listing_start(request: HttpRequest, organization_pk: int) -> HttpResponse:
    """The rule guide of a listing that does not exist yet; the answers make its first draft."""
    organization = get_object_or_404(Organization.objects.editable_by(request.user), pk=organization_pk)
    form = GuideForm(_posted(request) if request.method == "POST" else None, initial={"section": ""})
    form.fields["section"].required = True  # a listing cannot begin without its place
    form.fields["section"].error_messages["required"] = _("Choose the part of the portal.")
    if request.method != "POST":
        return _step_page(request, step("guide"), form, organization, None)
    if not form.is_valid():
        return invalid(_step_page(request, step("guide"), form, organization, None))
    try:
        version = actions.start_listing(
            organization,
            by=request.user,
            section=form.section_answer() or Listing.ACTIVITY,
            answers=form.answers(),
        )
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("organization_desk", organization.pk)
    _tell_of_the_move(request, version)
    return redirect(_after_saving(request, version, step("guide")))


@require_http_methods(["GET", "HEAD", "POST"])
def listing_step(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One step of the open version: shows its questions, saves its answers, goes on."""
    if code not in STEP_CODES:
        raise Http404
    listing = listing_of(request, pk)
    version = listing.open_version
    if version is None or not version.is_editable:
        if request.method == "POST":
            messages.warning(request, _("This version can no longer be changed."))
        return redirect("listing_manage", listing.pk)
    version.listing = listing
    one = step(code)
    if one.form is None:
        return preview_page(request, version)
    asked = asked_languages(request, version)
    if request.method != "POST":
        return _step_page(request, one, one.form(version=version, languages=asked), listing.organization, version)
    form = one.form(_posted(request), version=version, languages=posted_languages(request, asked))
    is_valid = form.is_valid()
    try:
        version = _save(request, version, form)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("listing_manage", listing.pk)
    _tell_of_the_move(request, version)
    if not is_valid:
        return invalid(_step_page(request, one, form, listing.organization, version))
    return redirect(_after_saving(request, version, one))


def posted_languages(request: HttpRequest, asked: list[str]) -> list[str]:
    """The languages whose fields were on the page, so that nothing that was typed is passed over."""
    posted = request.POST.getlist("text_language")
    codes = [code for code in LISTING_LANGUAGE_CODES if code in posted]
    return codes or asked


def _posted(request: HttpRequest) -> QueryDict:
    """What was typed. One press leaves holidays out, or moves a listing to the other section with what that takes."""
    if "leave_out" in request.POST:
        return with_holidays_left_out(request)
    section = request.POST.get("move_to")
    if section not in MOVED:
        return request.POST
    posted = request.POST.copy()
    posted["section"] = section
    if section == Listing.PROFESSIONAL:
        posted["audience"] = "professionals"
    return posted


def _tell_of_the_move(request: HttpRequest, version: Version) -> None:
    section = request.POST.get("move_to", "")
    if section in MOVED and version.listing.section == section:
        messages.success(request, str(MOVED[section]))


def _save(request: HttpRequest, version: Version, form: StepForm) -> Version:
    """Save what was filled in correctly, also when another field was not."""
    section = form.section_answer() if isinstance(form, GuideForm) else None
    return actions.save_answers(version, by=request.user, answers=form.answers(), section=section)


def _after_saving(request: HttpRequest, version: Version, one: Step) -> str:
    """The next step, or the same one again when something there has to be mended first."""
    here = reverse("listing_step", args=[version.listing_id, one.code])
    if request.POST.get("add_language") in LISTING_LANGUAGE_CODES:
        return f"{here}?language={request.POST['add_language']}"
    if "back" in request.POST:
        previous = STEP_CODES[max(0, STEP_CODES.index(one.code) - 1)]
        return reverse("listing_step", args=[version.listing_id, previous])
    if "move_to" in request.POST:
        return f"{here}?check=1"
    if "leave_out" in request.POST:
        messages.success(request, _("Those days are left out."))
        return here
    if "leave" in request.POST:
        messages.success(request, _("Your draft is saved. Go on when you like."))
        return reverse("listing_manage", args=[version.listing_id])
    if any(note.stops for note in notes_in(notes_of(version), one)):
        return f"{here}?check=1"
    following = STEP_CODES[STEP_CODES.index(one.code) + 1]
    return reverse("listing_step", args=[version.listing_id, following])


@require_POST
def listing_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a new version of a listing, or go on with the open one."""
    listing = listing_of(request, pk)
    try:
        actions.open_new_version(listing, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("listing_manage", pk)
    return redirect("listing_step", pk, "what")


@require_POST
def listing_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new listing from this one."""
    listing = listing_of(request, pk)
    try:
        version = actions.copy_listing(listing, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("listing_manage", pk)
    messages.success(request, _("This is a copy. Change what is different, and write the new dates."))
    return redirect("listing_step", version.listing_id, "what")
