"""Finds a rule's patterns in the texts of a listing and tells the places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from ..answers import TEXT_FIELDS, Answers
from ..findings import Place
from ..learned import learned_rules
from .lexicon import Span, Tags
from .negation import denied_words
from .pattern_files import LANGUAGES, RulePatterns, patterns_of
from .signs import add_signs
from .words import Sentence, readable, sentences

# Longer than any listing; what comes after it is left to the moderator's eyes. In characters, over all texts.
MOST_TEXT = 24_000
SHORT_FIELDS = ("title", "summary", "easy_summary")
PUBLIC_KINDS = ("municipality", "joint_municipal_authority", "other")
# Words that stand farther apart than this are shown one by one.
LONGEST_QUOTE = 16


@dataclass(frozen=True)
class ReadSentence:
    """A sentence of a listing with what its words mean."""

    field: str
    language: str
    text: str
    words: Sentence
    tags: Tags
    denied: frozenset[int]

    @property
    def main_language(self) -> str:
        """The language without its region: "sv" for "sv-FI"."""
        return self.language.lower().partition("-")[0]

    @cached_property
    def learned_rules(self) -> frozenset[str]:
        """The rules that the sentence breaks as the learned model sees it."""
        return learned_rules(self.words, self.tags, self.denied, self.main_language)

    def joined_with(self, following: "ReadSentence") -> "ReadSentence":
        """Return this sentence and the one that follows it in the same text as one."""
        length = len(self.words)
        tags = dict(self.tags)
        for tag, spans in following.tags.items():
            moved = tuple((start + length, end + length) for start, end in spans)
            tags[tag] = tags.get(tag, ()) + moved
        denied = self.denied | {number + length for number in following.denied}
        return replace(self, words=self.words + following.words, tags=tags, denied=denied)

    def quote(self, start: int, end: int) -> str:
        """Return the exact words from one word number up to another."""
        return self.text[self.words[start].start : self.words[end - 1].end]


def read(answers: Answers) -> tuple[ReadSentence, ...]:
    """Read all the sentences of the languages that have patterns."""
    return _read_texts(tuple((name, *text) for name in TEXT_FIELDS for text in getattr(answers, name).items()))


# Each rule asks for the sentences in turn: they are read once.
@lru_cache(maxsize=16)
def _read_texts(texts: tuple[tuple[str, str, str], ...]) -> tuple[ReadSentence, ...]:
    left = MOST_TEXT
    found: list[ReadSentence] = []
    for name, tag, written in texts:
        language = tag.lower().partition("-")[0]
        if language in LANGUAGES and left > 0:
            text = readable(written[:left])
            left -= len(text)
            found.extend(read_text(name, tag, text))
    return tuple(found)


def read_text(name: str, tag: str, text: str) -> Iterator[ReadSentence]:
    """Yield the sentences of one readable text of a field, in a language that has patterns."""
    language = tag.lower().partition("-")[0]
    lexicon = patterns_of(language).lexicon
    for words in sentences(text):
        tags = lexicon.tags_of(words)
        add_signs(words, text, language, tags)
        yield ReadSentence(name, tag, text, words, tags, denied_words(words, tags))


def rule_patterns(rule: str, sentence: ReadSentence) -> RulePatterns:
    """Return the rule's patterns in the sentence's language."""
    return patterns_of(sentence.main_language).rules.get(rule) or RulePatterns()


def places_of(rule: str, read_sentences: Sequence[ReadSentence], kind: str) -> tuple[Place, ...]:
    """Return the places that a rule's patterns find, one for each sentence; none when something excuses all."""
    found: list[Place] = []
    for sentence in read_sentences:
        patterns = rule_patterns(rule, sentence)
        if matches(patterns, "unless anywhere", sentence):
            return ()
        place = _place_in(sentence, patterns, kind) or _learned_place(rule, sentence, kind)
        if place:
            found.append(place)
    return tuple(found) or tuple(_places_across(rule, read_sentences))


def _places_across(rule: str, read_sentences: Sequence[ReadSentence]) -> Iterator[Place]:
    """Yield the places where two sentences together say what neither says alone."""
    for first, second in pairwise(read_sentences):
        if (first.field, first.language) != (second.field, second.language):
            continue
        patterns = rule_patterns(rule, first)
        keys = patterns.sections.get("find across", {}).keys()
        if keys & first.tags.keys() or keys & second.tags.keys():
            both = first.joined_with(second)
            spans = matches(patterns, "find across", both)
            if spans and not matches(patterns, "unless", both):
                yield place_at(both, spans)


def _place_in(sentence: ReadSentence, patterns: RulePatterns, kind: str) -> Place | None:
    sections = ["find", "find negated"]
    if sentence.field in SHORT_FIELDS:
        sections.append("find in title")
    if kind in PUBLIC_KINDS:
        sections.append("find public")
    for section in sections:
        spans = matches(patterns, section, sentence)
        if spans and not matches(patterns, "unless", sentence):
            return place_at(sentence, spans)
    return None


def _learned_place(rule: str, sentence: ReadSentence, kind: str) -> Place | None:
    """Return the whole sentence as the place when the model finds the rule in it.

    The model is asked only where the patterns have nothing to say: where one excuses the sentence, or finds another
    rule in it, they know better.
    """
    if rule not in sentence.learned_rules:
        return None
    if any(matches(rule_patterns(rule, sentence), section, sentence) for section in ("unless", "unless dated")):
        return None
    all_patterns = patterns_of(sentence.main_language).rules
    if any(_place_in(sentence, patterns, kind) for other, patterns in all_patterns.items() if other != rule):
        return None
    return Place(sentence.field, sentence.language, (sentence.quote(0, len(sentence.words)),))


def place_at(sentence: ReadSentence, spans: tuple[Span, ...]) -> Place:
    """Return the place of some words of a sentence."""
    return Place(sentence.field, sentence.language, _quotes(sentence, spans))


def matches(patterns: RulePatterns, section: str, sentence: ReadSentence) -> tuple[Span, ...]:
    """Return the spans of the first frame of a section that matches the sentence."""
    by_key = patterns.sections.get(section)
    if not by_key or by_key.keys().isdisjoint(sentence.tags):
        return ()
    # In the order of the file, so that the same text gives the same words on every run.
    for key, frames in by_key.items():
        if key in sentence.tags:
            for frame in frames:
                spans = frame.find(sentence.tags, sentence.denied)
                if spans:
                    return spans
    return ()


def _quotes(sentence: ReadSentence, spans: tuple[Span, ...]) -> tuple[str, ...]:
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    if end - start <= LONGEST_QUOTE:
        return (sentence.quote(start, end),)
    return tuple(sentence.quote(*span) for span in spans)
