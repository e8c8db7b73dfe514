"""The lists of public listings and the other views of the same result: week calendar, map. Only GET, no sign-in.

Every answer is a whole page. Where scripts run, htmx takes out of it what has changed.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from listings import browsing, week
from listings.cards import cards_of
from listings.feeds.following import search_followed
from listings.forms import ListingFilter
from listings.loosening import ways_out
from listings.models import Listing
from listings.search import Result
from listings.search.suggesting import suggestions
from listings.tile_map import tiles
from listings.understanding import filters_understood, place_first
from listings.views.paging import ResultPage, page_links, page_number
from portal.answering import wrong_query
from portal.facts import rows_of
from portal.languages import reader_writes
from portal.models import Municipality
from portal.page_cache import kept

# Of how many ways out of an empty list the first cards are shown; the others are links.
WAYS_WITH_CARDS = 2
# The parts of the page that change beside the results. What is focused or unfolded in them stays so.
SWAPPED = (
    *("languages", "heading", "results-count", "order-bar", "places"),
    *(f"facet-{code}" for code in browsing.GROUPS),
)


def _common(request: HttpRequest, filters: ListingFilter, result: Result, view: str) -> dict:
    """What stands around the results in every view."""
    is_activity = filters.section == Listing.ACTIVITY
    return {
        "form": filters.form,
        "section": filters.section,
        "view": view,
        "views": browsing.views(filters, view),
        "heading": browsing.heading(filters),
        "total": result.total,
        "chips": browsing.chips(filters, request.path),
        "clear_url": request.path,
        "corrections": list(result.corrections.items()),
        "understood": filters_understood(filters, result.facets, reader_writes(), request.path),
        "place_first": place_first(filters, result, reader_writes()),
        "facet_groups": browsing.facet_groups(filters, result.facets),
        "places": browsing.places(filters, result.facets),
        "near": "".join(filters.chosen().get("near", [])),
        "orders": [],
        "suggest_url": reverse("suggest" if is_activity else "professional_suggest"),
        "swapped": ",".join(f"#{name}:innerHTML" for name in SWAPPED),
        "other_section_url": browsing.list_path(Listing.PROFESSIONAL if is_activity else Listing.ACTIVITY),
        "other_section_label": _("Training and events for workers and volunteers")
        if is_activity
        else _("Activities for people who have moved to Finland"),
    }


def _answer(request: HttpRequest, filters: ListingFilter, template: str, context: dict, address: str) -> HttpResponse:
    """The page. `address` is the one that stands for this view from now on, without blank or wrong values."""
    response = render(request, template, context)
    if filters.form.is_valid():
        response.headers["HX-Push-Url"] = address
        return response
    # The page says what is wrong; only a whole page has room for that.
    response.headers["HX-Redirect"] = request.get_full_path()
    return wrong_query(response)


def _canonical(request: HttpRequest, address: str) -> None:
    request.canonical_path = address  # type: ignore[attr-defined]


@kept(*ListingFilter.base_filters, "page")
@login_not_required
@require_safe
def listing_list(request: HttpRequest, section: str) -> HttpResponse:
    """The public list of one section with its filters."""
    filters = ListingFilter(request.GET, section=section)
    chosen = filters.chosen()
    number = page_number(request.GET.get("page"))
    result = filters.search(number, settings.LISTINGS_PER_PAGE)
    last = max(1, -(-result.total // settings.LISTINGS_PER_PAGE))
    if number > last:
        number = last
        result = filters.search(number, settings.LISTINGS_PER_PAGE)
    page = ResultPage(number, last)
    page_of_list: dict[str, str | int] = {"page": number} if number > 1 else {}
    _canonical(request, browsing.address(request.path, browsing.without_order(chosen), **page_of_list))
    context = _common(request, filters, result, "list")
    context |= {
        "cards": cards_of(result.ids),
        "page_obj": page,
        "orders": browsing.orders(filters),
        "nearby": browsing.nearby(filters, request.path) if result.total else None,
        "ways": [] if result.total else _ways(filters, request.path),
        "follow": search_followed(filters, context["heading"]),
        "is_one_of_many": not result.total or browsing.is_one_of_many(chosen, number),
        **page_links(request, page, chosen),
    }
    address = browsing.address(request.path, chosen, **page_of_list)
    return _answer(request, filters, "listings/listing_list.html", context, address)


def _ways(filters: ListingFilter, path: str) -> list[dict]:
    """The ways out of an empty list, the first ones with cards, and no card twice."""
    shown: set[int] = set()
    ways = []
    for number, way in enumerate(ways_out(filters, path)):
        ids = [pk for pk in way.ids if pk not in shown] if number < WAYS_WITH_CARDS else []
        shown.update(ids)
        ways.append({"label": way.label, "url": way.url, "total": way.total, "cards": cards_of(ids, "h3")})
    return ways


@kept(*ListingFilter.base_filters, "day")
@login_not_required
@require_safe
def listing_week(request: HttpRequest, section: str) -> HttpResponse:
    """What one can go to on each of seven days."""
    filters = ListingFilter(request.GET, section=section)
    chosen = filters.chosen()
    today = timezone.localdate()
    first = week.first_day(request.GET.get("day"), today)
    result = filters.search(per_page=0, days=week.week_from(first), per_day=week.MEETINGS_SHOWN)

    def url(day) -> str:
        return browsing.address(request.path, chosen, **({"day": day.isoformat()} if day > today else {}))

    list_path = browsing.list_path(section)
    days = [
        {"day": day, "more_url": browsing.address(list_path, {**chosen, "weekday": [day.weekday]})}
        for day in week.calendar(result.days, today)
    ]
    _canonical(request, url(first))
    context = _common(request, filters, result, "week")
    if first > today:
        context["chips"] = browsing.chips(filters, request.path, day=first.isoformat())
    context |= {
        "days": days,
        "meetings": sum(day.total for day in result.days.values()),
        "first_day": first.isoformat() if first > today else "",
        "previous_url": url(max(first - timedelta(week.DAYS), today)) if first > today else "",
        "next_url": url(first + timedelta(week.DAYS)) if first + timedelta(week.DAYS) <= today + week.FURTHEST else "",
        "list_url": browsing.address(list_path, chosen),
        "is_one_of_many": True,
    }
    return _answer(request, filters, "listings/listing_week.html", context, url(first))


@kept(*ListingFilter.base_filters)
@login_not_required
@require_safe
def listing_map(request: HttpRequest, section: str) -> HttpResponse:
    """How much of what is looked for there is in each region, and in the municipalities of the chosen ones."""
    filters = ListingFilter(request.GET, section=section)
    chosen = filters.chosen()
    result = filters.search(per_page=0)
    anywhere = {name: values for name, values in chosen.items() if name not in ("municipality", "region")}
    list_path = browsing.list_path(section)
    regions = browsing.regions_of(chosen.get("municipality", []), chosen.get("region", []))
    in_region, in_municipality = result.facets.get("region", {}), result.facets.get("municipality", {})
    places = [
        {
            "name": str(region),
            "count": in_region.get(region.pk, 0),
            "url": browsing.address(list_path, {**anywhere, "region": [region.pk]}),
            # Where there is something stands first.
            "municipalities": [
                {
                    "name": str(row),
                    "count": in_municipality.get(row.pk, 0),
                    "url": browsing.address(list_path, {**anywhere, "municipality": [row.pk]}),
                }
                for row in sorted(rows_of(Municipality), key=lambda row: not in_municipality.get(row.pk))
                if row.region_id == region.pk
            ],
        }
        for region in regions
    ]
    address = browsing.address(request.path, chosen)
    _canonical(request, address)
    context = _common(request, filters, result, "map")
    context |= {
        "tiles": tiles(
            in_region,
            lambda code: browsing.address(request.path, {**anywhere, "region": [code]}),
            [region.pk for region in regions],
        ),
        "regions": places,
        "list_url": browsing.address(list_path, chosen),
        "is_one_of_many": True,
    }
    return _answer(request, filters, "listings/listing_map.html", context, address)


@kept("words")
@login_not_required
@require_safe
def suggest(request: HttpRequest, section: str) -> HttpResponse:
    """Options for the words that are being typed."""
    typed = request.GET.get("words", "").replace("\0", "")[:200]
    found = suggestions(typed, reader_writes(), section)
    response = render(request, "listings/suggest.html", {"suggestions": found})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
