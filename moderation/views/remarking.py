"""The moderators' side of the talk with an organization. Nothing is decided here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from listings import actions
from listings.forms.remarking import RemarkForm
from listings.models import Version
from moderation.permissions import moderators_only
from moderation.views.deciding import undecided_page
from portal.answering import do, invalid


@moderators_only
@require_POST
def version_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the people of the organization."""
    versions = Version.objects.select_related("listing__organization__municipality", "author")
    version: Version = get_object_or_404(versions, pk=pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return invalid(undecided_page(request, version, form))
    return do(
        request,
        actions.remark_as_moderator,
        version,
        text=form.cleaned_data["remark"],
        success=_("Your message is sent. Nothing was decided."),
        to=("version_decide", pk),
    )
