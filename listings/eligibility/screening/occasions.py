"""Finds texts that speak of one occasion: one date with its hours, or words such as "only once"."""

from collections.abc import Iterator, Sequence

from ..findings import Place
from .screener import ReadSentence, matches, place_at, places_of, rule_patterns
from .signs import date_names

RULE = "not-single-event"


def places_of_one_occasion(sentences: Sequence[ReadSentence], kind: str) -> tuple[Place, ...]:
    """Return the places where a listing speaks of one occasion only."""
    return places_of(RULE, sentences, kind) or tuple(_dated_places(sentences))


def _dated_places(sentences: Sequence[ReadSentence]) -> Iterator[Place]:
    """Yield the places with the only date of a text, unless the text tells that it meets again."""
    for language in dict.fromkeys(sentence.language for sentence in sentences):
        own = [sentence for sentence in sentences if sentence.language == language]
        dates = {name for s in own for name in date_names(s.words, s.text, s.main_language)}
        recurs = any(matches(rule_patterns(RULE, s), "unless dated anywhere", s) for s in own)
        if len(dates) == 1 and not recurs:
            yield from _dated_places_in(own)


def _dated_places_in(sentences: Sequence[ReadSentence]) -> Iterator[Place]:
    for number, sentence in enumerate(sentences):
        patterns = rule_patterns(RULE, sentence)
        if "date" not in sentence.tags or matches(patterns, "unless dated", sentence):
            continue
        # The hours often stand in the sentence after the date.
        following = sentences[number + 1] if number + 1 < len(sentences) else None
        readings = [sentence]
        if following and following.field == sentence.field:
            readings.append(sentence.joined_with(following))
        for reading in readings:
            spans = matches(patterns, "find dated", reading)
            if spans:
                yield place_at(reading, spans)
                break
