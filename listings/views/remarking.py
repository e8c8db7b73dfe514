"""The organization's side of the talk with the moderators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from listings import actions
from listings.forms.remarking import RemarkForm
from listings.talk import talks_of
from listings.views.keeping import manage_page
from listings.views.scope import listing_of
from portal.answering import do, invalid


@require_POST
def listing_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the moderators about the version that they got last."""
    listing = listing_of(request, pk)
    talks = talks_of(listing)
    if not talks:
        messages.warning(request, str(actions.TalkIsOver.message))
        return redirect("listing_manage", pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return invalid(manage_page(request, listing, remark_form=form))
    version = talks[0].version
    version.listing = listing
    return do(
        request,
        actions.remark,
        version,
        text=form.cleaned_data["remark"],
        success=_("Your message is sent. You get a mail when a moderator answers."),
        to=("listing_manage", pk),
    )
