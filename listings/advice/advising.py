"""Puts the advice on answers and on wording together, the most useful first."""

from collections.abc import Sequence

from .answers import ANSWER_CHECKS
from .pieces import MESSAGES, Advice, Facts
from .wording import WORDING_CHECKS, texts_of


def advice_of(facts: Facts, organization_names: Sequence[str] = ()) -> list[Advice]:
    """Return what would make a listing serve its readers better: at most one piece for each code.

    The names of the organization are no abbreviations, and an address that has one of them is its own.
    """
    found = {}
    for code, check in ANSWER_CHECKS.items():
        if advice := check(facts, organization_names):
            found[code] = advice
    texts = list(texts_of(facts))
    for code, find in WORDING_CHECKS.items():
        if places := tuple(place for text in texts if (place := find(text, organization_names))):
            found[code] = Advice(code, places[0].field, places)
    return [found[code] for code in MESSAGES if code in found]
