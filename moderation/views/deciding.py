"""One submitted version, one decision."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from listings.answers import findings_of
from listings.eligibility import Finding, Severity
from listings.forms.remarking import RemarkForm
from listings.models import Listing, Report, Version
from listings.presentation import title_of
from listings.talk import talk_about
from moderation import actions
from moderation.forms import DecisionForm, ReconsiderForm
from moderation.judging.changes import shown_facts, shown_texts
from moderation.judging.earlier import LATEST, decisions_on_listing, decisions_on_organization, standing_of, told
from moderation.judging.marks import mark_words
from moderation.judging.readings import readings_of
from moderation.judging.similar import similar_to
from moderation.judging.since_returned import since_returned
from moderation.judging.standard_texts import with_standard_texts
from moderation.models import Recheck
from moderation.permissions import can_publish, moderators_only
from moderation.views.going_on import case_context, next_case
from moderation.views.internal_notes import internal_notes_of
from portal.answering import do, invalid
from portal.refusals import Refused

# It stands on one page with other forms.
RECONSIDER_ID = "reconsider_%s"


def _version(pk: int) -> Version:
    versions = Version.objects.select_related("listing__organization__municipality", "author")
    return get_object_or_404(versions, pk=pk)


def seen_by_readers(listing: Listing) -> Version:
    """What readers see of a listing; when they no longer see it, what was written last."""
    versions = listing.versions.select_related("listing__organization__municipality", "author")
    return versions.filter(state=Version.State.PUBLISHED).first() or versions.order_by("-number")[0]


def decide_case(
    request: HttpRequest,
    case: Version | Recheck | Report,
    version: Version,
    action: Callable[..., object],
    success: str,
    *,
    page: Callable[[DecisionForm], HttpResponse],
    back: tuple[str, int],
) -> HttpResponse:
    """Carry out a decision and go on to the next case; what stands against it is told on the `page` of this one."""
    form = DecisionForm(request.POST, version=case if isinstance(case, Version) else None)
    if not form.is_valid():
        return invalid(page(form))
    try:
        action(case, by=request.user, **form.cleaned_data)
    except actions.ReasonMissing as refusal:
        form.add_error("message", str(refusal.message))
        return invalid(page(form))
    except actions.HeldByAnother as refusal:
        form.add_error(None, str(refusal.message))
        return invalid(page(form))
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect(*back)
    messages.success(request, success % {"title": version})
    return next_case(request)


def with_standard_texts_in(
    request: HttpRequest, version: Version, form: DecisionForm, page: Callable[[DecisionForm], HttpResponse]
) -> HttpResponse:
    """The page with the rules' words in the message, after what is typed. Nothing is decided and nothing is kept."""
    if not form.is_valid():
        return invalid(page(form))
    if not form.cleaned_data["reasons"]:
        form.add_error("reasons", _("Choose a reason first. Its text goes into the message."))
        return invalid(page(form))
    data = request.POST.copy()
    language = version.author.mail_language
    data["message"] = with_standard_texts(form.cleaned_data["message"], form.cleaned_data["reasons"], language)
    form.data = data
    return page(form)


def _earlier(version: Version) -> dict[str, Any]:
    """The latest decisions on the listing and, beside those, on its organization."""
    listing = version.listing
    of_organization = decisions_on_organization(listing.organization)
    return {
        "listing": told(decisions_on_listing(listing)[:LATEST]),
        "organization": told(of_organization.exclude(version__in=listing.versions.all())[:LATEST]),
        "standing": standing_of(listing.organization),
    }


def version_context(
    request: HttpRequest, version: Version, findings: list[Finding], published: Version | None, form: DecisionForm
) -> dict[str, Any]:
    """What a moderator has before their eyes: the texts with marks, compared with those `published`, and the rest."""
    listing = version.listing
    return {
        "version": version,
        "title": title_of(version),
        "listing": listing,
        "organization": listing.organization,
        "readings": readings_of(version),
        "findings": [
            {"number": n, "finding": one, "is_new": False, "explanation": version.explanations.get(one.code, "")}
            for n, one in enumerate(findings, 1)
        ],
        "texts": mark_words(shown_texts(version, published), findings),
        "facts": shown_facts(version, published),
        "published": published,
        "earlier": _earlier(version),
        "versions": [one for one in listing.versions.order_by("-number") if one.pk != version.pk],
        "similar": similar_to(version),
        "internal": internal_notes_of(request, listing.organization, listing),
        "form": form,
        "since": since_returned(version),
        "talk": talk_about(version),
        "remark_form": RemarkForm(),
    }


def _version_page(
    request: HttpRequest,
    version: Version,
    form: DecisionForm,
    remark_form: RemarkForm | None = None,
    reconsider_form: ReconsiderForm | None = None,
) -> HttpResponse:
    request.page_path = reverse("version_decide", args=[version.pk])
    listing = version.listing
    published = None if version.state == Version.State.PUBLISHED else listing.published_version
    if published is not None:
        published.listing = listing
    findings = [one for one in findings_of(version) if one.severity != Severity.ADVICE]
    context = {
        **version_context(request, version, findings, published, form),
        "may_decide": can_publish(request.user, version),
        "recheck": Recheck.objects.awaiting_decision().filter(listing=listing).first(),
        "may_reconsider": can_publish(request.user, version) and actions.can_be_reconsidered(version),
        "reconsider_form": reconsider_form or ReconsiderForm(auto_id=RECONSIDER_ID),
        **case_context(request, "version", version.pk),
    }
    if remark_form is not None:
        context["remark_form"] = remark_form
    return render(request, "moderation/version_decide.html", context)


def undecided_page(
    request: HttpRequest,
    version: Version,
    remark_form: RemarkForm | None = None,
    reconsider_form: ReconsiderForm | None = None,
) -> HttpResponse:
    """The page before anything is decided; with a message that could not be sent as it is."""
    found = [one.code for one in findings_of(version) if one.severity != Severity.ADVICE]
    form = DecisionForm(initial={"reasons": found, "seen": actions.seen_of(version)}, version=version)
    return _version_page(request, version, form, remark_form, reconsider_form)


@moderators_only
@require_safe
def version_decide(request: HttpRequest, pk: int) -> HttpResponse:
    return undecided_page(request, _version(pk))


def _decide_version(request: HttpRequest, pk: int, action: Any, success: str) -> HttpResponse:
    version = _version(pk)
    return decide_case(
        request,
        version,
        version,
        action,
        success,
        page=lambda form: _version_page(request, version, form),
        back=("version_decide", pk),
    )


@moderators_only
@require_POST
def version_publish(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide_version(request, pk, actions.publish, _("Published: %(title)s"))


@moderators_only
@require_POST
def version_return(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide_version(request, pk, actions.send_back, _("Sent back for changes: %(title)s"))


@moderators_only
@require_POST
def version_reject(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide_version(request, pk, actions.reject, _("Rejected: %(title)s"))


@moderators_only
@require_POST
def version_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """The page again, with the standard texts of the reasons in the message."""
    version = _version(pk)
    form = DecisionForm(request.POST, version=version)
    return with_standard_texts_in(request, version, form, lambda form: _version_page(request, version, form))


@moderators_only
@require_POST
def version_reconsider(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent back or rejected waits for a decision again."""
    version = _version(pk)
    form = ReconsiderForm(request.POST, auto_id=RECONSIDER_ID)
    if not form.is_valid():
        return invalid(undecided_page(request, version, reconsider_form=form))
    return do(
        request,
        actions.reconsider,
        version,
        message=form.cleaned_data["message"],
        success=_("It waits for a decision again. The author is told."),
        to=("version_decide", pk),
    )
