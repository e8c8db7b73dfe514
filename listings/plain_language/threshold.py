"""Says how high the threshold of a text is, as steps up to a door, and which places would lower it most.

Three things make the steps: a published formula of readability, the length of the sentences, and words of offices. A
short text has few words to count, so its share of long words is drawn a little towards that of a plain text.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from listings.eligibility.screening.words import Sentence, Word, readable, sentences

from .formulas import is_long_for_lix, is_long_for_wiio, lix, wiio
from .official_words import Found, word_list

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

FEWEST_WORDS = 5
LONGEST_TEXT = 10_000
MOST_STEPS = 4
MOST_FIXES = 3
# With so few steps there is nothing that has to be mended.
GOOD_STEPS = 1
# How many words of a plain text a text is mixed with before its long words are counted.
MIXED_IN = 25
# So many words of offices in a hundred words are one step, twice as many are two.
OFFICIAL_WORDS_A_STEP = 4.0
WORDS_QUOTED = 7
USUAL_FINNISH_SENTENCE = 7


@dataclass(frozen=True)
class Scale:
    """How a language is measured: from which score on there is one step, two, three; and what is long in it."""

    scores: tuple[float, float, float]
    plain_share: float
    sentence: int
    word: int


LEVELS = (
    _("Threshold of the text: very low."),
    _("Threshold of the text: low."),
    _("Threshold of the text: rather high."),
    _("Threshold of the text: high."),
    _("Threshold of the text: very high."),
)

SCALES = {
    "fi": Scale(scores=(6.5, 11.0, 14.0), plain_share=0.19, sentence=18, word=20),
    "sv": Scale(scores=(22.0, 38.0, 48.0), plain_share=0.18, sentence=22, word=18),
    "en": Scale(scores=(22.0, 38.0, 48.0), plain_share=0.18, sentence=24, word=15),
}
LANGUAGES = tuple(SCALES)


@dataclass(frozen=True)
class Fix:
    """A place that makes a text hard: its exact words, why it is hard, what to do, or the plain word to use."""

    words: str
    why: "StrPromise"
    what_to_do: "StrPromise | None" = None
    plain: str = ""
    is_cut: bool = False


@dataclass(frozen=True)
class Threshold:
    """How high the threshold of a text is: 0 to 4 steps, what was counted, and at most three places to mend."""

    language: str
    steps: int
    words: int
    sentences: int
    long_words: int
    official_words: int
    fixes: tuple[Fix, ...] = field(default=())

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def level(self) -> "StrPromise":
        """How high it is, in words."""
        return LEVELS[self.steps]

    @property
    def is_good(self) -> bool:
        """Whether nothing has to be mended."""
        return self.steps <= GOOD_STEPS


def threshold_of(text: str, language: str) -> Threshold | None:
    """Measure a text; None in a language that is not measured, and for a text of too few words to judge."""
    if language not in SCALES:
        return None
    text = readable(text[:LONGEST_TEXT])
    read = [found for one in sentences(text) if (found := _words_of(one))]
    words = [word for sentence in read for word in sentence]
    if len(words) < FEWEST_WORDS:
        return None
    is_long = is_long_for_wiio if language == "fi" else is_long_for_lix
    long_words = sum(map(is_long, (word.text for word in words)))
    listed = list(chain.from_iterable(map(word_list(language).find, read)))
    official = sum(bool(found.plain) for found in listed)
    steps = _steps(language, words, read, long_words, official)
    fixes = islice(_fixes(text, SCALES[language], read, listed), MOST_FIXES) if steps > GOOD_STEPS else ()
    return Threshold(language, steps, len(words), len(read), long_words, official, tuple(fixes))


def _words_of(sentence: Sentence) -> Sentence:
    """The words of a sentence without sums, dates and signs, which are no harder than they look."""
    return tuple(word for word in sentence if word.text[0].isalpha())


def _steps(language: str, words: list[Word], read: list[Sentence], long_words: int, official: int) -> int:
    scale = SCALES[language]
    share = (long_words + MIXED_IN * scale.plain_share) / (len(words) + MIXED_IN)
    words_per_sentence = len(words) / len(read)
    score = lix(words_per_sentence, share)
    if language == "fi":
        # Wiio's simple index does not look at sentences: four words more than usual are taken as one grade.
        score = wiio(share) + (words_per_sentence - USUAL_FINNISH_SENTENCE) / 4
    too_long = sum(len(sentence) > scale.sentence for sentence in read)
    steps = bisect_right(scale.scores, score)
    steps += int(100 * official / (len(words) + MIXED_IN) / OFFICIAL_WORDS_A_STEP)
    steps += 3 * too_long >= len(read)
    return min(steps, MOST_STEPS)


def _fixes(text: str, scale: Scale, read: list[Sentence], listed: list[Found]) -> Iterator[Fix]:
    """Yield the places that would lower the threshold most, a sentence first, then words."""
    by_length = sorted(read, key=len, reverse=True)
    too_long = [one for one in by_length if len(one) > scale.sentence]
    official = {found.plain: found for found in reversed(listed) if found.plain}
    words = [_fix_of_official_word(text, found) for found in reversed(official.values())]
    words += [_fix_of_long_word(text, word) for word in _long_words(text, scale, read, listed)]
    if not words and not too_long:
        too_long = by_length[:1]
    yield from (_fix_of_sentence(text, one) for one in too_long[:1])
    yield from words[:2]
    yield from (_fix_of_sentence(text, one) for one in too_long[1:])
    yield from words[2:]


def _fix_of_sentence(text: str, sentence: Sentence) -> Fix:
    last = sentence[min(len(sentence), WORDS_QUOTED) - 1]
    return Fix(
        words=text[sentence[0].start : last.end],
        why=_("The sentence is long."),
        what_to_do=_("Make two sentences of it."),
        is_cut=len(sentence) > WORDS_QUOTED,
    )


def _fix_of_official_word(text: str, found: Found) -> Fix:
    return Fix(words=text[found.start : found.end], why=_("A word of offices."), plain=found.plain)


def _fix_of_long_word(text: str, word: Word) -> Fix:
    return Fix(
        words=text[word.start : word.end],
        why=_("The word is long."),
        what_to_do=_("Say it with shorter words."),
    )


def _long_words(text: str, scale: Scale, read: list[Sentence], listed: list[Found]) -> list[Word]:
    """The long words, longest first: names are left alone, and so are the words of the list."""
    starts = {found.start for found in listed}
    seen = {
        word.text: word
        for sentence in read
        for place, word in enumerate(sentence)
        if len(word.text) >= scale.word and word.start not in starts and (place == 0 or text[word.start].islower())
    }
    return sorted(seen.values(), key=lambda word: len(word.text), reverse=True)
