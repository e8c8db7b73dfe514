"""How far the municipalities are from one another, by the places of their main settlements."""

import csv
from functools import cache
from math import asin, cos, radians, sin, sqrt

from portal.vocabulary import LABELS_FILE

PLACES = LABELS_FILE.parent / "municipalities.csv"
EARTH_KM = 6371.0
# A neighbour is one of so many nearest municipalities, and not farther than one goes for an evening.
MOST_NEIGHBOURS, NEIGHBOUR_KM = 6, 50.0


@cache
def _places() -> dict[str, tuple[float, float]]:
    """Latitude and longitude in radians, by the municipality's code."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["code"]: (radians(float(row["latitude"])), radians(float(row["longitude"]))) for row in rows}


def kilometres(one: str, other: str) -> float:
    """The distance along the surface of a sphere (haversine formula) between two municipalities, given by code."""
    (latitude, longitude), (other_latitude, other_longitude) = _places()[one], _places()[other]
    north, east = sin((other_latitude - latitude) / 2) ** 2, sin((other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(north + cos(latitude) * cos(other_latitude) * east))


@cache
def nearest_first(code: str) -> tuple[str, ...]:
    """All municipalities by their distance from one, which comes first itself; none for an unknown code."""
    if code not in _places():
        return ()
    return tuple(sorted(_places(), key=lambda other: (kilometres(code, other), other)))


@cache
def neighbours(code: str) -> tuple[str, ...]:
    """The municipalities next to one, the nearest first."""
    near = nearest_first(code)[1 : MOST_NEIGHBOURS + 1]
    return tuple(other for other in near if kilometres(code, other) <= NEIGHBOUR_KM)
