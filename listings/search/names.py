"""What everything that one can filter by is called, in each language: the labels of codes, and the names of places.

So a word of the query that names a town, a language, a form or a group is known to name it.
"""

import csv
from collections.abc import Iterator, Sequence
from functools import cache

from portal.distances import neighbours
from portal.languages import language_name
from portal.vocabulary import LABELS_FILE, codes, labels

REFERENCE = LABELS_FILE.parent
# group of the vocabulary -> kind of facet
LABELLED = {"form": "form", "target_group": "group", "region": "region", "weekday": "weekday"}


def names_in(language: str) -> Iterator[tuple[str, str]]:
    """Each name in a language with the facet that it names."""
    for group, kind in LABELLED.items():
        for code in codes(group):
            name = labels(group, code).get(language)
            if name:
                yield name, f"{kind}:{code}"
    for row in _rows("languages"):
        name = row.get(f"name_{language}") or language_name(row["code"], language)
        if name:
            yield name, f"language:{row['code']}"
        yield row["autonym"], f"language:{row['code']}"
    for row in _rows("municipalities"):
        yield row["name_fi"], f"municipality:{row['code']}"
        yield row["name_sv"], f"municipality:{row['code']}"


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places_near(facet: str) -> Iterator[str]:
    """The facets of the municipalities next to one; nothing for every other facet."""
    kind, _sign, code = facet.partition(":")
    if kind == "municipality":
        yield from (f"{kind}:{other}" for other in neighbours(code))


@cache
def _own_names() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in _rows("languages")}


def names_of_language(facet: str, languages: Sequence[str]) -> Iterator[str]:
    """What a language is called in some languages, in one word; nothing for every other facet."""
    kind, _sign, code = facet.partition(":")
    if kind == "language" and code in _own_names():
        names = (_own_names()[code].get(f"name_{one}") or language_name(code, one) for one in languages)
        yield from (name for name in names if " " not in name)
