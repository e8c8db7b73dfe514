"""Trains the model of the text screening from its sentences, and says how it does on topics that it has not seen.

Beside the sentences it learns what is fine from whole listings, the demo's and the own cases': what keeps a rule.

    uv run --group training python scripts/train_screening.py          # writes listings/eligibility/learned/weights
    uv run --group training python scripts/train_screening.py --check  # only measures

Sentences are held out by topic, never at random: five parts, each judged by a model that was trained on the other four.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import sqrt
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from listings.eligibility.answers import TEXT_FIELDS  # noqa: E402
from listings.eligibility.codes import ACTIVITY, COMMERCIAL_KINDS  # noqa: E402
from listings.eligibility.learned.features import STEMMERS, features_of  # noqa: E402
from listings.eligibility.learned.model import UNIT, WEIGHTS  # noqa: E402
from listings.eligibility.learned.sentences import Example, examples_of, fingerprint  # noqa: E402
from listings.eligibility.screening.screener import read_text  # noqa: E402
from listings.eligibility.screening.words import readable, sentences  # noqa: E402
from listings.eligibility.text import TEXT_CHECKS  # noqa: E402

CASES = ROOT / "tests" / "listings" / "cases"
PLAIN_LISTINGS = [ROOT / "listings" / "imports" / "demo_listings.jsonl", *sorted(CASES.glob("text_[a-g].jsonl"))]
SENTENCE_CASES = CASES / "text_sentences.jsonl"
PLAIN = "plain "
RULES = tuple(code for code in TEXT_CHECKS if code != "project-as-organization")

PARTS = 5
# How sure the model has to be is set for each rule on the held-out sentences: so often right at least, ...
LEAST_PRECISION = 0.87
# ... and so rarely wrong in listings that are right as they are.
MOST_FALSE_ALARMS = 0.001
SUREST = 0.95
# The higher, the closer to the examples; found by the held-out topics.
CLOSENESS = 100.0
# A feature that one sentence alone has teaches nothing about others.
FEWEST_SENTENCES = 2
# Weights below this, in units, change no verdict and only fill the file.
LEAST_WEIGHT = 8


@dataclass(frozen=True)
class Trained:
    """A model in numbers: `weights` has a row for each rule and a column for each feature."""

    features: dict[str, int]
    base: np.ndarray
    weights: np.ndarray


def features_in(example: Example) -> set[str]:
    """The features of an example's sentence; of two short ones together."""
    sentences = list(read_text("description", example.language, example.text))
    together = sentences[0]
    for following in sentences[1:]:
        together = together.joined_with(following)
    return features_of(together.words, together.tags, together.denied, example.language)


def matrix(found: Sequence[set[str]], features: dict[str, int]) -> csr_matrix:
    """One row for each sentence, of length one whatever its length in words."""
    columns = [[features[one] for one in sorted(of) if one in features] for of in found]
    values = [[1 / sqrt(len(of) or 1)] * len(row) for of, row in zip(found, columns, strict=True)]
    starts = np.cumsum([0, *map(len, columns)])
    return csr_matrix((list(chain(*values)), list(chain(*columns)), starts), shape=(len(found), len(features)))


def labels_of(rule: str, examples: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """For each example whether its sentence breaks the rule, and whether that is known."""
    is_hit = np.array([rule in example.rules for example in examples])
    return is_hit, np.array([rule not in example.unknown for example in examples])


def train(examples: Sequence[Example], found: Sequence[set[str]]) -> Trained:
    """One logistic regression for each rule, all the other sentences being against it."""
    seen = Counter(chain.from_iterable(found))
    kept = sorted(feature for feature, times in seen.items() if times >= FEWEST_SENTENCES)
    features = {feature: number for number, feature in enumerate(kept)}
    rows = matrix(found, features)
    base, weights = [], []
    for rule in RULES:
        is_hit, counts = labels_of(rule, examples)
        if not is_hit.any():
            raise ValueError(f"No sentence breaks {rule}: there is nothing to learn from")
        learner = LogisticRegression(C=CLOSENESS, solver="liblinear", random_state=1)
        learner.fit(rows[counts], is_hit[counts])
        base.append(learner.intercept_[0])
        weights.append(learner.coef_[0])
    return Trained(features, np.array(base), np.array(weights))


def likelihoods(trained: Trained, found: Sequence[set[str]]) -> np.ndarray:
    """A row for each sentence, a column for each rule."""
    return 1 / (1 + np.exp(-(matrix(found, trained.features) @ trained.weights.T + trained.base)))


def judge_unseen(examples: Sequence[Example], found: Sequence[set[str]]) -> np.ndarray:
    """The likelihoods of each sentence, by a model that has not seen its topic."""
    topics = sorted({example.topic for example in examples})
    judged = np.zeros((len(examples), len(RULES)))
    for part in range(PARTS):
        held = set(topics[part::PARTS])
        learned = [n for n, example in enumerate(examples) if example.topic not in held]
        unseen = [n for n, example in enumerate(examples) if example.topic in held]
        trained = train([examples[n] for n in learned], [found[n] for n in learned])
        judged[unseen] = likelihoods(trained, [found[n] for n in unseen])
    return judged


def sureness(examples: Sequence[Example], judged: np.ndarray) -> np.ndarray:
    """For each rule, the lowest likelihood from which a sentence is found without too many mistakes."""
    is_plain = np.array([example.topic.startswith(PLAIN) for example in examples])
    enough = []
    for number, rule in enumerate(RULES):
        is_hit, counts = labels_of(rule, examples)
        column = np.where(counts, judged[:, number], 0)
        for least in np.arange(0.30, SUREST, 0.01):
            named = column >= least
            precision = (named & is_hit).sum() / max(1, named.sum())
            false_alarms = (named & is_plain & ~is_hit).sum()
            if precision >= LEAST_PRECISION and false_alarms <= max(1, MOST_FALSE_ALARMS * is_plain.sum()):
                break
        enough.append(least)
    return np.array(enough)


def report(examples: Sequence[Example], judged: np.ndarray, enough: np.ndarray) -> Iterator[str]:
    """Lines of a table: precision and recall of each rule over the topics that were not seen."""
    known = np.column_stack([labels_of(rule, examples)[1] for rule in RULES])
    named = (judged >= enough) & known
    for number, rule in enumerate(RULES):
        is_hit, _counts = labels_of(rule, examples)
        right = (named[:, number] & is_hit).sum()
        precision, recall = right / max(1, named[:, number].sum()), right / max(1, is_hit.sum())
        shown = f"  {rule:18} from {enough[number]:.2f}  precision {precision:.2f}  recall {recall:.2f}"
        yield f"{shown}  of {is_hit.sum()}"
    exact = sum(
        {RULES[n] for n in np.flatnonzero(row)} == example.rules for row, example in zip(named, examples, strict=True)
    )
    yield f"  exact rule sets {exact / len(examples):.3f} of {len(examples)} sentences"


def write(language: str, trained: Trained, enough: np.ndarray) -> int:
    """Write the weights as whole numbers; return how many features were kept."""
    units = np.rint(trained.weights * UNIT).astype(int)
    lines = [
        " ".join(RULES),
        " ".join(str(round(base * UNIT)) for base in trained.base),
        " ".join(f"{least:.2f}" for least in enough),
    ]
    for feature, column in trained.features.items():
        pairs = [f"{n}:{units[n, column]}" for n in range(len(RULES)) if abs(units[n, column]) >= LEAST_WEIGHT]
        if pairs:
            lines.append(f"{feature}\t{' '.join(pairs)}")
    WEIGHTS.mkdir(exist_ok=True)
    (WEIGHTS / f"{language}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines) - 3


def _rules_not_told(listing: dict) -> frozenset[str]:
    """The rules that a fine listing's answers keep from holding: its sentences may still say what they forbid."""
    rules = set()
    if listing["organization"]["kind"] not in COMMERCIAL_KINDS or listing["price"]["kind"] == "fee":
        rules.add("free-of-charge")
    if listing.get("audience") != "open_to_all":
        rules.add("language-access")
    if listing.get("volunteering") not in ("", "none"):
        rules.add("volunteering")
    if listing["section"] != ACTIVITY:
        rules |= {"not-single-event", "volunteering", "language-access"}
    return frozenset(rules)


def plain_examples(language: str) -> Iterator[Example]:
    """Each sentence of whole listings: it breaks none of the rules that its listing keeps."""
    for path in PLAIN_LISTINGS:
        for line in path.read_text(encoding="utf-8").splitlines():
            listing = json.loads(line)
            unknown = _rules_not_told(listing) | set(listing.get("expected", {}).get("rules", ()))
            for field in TEXT_FIELDS:
                text = readable(listing.get(field, {}).get(language, ""))
                for words in sentences(text):
                    sentence = text[words[0].start : words[-1].end]
                    topic = f"{PLAIN}{listing['id']}"
                    yield Example(language, frozenset(), topic, sentence, unknown)


def case_examples(language: str) -> Iterator[Example]:
    """The single sentences among the own cases."""
    for line in SENTENCE_CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if language in case["description"]:
            rules = frozenset(case["expected"]["rules"])
            topic = f"case {case['id'][:-1]}"
            yield Example(language, rules, topic, case["description"][language], _rules_not_told(case))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="measure only, write nothing")
    only_check = arguments.parse_args().check
    for language in STEMMERS:
        examples = [*examples_of(language), *case_examples(language), *plain_examples(language)]
        found = [features_in(example) for example in examples]
        judged = judge_unseen(examples, found)
        enough = sureness(examples, judged)
        sys.stdout.write(f"{language}: held out by topic\n")
        sys.stdout.writelines(f"{line}\n" for line in report(examples, judged, enough))
        if not only_check:
            sys.stdout.write(f"  {write(language, train(examples, found), enough)} features written\n")
    if not only_check:
        (WEIGHTS / "trained-on.txt").write_text(fingerprint() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
