"""What there is to say about a step while it is being written. Nothing is saved here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from listings.forms import STEP_CODES, Step, step
from listings.forms.base import StepForm
from listings.forms.guide import GuideForm
from listings.models import Listing, Version
from listings.notes import at_each_text, notes_in, notes_of
from listings.views.holidays import holidays_anew
from listings.views.scope import listing_of
from listings.views.writing import asked_languages, posted_languages
from listings.wizard import heard, shown_fields
from organizations.models import Organization


@require_POST
def listing_check(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The notes of one step of the open version as it is typed now."""
    one = step(code) if code in STEP_CODES else None
    if one is None or one.form is None:
        raise Http404
    listing = listing_of(request, pk)
    version = listing.open_version
    if version is None or not version.is_editable:
        return HttpResponse()  # the save will tell
    version.listing = listing
    languages = posted_languages(request, asked_languages(request, version))
    return _answer(request, one, one.form(request.POST, version=version, languages=languages), version)


@require_POST
def listing_start_check(request: HttpRequest, organization_pk: int) -> HttpResponse:
    """The notes of the guide of a listing that does not exist yet."""
    organization = get_object_or_404(Organization.objects.editable_by(request.user), pk=organization_pk)
    version = Version(listing=Listing(organization=organization, section=""))
    return _answer(request, step("guide"), GuideForm(request.POST), version)


def _answer(request: HttpRequest, one: Step, form: StepForm, version: Version) -> HttpResponse:
    """The places of notes in which something else stands now than on the page. What is not written yet can wait."""
    form.is_valid()
    if isinstance(form, GuideForm):
        version.listing.section = form.section_answer() or version.listing.section
    waited_for = request.POST.getlist("waited_for")
    notes = [
        note
        for note in notes_in(at_each_text(notes_of(version, form.answers())), one)
        if not note.is_missing or form.field_of(note.answer, note.language) in waited_for
    ]
    fields = shown_fields(form, notes, is_typing=True)
    said, measured = _by_field(request, "said"), _by_field(request, "measured")
    context = {
        "said_anew": [one for one in fields if one.said != said.get(one.field.name, "")],
        "measured_anew": [one for one in fields if one.measured != measured.get(one.field.name, "")],
        "holidays": holidays_anew(request, version, form),
        "heard": _newly_heard(heard(fields), request.POST.get("heard", "")),
    }
    return render(request, "listings/listing_check.html", context)


def _by_field(request: HttpRequest, name: str) -> dict[str, str]:
    """What the page shows already, by field: that stays in its place, so that it can be read in peace."""
    return {shown.partition(":")[0]: shown for shown in request.POST.getlist(name)}


def _newly_heard(now: str, before: str) -> str | None:
    """What a screen reader is to say; None when it has said so before."""
    if not now and before:
        now = _("Nothing more to look at here.")
    return now if now != before else None
