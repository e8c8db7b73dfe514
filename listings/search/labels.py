"""The words of labels in every language: who types "языковой клуб" or "maanantai" finds what has that facet.

They are not written with each listing, which would be four words of five in the index: a label's words are looked up
here, and the documents are those of the facet it belongs to.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, takewhile

from pyroaring import BitMap

from portal.languages import LISTING_LANGUAGE_CODES
from portal.vocabulary import codes, labels

from .names import names_in
from .postings import Snapshot
from .terms import TITLE, WORD
from .words import index_words

# What these facets are called names a listing as its title does; other labels are like any other text.
NAMING = ("form", "group", "language", "municipality")
# Names of municipalities are Finnish and Swedish in every interface language.
OF_PLACES = ("fi", "sv")
# kind of facet -> group of the vocabulary
DESCRIBING = {"price": "price", "participation": "participation", "mode": "location_mode"}


def _labels() -> Iterator[tuple[str, str, str]]:
    """Each facet with the language and the words of a label."""
    for language in LISTING_LANGUAGE_CODES:
        for name, facet in names_in(language):
            if language in OF_PLACES or not facet.startswith("municipality:"):
                yield facet, language, name
    others = [(f"{kind}:{code}", labels(group, code)) for kind, group in DESCRIBING.items() for code in codes(group)]
    for facet, names in (*others, ("is:childcare", labels("interface", "childcare_provided"))):
        yield from ((facet, language, names[language]) for language in LISTING_LANGUAGE_CODES if language in names)


@cache
def label_terms() -> dict[str, tuple[str, ...]]:
    """The word terms of all labels, each with its facets."""
    facets: dict[str, set[str]] = defaultdict(set)
    for facet, language, label in _labels():
        for word in index_words(label, language):
            facets[WORD + word].add(facet)
            if facet.partition(":")[0] in NAMING:
                facets[TITLE + word].add(facet)
    return {term: tuple(sorted(facets[term])) for term in sorted(facets)}


@cache
def _sorted_terms() -> list[str]:
    return sorted(label_terms())


def beginning_with(start: str, most: int) -> Iterable[str]:
    """The word terms of labels that begin so, the first so many."""
    terms = _sorted_terms()
    following = islice(terms, bisect_left(terms, start), None)
    return islice(takewhile(lambda term: term.startswith(start), following), most)


def find(seen: Snapshot, exact: Iterable[str], beginnings: Iterable[str], most: int) -> dict[str, BitMap]:
    """The documents whose labels have these word terms, or some that begin so."""
    terms = {term for term in exact if term in label_terms()}
    for start in beginnings:
        terms.update(beginning_with(start, most))
    return {term: BitMap.union(BitMap(), *map(seen.of, label_terms()[term])) for term in terms}
