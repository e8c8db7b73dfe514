"""Where the pages, feeds and calendars of an organization are that had another address."""

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from organizations.addresses import organization_once_at


def to_present_address(request: HttpRequest, slug: str) -> HttpResponsePermanentRedirect:
    """The same page under the address that the organization has now; `Http404` when there is none."""
    organization = organization_once_at(slug)
    if organization is None or request.resolver_match is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse(request.resolver_match.view_name, args=[organization.slug]))
