"""From a filter form to what a page of results shows beside them: chips, facets with counts, places, orders, views."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from listings.forms.filters import ListingFilter
from listings.search import NEAREST, NEWEST, RELEVANCE, SOONEST
from portal.facts import names_of, rows_of
from portal.models import Municipality, Region

OPTIONS_SHOWN = 8
# The groups of facets in their order: what people decide by first stands first. A group may hold several facets.
GROUPS: dict[str, tuple[str, ...]] = {
    "form": ("form",),
    "when": ("when", "weekday", "evening"),
    "participation": ("participation",),
    "language": ("language",),
    "language_level": ("language_level",),
    "wishes": ("free", "online", "childcare", "accessible"),
    "target_group": ("target_group",),
}
# Groups that stand open at once; the others open when something in them is chosen.
OPEN_GROUPS = ("form", "when", "participation", "language", "language_level", "wishes")
# The views of a result, with the names of their pages in each section.
VIEWS = {
    "list": {"activity": "listing_list", "professional": "professional_list"},
    "week": {"activity": "listing_week", "professional": "professional_week"},
    "map": {"activity": "listing_map", "professional": "professional_map"},
}
Values = dict[str, list[str]]
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Chip(Link):
    """A chosen value with the address without it. `name` is its filter's."""

    name: str


def address(path: str, values: Values, **other: str | int) -> str:
    """A path with its query string in one canonical order."""
    pairs = [(name, value) for name, many in values.items() for value in many]
    pairs += [(name, str(value)) for name, value in other.items()]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def chips(filters: ListingFilter, path: str, **other: str | int) -> list[Chip]:
    """Each chosen value and the place that comes first, but no other order, with the address without it."""
    chosen = filters.chosen()
    links = []
    for name, values in without_order(chosen).items():
        labels = filters.choices_of(name)
        for value in values:
            rest = {**chosen, name: [other_value for other_value in values if other_value != value]}
            links.append(Chip(labels.get(value, value), address(path, rest, **other), name))
    for code in chosen.get("near", []):
        label = _("Nearest first: %(place)s") % {"place": filters.choices_of("near")[code]}
        links.append(Chip(label, address(path, without_order(chosen), **other), "near"))
    return links


def nearby(filters: ListingFilter, path: str) -> Link | None:
    """From one municipality on to the others around it, the nearest first."""
    chosen = without_order(filters.chosen())
    places = chosen.pop("municipality", [])
    if len(places) != 1 or "region" in chosen:
        return None
    label = _("See also what is near %(place)s") % {"place": filters.choices_of("municipality")[places[0]]}
    return Link(label, address(path, {**chosen, "near": places}))


def facet_groups(filters: ListingFilter, counts: Counts) -> list[dict]:
    """Each group of options with the count that choosing it would give under the other filters.

    A group without options is there too, empty, so that it has its place when the next answer fills it.
    """
    chosen = filters.chosen()
    groups = []
    for code, names in GROUPS.items():
        shown: list[dict] = []
        more: list[dict] = []
        for name in names:
            first, rest = _first_options(_options(filters, name, counts.get(name, {}), chosen.get(name, [])))
            shown += first
            more += rest
        groups.append(
            {
                "code": code,
                "legend": _legend(filters, code),
                "options": shown,
                "more_options": more,
                "errors": [(name, error) for name in names for error in filters.form.errors.get(name, ())],
                "is_open": code in OPEN_GROUPS or any(name in chosen or name in filters.form.errors for name in names),
            }
        )
    return groups


def _legend(filters: ListingFilter, code: str) -> str:
    if code == "wishes":
        return _("What else is important?")
    return str(filters.form.fields["weekday" if code == "when" else code].label)


def _options(filters: ListingFilter, name: str, counts: Mapping[str, int], chosen: Iterable[str]) -> list[dict]:
    """The options of a facet that would find something, and those that are chosen."""
    return [
        {"name": name, "value": value, "label": label, "count": counts.get(value, 0), "checked": value in chosen}
        for value, label in filters.choices_of(name).items()
        if counts.get(value) or value in chosen
    ]


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


def places(filters: ListingFilter, counts: Counts) -> list[dict]:
    """The two lists of places with their counts: municipalities by region, and regions. None is left out, because
    where there is nothing, the page tells what is near.
    """
    names = names_of(Region)
    regions = sorted(rows_of(Region), key=lambda region: names[region.pk])
    in_region: dict[str, list[Municipality]] = {region.pk: [] for region in regions}
    for row in rows_of(Municipality):
        in_region[row.region_id].append(row)
    of_municipality, of_region = counts.get("municipality", {}), counts.get("region", {})
    municipalities = [(names[region.pk], in_region[region.pk]) for region in regions]
    return [
        _place(filters, "municipality", _("Add a municipality"), municipalities, of_municipality),
        _place(filters, "region", _("Add a region"), [("", regions)], of_region),
    ]


def _place(
    filters: ListingFilter, name: str, more: str, groups: Iterable[tuple[str, Iterable[Any]]], counts: Mapping[str, int]
) -> dict:
    labels, chosen = filters.choices_of(name), filters.chosen().get(name, [])
    field = filters.form.fields[name]
    return {
        "name": name,
        "label": field.label,
        "more": more if chosen else _("Anywhere"),
        "errors": filters.form.errors.get(name, []),
        "chosen": [
            {"name": name, "value": value, "label": labels[value], "count": counts.get(value, 0), "checked": True}
            for value in chosen
        ],
        "groups": [
            (label, [(row.pk, labels[row.pk], counts.get(row.pk, 0)) for row in rows if row.pk not in chosen])
            for label, rows in groups
        ],
    }


def orders(filters: ListingFilter) -> list[dict]:
    """The orders to choose from. The one that holds without a choice has no value, so that no address needs it."""
    chosen = filters.chosen()
    labels = filters.choices_of("order")
    default = NEAREST if "near" in chosen else RELEVANCE if "words" in chosen else SOONEST
    now = chosen.get("order", [default])[0]
    return [
        {"value": "" if value == default else value, "label": labels[value], "is_chosen": value == now}
        for value in (NEAREST, RELEVANCE, SOONEST, NEWEST)
        if (value != RELEVANCE or "words" in chosen) and (value != NEAREST or "near" in chosen)
    ]


def view_path(section: str, view: str) -> str:
    return reverse(VIEWS[view][section])


def list_path(section: str) -> str:
    return view_path(section, "list")


def views(filters: ListingFilter, current: str) -> list[dict]:
    """The other ways to look at the same result."""
    labels = {"list": _("List"), "week": _("Week"), "map": _("Map")}
    chosen = filters.chosen()
    return [
        {"label": label, "url": address(view_path(filters.section, view), chosen), "is_current": view == current}
        for view, label in labels.items()
    ]


def regions_of(municipalities: Iterable[str], regions: Iterable[str] = ()) -> list[Region]:
    """The regions in which some municipalities are, and some others, in their usual order."""
    codes = {row.region_id for row in rows_of(Municipality) if row.pk in municipalities} | {*regions}
    return [region for region in rows_of(Region) if region.pk in codes]


def without_order(values: Values) -> Values:
    """The filters alone: what is found, in whichever order it stands."""
    return {name: many for name, many in values.items() if name not in ("order", "near")}


def is_one_of_many(values: Values, page: int) -> bool:
    """Whether search engines should leave out a list, because it shows again what simpler ones show."""
    return any(name in values for name in ("words", "order", "near")) or page > 1 or sum(map(len, values.values())) > 2


def section_name(section: str) -> str:
    if section == "activity":
        return _("Activities")
    return _("Training and events for workers and volunteers")


def heading(filters: ListingFilter) -> str:
    """What is looked for, in the words of the filters: `kielikahvila, Oulu`."""
    chosen = filters.chosen()
    parts = [*chosen.get("words", [])]
    for name in ("form", "municipality", "region"):
        labels = filters.choices_of(name)
        parts += [labels[value] for value in chosen.get(name, []) if value in labels]
    return ", ".join(parts[:3]) or section_name(filters.section)
