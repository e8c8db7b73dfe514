"""The tile map of the 19 regions: how many activities each has, and how brightly its window is lit."""

from collections.abc import Callable, Collection, Mapping

from portal.facts import rows_of
from portal.models import Municipality, Region

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


def tiles(counts: Mapping[str, int], url_of: Callable[[str], str], chosen: Collection[str] = ()) -> list[dict]:
    """Each region with its main town, its count, whether it is chosen, and the address to which it leads."""
    towns = {row.pk: str(row) for row in rows_of(Municipality)}
    ranked = sorted(count for count in counts.values() if count)
    return [
        {
            "url": url_of(region.pk),
            "count": counts.get(region.pk, 0),
            "town": SOFT_HYPHENS.get(towns[region.town], towns[region.town]),
            "region": str(region),
            "column": region.column,
            "row": region.row,
            "width": region.width,
            "is_chosen": region.pk in chosen,
            "light": _light(counts.get(region.pk, 0), ranked),
        }
        for region in rows_of(Region)
    ]


def _light(count: int, ranked: list[int]) -> int:
    """0 dark, 1 half lit, 2 lit, by thirds of the counts; none is dark."""
    if not count:
        return 0
    return min(2, 3 * sum(other < count for other in ranked) // len(ranked))
