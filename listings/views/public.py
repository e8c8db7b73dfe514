"""What everybody can see: the start page, the two lists, a listing, an organization. Only GET, no sign-in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from listings import browsing
from listings.forms import ListingFilter
from listings.models import ActivityForm, Listing, Version, VersionForm
from listings.presentation import card_of, for_cards, page_of
from organizations.models import Organization
from portal.answering import invalid
from portal.models import Municipality

# The eight houses of the street: what most people come for, with a verb for each.
STREET = (
    ("language_club", gettext_lazy("Speak Finnish or Swedish")),
    ("meeting_place", gettext_lazy("Meet people")),
    ("guidance", gettext_lazy("Ask for advice")),
    ("sports", gettext_lazy("Move")),
    ("family", gettext_lazy("With children and family")),
    ("working_life", gettext_lazy("Look for work")),
    ("crafts_and_food", gettext_lazy("Make things, cook food")),
    ("digital_skills", gettext_lazy("Learn to use a phone")),
)


def public_versions(section: str):
    """The published versions of a section, those that meet soonest first."""
    versions = for_cards(Version.objects.public().filter(listing__section=section))
    return versions.order_by(
        F("next_on").asc(nulls_last=True), F("starts").asc(nulls_last=True), "-listing__published_at", "-pk"
    )


def page_links(request: HttpRequest, page, filters: browsing.Values) -> dict[str, str]:
    """The addresses of the pages before and after, empty where there is none."""

    def url(number: int) -> str:
        return browsing.address(request.path, filters, **({"page": number} if number > 1 else {}))

    return {
        "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
    }


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What do you want to do, and where do you live?"""
    versions = Version.objects.public().filter(listing__section=Listing.ACTIVITY)
    path = browsing.list_path(Listing.ACTIVITY)
    by_form = dict(
        VersionForm.objects.filter(version__in=versions).order_by().values_list("form").annotate(Count("pk"))
    )
    through = Version.municipalities.through.objects.filter(version__in=versions).order_by()
    by_region = dict(through.values_list("municipality__region").annotate(Count("version_id", distinct=True)))
    forms = {form.pk: form for form in ActivityForm.objects.all()}

    def house(code: str, label: str) -> dict:
        return {
            "url": browsing.address(path, {"form": [code]}),
            "label": label,
            "count": by_form.get(code, 0),
            "form": code,
            "family": forms[code].family,
        }

    street = [code for code, _label in STREET]
    context = {
        "streets": [house(code, label) for code, label in STREET],
        "other_forms": [house(code, str(form)) for code, form in forms.items() if code not in street],
        "tiles": browsing.regions_with_counts(by_region, path),
        "municipalities": [{"code": row.pk, "name": str(row)} for row in Municipality.objects.all()],
        "total": versions.count(),
        "search_url": path,
        "online_url": browsing.address(path, {"online": ["yes"]}),
        "professional_url": browsing.list_path(Listing.PROFESSIONAL),
        "list_activity_url": reverse("desk"),
    }
    return render(request, "portal/start.html", context)


@login_not_required
@require_safe
def listing_list(request: HttpRequest, section: str) -> HttpResponse:
    """The public list of one section with its filters."""
    filters = ListingFilter(request.GET or {}, queryset=public_versions(section))
    is_valid = filters.form.is_valid()
    chosen = filters.chosen()
    paginator = Paginator(filters.results(), settings.LISTINGS_PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    is_activity = section == Listing.ACTIVITY
    default = _("Activities") if is_activity else _("Training and events for workers and volunteers")
    other = Listing.PROFESSIONAL if is_activity else Listing.ACTIVITY
    context = {
        "form": filters.form,
        "cards": [card_of(version) for version in page],
        "total": paginator.count,
        "page_obj": page,
        "chips": browsing.chips(filters, request.path),
        "clear_url": request.path,
        "heading": browsing.heading(filters, default),
        "section": section,
        "other_section_url": browsing.list_path(other),
        "other_section_label": _("Training and events for workers and volunteers")
        if is_activity
        else _("Activities for people who have moved to Finland"),
        "facets": browsing.facets(filters),
        "suggestions": [] if paginator.count else browsing.suggestions(filters, request.path),
        "order_note": _("First those that meet soonest"),
        **page_links(request, page, chosen),
    }
    response = render(request, "listings/listing_list.html", context)
    return response if is_valid else invalid(response)


@login_not_required
@require_safe
def listing_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One listing with all its facts."""
    version = get_object_or_404(
        for_cards(Version.objects.public()).prefetch_related("target_groups"), listing__slug=slug
    )
    context = {
        "card": card_of(version),
        "listing": page_of(version),
        "back_url": browsing.list_path(version.listing.section),
        "share_url": settings.SITE_URL + version.listing.get_absolute_url(),
        "is_preview": False,
    }
    return render(request, "listings/listing_detail.html", context)


@login_not_required
@require_safe
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An organization with its listings."""
    organization = get_object_or_404(Organization.objects.public().select_related("municipality"), slug=slug)
    versions = for_cards(Version.objects.public().filter(listing__organization=organization))
    ordered = versions.order_by(
        F("next_on").asc(nulls_last=True), F("starts").asc(nulls_last=True), "-listing__published_at", "-pk"
    )
    page = Paginator(ordered, settings.LISTINGS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": organization,
        "cards": [card_of(version) for version in page],
        "page_obj": page,
        **page_links(request, page, {}),
    }
    return render(request, "listings/organization_detail.html", context)
