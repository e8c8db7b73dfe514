"""How well the search finds what people mean: measures over queries with graded answers.

nDCG@10 has the gain 2^grade - 1 and the discount log2(place + 1), against the best possible order of the graded
listings (Järvelin & Kekäläinen 2002). Recall@10 is the share of the graded listings among the first ten, of at most
ten; success@3 tells whether one of grade 2 or 3 is among the first three.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from listings.models import Listing

from .query import search

DEPTH = 10
GOOD = 2
# filter of a test query -> filter of the search
FILTERS = {
    "municipality": "municipality",
    "region": "region",
    "forms": "form",
    "languages": "language",
    "target_groups": "target_group",
    "weekday": "weekday",
    "free": "free",
    "online": "online",
    "childcare": "childcare",
}


@dataclass(frozen=True)
class Measured:
    """One query's results with its measures."""

    id: str
    language: str
    kind: str
    results: list[str]
    ndcg: float
    recall: float
    success: float


def filters_of(given: Mapping[str, Any]) -> dict[str, list[str]]:
    """The filters of a test query as the search takes them. Raises KeyError for one that is unknown."""
    filters = {}
    for name, value in given.items():
        values = value if isinstance(value, list) else [value]
        filters[FILTERS[name]] = ["yes" if one is True else str(one) for one in values if one not in (None, False, "")]
    return filters


def external_ids(ids: Sequence[int]) -> dict[int, str]:
    """The ids that listings had in the import; their own numbers where they had none."""
    rows = Listing.objects.filter(pk__in=ids).values_list("pk", "external_id")
    return {pk: external or str(pk) for pk, external in rows}


def measure(query: Mapping[str, Any]) -> Measured:
    """Search as a reader would, and compare with the grades."""
    language = query.get("lang") or "fi"
    result = search(query.get("text", ""), filters_of(query.get("filters") or {}), language, per_page=DEPTH)
    names = external_ids(result.ids)
    found = [names[pk] for pk in result.ids if pk in names]
    grades = {str(one): int(grade) for one, grade in (query.get("relevant") or {}).items() if int(grade) > 0}
    gained = _gain([grades.get(one, 0) for one in found])
    possible = _gain(sorted(grades.values(), reverse=True)[:DEPTH])
    return Measured(
        id=str(query.get("id", "")),
        language=language,
        kind=query.get("kind") or "",
        results=found,
        ndcg=gained / possible if possible else 1.0,
        recall=len(grades.keys() & set(found)) / min(len(grades), DEPTH) if grades else 1.0,
        success=float(any(grades.get(one, 0) >= GOOD for one in found[:3])),
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))


def table(measured: Sequence[Measured]) -> Iterator[str]:
    """Lines of the report: all queries, then by language and by kind."""
    groups: dict[str, list[Measured]] = defaultdict(list)
    for one in measured:
        groups["all"].append(one)
    for one in sorted(measured, key=lambda one: one.language):
        groups[f"language {one.language}"].append(one)
    for one in sorted(measured, key=lambda one: one.kind):
        groups[f"kind {one.kind}"].append(one)
    yield f"{'':24} queries  nDCG@10  recall@10  success@3"
    for name, members in groups.items():
        means = [
            sum(values) / len(members) for values in zip(*((m.ndcg, m.recall, m.success) for m in members), strict=True)
        ]
        yield f"{name:24} {len(members):7}  {means[0]:7.3f}  {means[1]:9.3f}  {means[2]:9.3f}"
