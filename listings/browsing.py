"""From a filter form to what the list page shows: chips that remove themselves, facets with counts, ways on."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from listings.forms.filters import ListingFilter
from portal.models import Municipality, Region

# Facets that stand open at once; the others open when something in them is chosen.
OPEN_FACETS = ("participation", "free", "form", "language", "weekday", "language_level")
# Where the name of a town may be broken on a narrow tile.
SOFT_HYPHENS = {
    "Helsingfors": "Helsing\u00adfors",
    "Tammerfors": "Tammer\u00adfors",
    "Uleåborg": "Uleå\u00adborg",
    "Hämeenlinna": "Hämeen\u00adlinna",
    "Tavastehus": "Tavaste\u00adhus",
    "Jyväskylä": "Jyväs\u00adkylä",
    "Lappeenranta": "Lappeen\u00adranta",
    "Villmanstrand": "Villman\u00adstrand",
    "Maarianhamina": "Maarian\u00adhamina",
    "Mariehamn": "Marie\u00adhamn",
    "Rovaniemi": "Rova\u00adniemi",
    "Seinäjoki": "Seinä\u00adjoki",
    "Björneborg": "Björne\u00adborg",
}
OPTIONS_SHOWN = 8
Values = dict[str, list[str]]


@dataclass(frozen=True)
class Link:
    label: str
    url: str


def address(path: str, values: Values, **other: str | int) -> str:
    """A path with its query string in one canonical order."""
    pairs = [(name, value) for name, many in values.items() for value in many]
    pairs += [(name, str(value)) for name, value in other.items()]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _labels(filters: ListingFilter, name: str) -> dict[str, str]:
    field = filters.form.fields[name]
    return {str(value): str(label) for value, label in getattr(field, "choices", ()) if value}


def chips(filters: ListingFilter, path: str) -> list[Link]:
    """Each chosen value with the address without it."""
    chosen = filters.chosen()
    links = []
    for name, values in chosen.items():
        labels = _labels(filters, name)
        for value in values:
            rest = {**chosen, name: [other for other in values if other != value]}
            links.append(Link(labels.get(value, value), address(path, rest)))
    return links


def facets(filters: ListingFilter) -> list[dict]:
    """Each group of options with the count that choosing it would give under the other filters."""
    chosen = filters.chosen()
    groups = []
    for name, facet in filters.facets.items():
        counts = facet.count(filters.results(leave_out=name))
        checked = chosen.get(name, [])
        options = [
            {"value": value, "label": label, "count": counts.get(value, 0), "checked": value in checked}
            for value, label in _labels(filters, name).items()
            if counts.get(value) or value in checked
        ]
        if options:
            shown, more = _first_options(options)
            groups.append(
                {
                    "name": name,
                    "legend": filters.form.fields[name].label,
                    "options": shown,
                    "more_options": more,
                    "is_open": name in OPEN_FACETS or bool(checked) or name in filters.form.errors,
                }
            )
    return groups


def _first_options(options: list[dict]) -> tuple[list[dict], list[dict]]:
    """The options that are shown at once, and the rest. Few are shown in their own order; of many, the commonest."""
    if len(options) <= OPTIONS_SHOWN + 2:
        return options, []
    ranked = sorted(options, key=lambda option: (not option["checked"], -option["count"]))
    first = {option["value"] for option in ranked[:OPTIONS_SHOWN]}
    return (
        [option for option in options if option["value"] in first or option["checked"]],
        [option for option in options if option["value"] not in first and not option["checked"]],
    )


def heading(filters: ListingFilter, default: str) -> str:
    """What is looked for, in the words of the filters: `kielikahvila, Oulu`."""
    chosen = filters.chosen()
    parts = [*chosen.get("words", [])]
    for name in ("form", "municipality", "region"):
        labels = _labels(filters, name)
        parts += [labels[value] for value in chosen.get(name, []) if value in labels]
    return ", ".join(parts[:3]) or default


def suggestions(filters: ListingFilter, path: str) -> list[Link]:
    """Ways out of an empty list that lead somewhere: without one of the filters, the whole region, online."""
    chosen = filters.chosen()
    ways: list[tuple[str, Values]] = []
    rest = {name: values for name, values in chosen.items() if name != "municipality"}
    for region in Region.objects.filter(municipalities__in=chosen.get("municipality", [])).distinct():
        label = _("Look in the whole region: %(region)s") % {"region": region}
        ways.append((label, {**rest, "region": [region.pk]}))
    if {"municipality", "region"} & set(chosen) and "online" not in chosen:
        rest = {name: values for name, values in chosen.items() if name not in ("municipality", "region")}
        ways.append((_("Look online, from anywhere"), {**rest, "online": ["yes"]}))
    for name, values in chosen.items():
        labels = _labels(filters, name)
        what = ", ".join(labels.get(value, value) for value in values)
        rest = {other: kept for other, kept in chosen.items() if other != name}
        ways.append((_("Leave out: %(what)s") % {"what": what}, rest))
    # When no single step helps, the whole list does.
    return list(_that_lead_somewhere(ways, filters, path)) or list(
        _that_lead_somewhere([(_("Show everything"), {})], filters, path)
    )


def _that_lead_somewhere(ways: Iterable[tuple[str, Values]], filters: ListingFilter, path: str) -> Iterable[Link]:
    for label, values in ways:
        count = ListingFilter(values, queryset=filters.queryset).results().count()
        if count:
            yield Link(f"{label} ({count})", address(path, values))


def regions_with_counts(counts: dict[str, int], path: str) -> list[dict]:
    """The tiles of the map: each region with its main town, its count, and how brightly it is lit."""
    regions = list(Region.objects.all())
    towns = {row.pk: str(row) for row in Municipality.objects.filter(pk__in=[one.town for one in regions])}
    ranked = sorted(count for count in counts.values() if count)
    return [
        {
            "url": address(path, {"region": [region.pk]}),
            "count": counts.get(region.pk, 0),
            "town": SOFT_HYPHENS.get(towns[region.town], towns[region.town]),
            "region": str(region),
            "column": region.column,
            "row": region.row,
            "width": region.width,
            "light": _light(counts.get(region.pk, 0), ranked),
        }
        for region in regions
    ]


def _light(count: int, ranked: list[int]) -> int:
    """0 dark, 1 half lit, 2 lit, by thirds of the counts; none is dark."""
    if not count:
        return 0
    return min(2, 3 * sum(other < count for other in ranked) // len(ranked))


def list_path(section: str) -> str:
    return reverse("listing_list" if section == "activity" else "professional_list")
