"""The way in for people who read little: pictures of what one can do, and a map. Only GET, no sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header
from django.views.decorators.http import require_safe

from listings import browsing
from listings.forms import ListingFilter
from listings.models import ActivityForm, Listing
from listings.search import search
from listings.street import street
from listings.tile_map import tiles
from portal.answering import wrong_query
from portal.context_processors import alternates
from portal.facts import rows_of
from portal.page_cache import kept


def _doors() -> list[dict]:
    """Every form of activity; each door leads to the map of the same way in."""
    found = search(per_page=0, facets={"form": [form.pk for form in rows_of(ActivityForm)]})
    path = reverse("pictures")
    houses, others = street(found.facets["form"], lambda code: browsing.address(path, {"form": [code]}))
    return houses + others


def languages_asked_for(request: HttpRequest) -> list[str]:
    """The interface languages that the browser asks for, in its order."""
    found = []
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            found.append(get_supported_language_variant(code))
        except LookupError:
            continue
    return list(dict.fromkeys(found))


@login_not_required
@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """The address without a language: all languages, those of the browser first, and all pictures. Nothing is forced.

    Not kept: it is another page for each browser's languages.
    """
    asked = languages_asked_for(request)
    # What the page links to in each language is its start page.
    request.page_path = reverse("start")  # type: ignore[attr-defined]
    languages = {row["code"]: row for row in alternates(request)}
    context = {
        "asked": [languages[code] for code in asked],
        "others": [row for code, row in languages.items() if code not in asked],
        "houses": _doors(),
    }
    return render(request, "listings/choose_language.html", context)


@kept("form")
@login_not_required
@require_safe
def pictures(request: HttpRequest) -> HttpResponse:
    """First what one wants to do, then where. A language chosen on the way keeps what was chosen."""
    filters = ListingFilter(request.GET, section=Listing.ACTIVITY)
    chosen = {name: values for name, values in filters.chosen().items() if name == "form"}
    if not chosen:
        response = render(request, "listings/pictures.html", {"houses": _doors(), "form": filters.form})
        return response if filters.form.is_valid() else wrong_query(response)
    found = filters.search(per_page=0)
    path = browsing.list_path(Listing.ACTIVITY)
    forms = {form.pk: form for form in rows_of(ActivityForm)}
    context = {
        "chosen": [forms[code] for code in chosen["form"]],
        "tiles": tiles(
            found.facets.get("region", {}), lambda code: browsing.address(path, {**chosen, "region": [code]})
        ),
        "online": {
            "url": browsing.address(path, {**chosen, "online": ["yes"]}),
            "count": found.facets.get("online", {}).get("yes", 0),
        },
        "anywhere": {"url": browsing.address(path, chosen), "count": found.total},
    }
    return render(request, "listings/pictures_map.html", context)
