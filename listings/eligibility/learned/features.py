"""What the model sees of a sentence: its stems, neighbours among them, and what the patterns know its words mean.

Training and use make the features here, so that they cannot differ. See README.md.
"""

from functools import lru_cache

import snowballstemmer

from ..screening.lexicon import Tags
from ..screening.words import Sentence

STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
EDGE = "^"


@lru_cache(maxsize=20_000)
def stem_of(word: str, language: str) -> str:
    """The stem of a word in small letters. All numbers but nought are one word: a price is a price."""
    if word[0].isdigit():
        if not word.strip("0.,:"):
            return "0"
        return "#.#" if any(sign in word for sign in ".,:") else "#"
    return _stemmer(language).stemWord(word)


@lru_cache(maxsize=8)
def _stemmer(language: str) -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer(STEMMERS[language])


def features_of(words: Sentence, tags: Tags, denied: frozenset[int], language: str) -> set[str]:
    """Each stem, each pair of neighbours, and each tag, told apart by whether a negation reaches it."""
    stems = [stem_of(word.text, language) for word in words]
    features = set(stems)
    features.update(map(" ".join, zip([EDGE, *stems], [*stems, EDGE], strict=True)))
    for tag, spans in tags.items():
        # Only the named groups: what the frames are made of fits the sentences that they were written for.
        if not tag.isidentifier() and ":" not in tag:
            continue
        is_denied = all(not denied.isdisjoint(range(start, end)) for start, end in spans)
        features.add(f"-@{tag}" if is_denied else f"+@{tag}")
    return features
