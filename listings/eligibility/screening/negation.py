"""Tells which words of a sentence are denied: "no referral or decision is needed", "lähetettä ei tarvita".

The tags `neg`, `not_neg` ("not only"), `without`, `contrast` ("but"), `clause` ("who", "because"), `and`, `or`
and `if` are groups in each language's shared words.
"""

from .lexicon import Span, Tags
from .words import Sentence

# "Without" denies a noun phrase, not the rest of the sentence.
REACH_OF_WITHOUT = 5
# What follows a comma and is this short is one more item of a list: "no referral, decision or interview".
LONGEST_ITEM = 3
# A person denies a few things in a sentence; more than this is no sentence.
MOST_NEGATIONS = 8
CLAUSE_MARKS = frozenset(";:–—()")


def denied_words(sentence: Sentence, tags: Tags) -> frozenset[int]:
    """Return the numbers of the words that a negation reaches."""
    if "neg" not in tags and "without" not in tags:
        return frozenset()
    excused = _numbers(tags.get("not_neg", ()))
    reader = _Reader(sentence, tags)
    denied: set[int] = set()
    for number, _end in tags.get("neg", ())[:MOST_NEGATIONS]:
        if number not in excused:
            denied.update(range(reader.start_of_denial(number), reader.end_of_denial(number)))
    for number, _end in tags.get("without", ())[:MOST_NEGATIONS]:
        # Swedish "utan" after a comma is "but".
        if number not in excused and not (sentence[number].before and (number, number + 1) in tags.get("contrast", ())):
            end = number + 1
            while end < min(len(sentence), number + 1 + REACH_OF_WITHOUT) and not sentence[end].before:
                end += 1
            denied.update(range(number, end))
    return frozenset(denied)


def _numbers(spans: tuple[Span, ...]) -> frozenset[int]:
    return frozenset(number for start, end in spans for number in range(start, end))


class _Reader:
    """Walks from a negation to the ends of its reach."""

    def __init__(self, sentence: Sentence, tags: Tags) -> None:
        self.sentence = sentence
        self.contrast = _numbers(tags.get("contrast", ()))
        self.conjunction = _numbers(tags.get("and", ()))
        self.alternative = _numbers(tags.get("or", ()))
        self.condition = _numbers(tags.get("if", ()))
        self.opening = _numbers(tags.get("clause", ()))

    def start_of_denial(self, number: int) -> int:
        """Return the first word of the clause in which the negation stands."""
        start = number
        while start > 0:
            if self._is_break(start) or start - 1 in self.contrast or start - 1 in self.opening:
                break
            # "Places go through the office and cannot be booked": the conjunction opens a new clause.
            if start - 1 in self.conjunction and number - start <= 1:
                break
            start -= 1
        return start

    def end_of_denial(self, number: int) -> int:
        """Return the word after the last one that the negation reaches."""
        end = number + 1
        # The condition stands at the start of the clause, or opens it.
        start = max(self.start_of_denial(number) - 1, 0)
        has_condition = any(word in self.condition for word in range(start, number))
        while end < len(self.sentence):
            if end in self.contrast or any(mark in CLAUSE_MARKS for mark in self.sentence[end].before):
                break
            if self.sentence[end].before and (has_condition or not self._is_item(end)):
                break
            end += 1
        return end

    def _is_break(self, number: int) -> bool:
        return bool(self.sentence[number].before)

    def _is_item(self, start: int) -> bool:
        """Tell whether what follows a comma belongs to the same list."""
        if start in self.alternative:
            return True
        end = start + 1
        while end < len(self.sentence) and not self.sentence[end].before:
            end += 1
        if end - start <= LONGEST_ITEM:
            return True
        # "no referral, no decision or letter": the last item comes with its "or".
        return any(number in self.alternative for number in range(start, min(start + LONGEST_ITEM + 1, end)))
