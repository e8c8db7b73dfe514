"""Weighs the features of a sentence: a logistic regression for each rule, read from plain numbers in a file."""

from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path

from ..screening.lexicon import Tags
from ..screening.words import Sentence
from .features import features_of

WEIGHTS = Path(__file__).parent / "weights"
# The files hold whole numbers, hundredths of a weight.
UNIT = 100
# Fewer words than this say too little to be judged without the rest of the text.
FEWEST_WORDS = 4
# A second rule in the same sentence has to be so likely.
CERTAIN = 0.8


@dataclass(frozen=True)
class Model:
    """The weights of one language: for each feature, pairs of a rule's number and its weight.

    A rule is found in a sentence when it is at least as likely as its `enough`: set in training, on sentences of
    topics that the model had not seen.
    """

    rules: tuple[str, ...]
    base: tuple[int, ...]
    enough: tuple[float, ...]
    weights: dict[str, tuple[tuple[int, int], ...]]

    def likelihoods(self, features: set[str]) -> list[float]:
        """How likely it is that a sentence with these features breaks each rule, from 0 to 1."""
        sums = [0] * len(self.rules)
        for feature in features:
            for rule, weight in self.weights.get(feature, ()):
                sums[rule] += weight
        length = sqrt(len(features)) or 1.0
        return [1 / (1 + exp(-(base + total / length) / UNIT)) for base, total in zip(self.base, sums, strict=True)]

    def rules_in(self, features: set[str]) -> frozenset[str]:
        """The rules that a sentence with these features breaks: the likeliest, and others that are all but certain."""
        judged = zip(self.rules, self.likelihoods(features), self.enough, strict=True)
        found = sorted(
            ((likelihood, rule) for rule, likelihood, enough in judged if likelihood >= enough), reverse=True
        )
        return frozenset(rule for place, (likely, rule) in enumerate(found) if not place or likely >= CERTAIN)

    def reasons(self, rule: str, features: set[str], most: int = 6) -> list[tuple[str, int]]:
        """The features that speak most for a rule, each with its weight: why a sentence was found."""
        number = self.rules.index(rule)
        found = [(feature, dict(self.weights.get(feature, ())).get(number, 0)) for feature in features]
        return sorted((one for one in found if one[1] > 0), key=lambda one: -one[1])[:most]


@cache
def model_of(language: str) -> Model:
    """Read the model of a language.

    The first line names the rules, the second gives each rule's base, the third its `enough`; then one feature a
    line, a TAB, and `number of the rule:weight` pairs.
    """
    with (WEIGHTS / f"{language}.txt").open(encoding="utf-8") as file:
        lines = (line.rstrip("\n") for line in file)
        rules = tuple(next(lines).split())
        base = tuple(int(number) for number in next(lines).split())
        enough = tuple(float(number) for number in next(lines).split())
        weights = {}
        for line in lines:
            feature, pairs = line.split("\t")
            weights[feature] = tuple(
                (int(rule), int(weight)) for rule, weight in (pair.split(":") for pair in pairs.split())
            )
    return Model(rules, base, enough, weights)


def learned_rules(words: Sentence, tags: Tags, denied: frozenset[int], language: str) -> frozenset[str]:
    """The rules that a sentence of a language breaks; none for one that is too short to tell."""
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return model_of(language).rules_in(features_of(words, tags, denied, language))
