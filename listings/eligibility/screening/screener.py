"""Finds a rule's patterns in the texts of a listing and tells the places."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..answers import TEXT_FIELDS, Answers
from ..findings import Place
from .frames import Frame
from .lexicon import Span, Tags
from .negation import denied_words
from .pattern_files import LANGUAGES, LanguagePatterns, RulePatterns, patterns_of
from .words import Sentence, readable, sentences

# Longer than any listing; what comes after it is left to the moderator's eyes. In characters, over all texts.
MOST_TEXT = 20_000
SHORT_FIELDS = ("title", "summary")
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

    def quote(self, start: int, end: int) -> str:
        """Return the exact words from one word number up to another."""
        return self.text[self.words[start].start : self.words[end - 1].end]


def read(answers: Answers) -> tuple[ReadSentence, ...]:
    """Read all the sentences of the languages that have patterns."""
    left = MOST_TEXT
    found: list[ReadSentence] = []
    for name in TEXT_FIELDS:
        for tag, written in getattr(answers, name).items():
            language = tag.lower().partition("-")[0]
            if language in LANGUAGES and left > 0:
                text = readable(written[:left])
                left -= len(text)
                found.extend(_read_text(name, tag, text, patterns_of(language)))
    return tuple(found)


def _read_text(name: str, tag: str, text: str, patterns: LanguagePatterns) -> Iterator[ReadSentence]:
    for words in sentences(text):
        tags = patterns.lexicon.tags_of(words)
        yield ReadSentence(name, tag, text, words, tags, denied_words(words, tags))


def rule_patterns(rule: str, sentence: ReadSentence) -> RulePatterns:
    """Return the rule's patterns in the sentence's language."""
    language = sentence.language.lower().partition("-")[0]
    return patterns_of(language).rules.get(rule) or RulePatterns()


def places_of(rule: str, read_sentences: Iterable[ReadSentence], kind: str) -> tuple[Place, ...]:
    """Return the places that a rule's patterns find, one for each sentence; none when something excuses all."""
    found: list[Place] = []
    for sentence in read_sentences:
        patterns = rule_patterns(rule, sentence)
        if matches(patterns, "unless anywhere", sentence):
            return ()
        place = _place_in(sentence, patterns, kind)
        if place:
            found.append(place)
    return tuple(found)


def _place_in(sentence: ReadSentence, patterns: RulePatterns, kind: str) -> Place | None:
    sections = ["find", "find negated"]
    if sentence.field in SHORT_FIELDS:
        sections.append("find in title")
    if kind in PUBLIC_KINDS:
        sections.append("find public")
    for section in sections:
        spans = matches(patterns, section, sentence)
        if spans and not matches(patterns, "unless", sentence):
            return Place(sentence.field, sentence.language, _quotes(sentence, spans))
    return None


def matches(patterns: RulePatterns, section: str, sentence: ReadSentence) -> tuple[Span, ...]:
    """Return the spans of the first frame of a section that matches the sentence."""
    frames = patterns.sections.get(section)
    if frames:
        for tag in sentence.tags:
            for frame in frames.get(tag, ()):
                spans = _spans(frame, sentence)
                if spans:
                    return spans
    return ()


def _spans(frame: Frame, sentence: ReadSentence) -> tuple[Span, ...]:
    return frame.find(sentence.tags, sentence.denied)


def _quotes(sentence: ReadSentence, spans: tuple[Span, ...]) -> tuple[str, ...]:
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    if end - start <= LONGEST_QUOTE:
        return (sentence.quote(start, end),)
    return tuple(sentence.quote(*span) for span in spans)
