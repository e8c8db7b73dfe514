"""A frame is a pattern of meanings in one sentence: `@authority .. remiss* & @needed & !vapaa*`.

Parts joined by `&` may stand anywhere in the sentence, in any order; a part that begins with `!` may not be
there. Inside a part the order counts: a space means the next word, `..` up to four words between, `...` up to
ten. `a|b` is either; `@group` is a named group of word patterns.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .lexicon import Lexicon, Span, Tags

GAPS = {"..": 4, "...": 10}
# Enough to find one that no negation reaches, few enough to keep strange texts cheap.
MOST_MATCHES = 12


@dataclass(frozen=True, slots=True)
class Part:
    """Elements in order; `gaps` are the most words that may stand before each. An element is its tag."""

    elements: tuple[str, ...]
    gaps: tuple[int, ...]

    def matches(self, tags: Tags) -> Iterable[tuple[Span, ...]]:
        """Yield the ways in which the part stands in the sentence."""
        chains: list[tuple[Span, ...]] = [(span,) for span in tags[self.elements[0]][:MOST_MATCHES]]
        for element, gap in zip(self.elements[1:], self.gaps[1:], strict=True):
            chains = [
                (*chain, span)
                for chain in chains
                for span in tags[element]
                if chain[-1][1] <= span[0] <= chain[-1][1] + gap
            ][:MOST_MATCHES]
        return chains


@dataclass(frozen=True, slots=True)
class Frame:
    """One pattern. `survives_denial`: a negation in the sentence belongs to the pattern."""

    parts: tuple[Part, ...]
    absent: tuple[str, ...]
    survives_denial: bool = False

    @property
    def key(self) -> str:
        """The tag by which the frame is looked up."""
        return self.parts[0].elements[0]

    def find(self, tags: Tags, denied: frozenset[int]) -> tuple[Span, ...]:
        """Return the spans that match, in the order of the text; none if the frame is not there."""
        if any(element not in tags for part in self.parts for element in part.elements):
            return ()
        if any(element in tags for element in self.absent):
            return ()
        found: list[Span] = []
        for part in self.parts:
            for chain in part.matches(tags):
                if self.survives_denial or not _is_denied(chain, denied):
                    found.append((chain[0][0], chain[-1][1]))
                    break
            else:
                return ()
        return tuple(sorted(found))


def _is_denied(chain: tuple[Span, ...], denied: frozenset[int]) -> bool:
    return bool(denied) and any(number in denied for start, end in chain for number in range(start, end))


def parse_frame(line: str, lexicon: Lexicon, scope: str, *, survives_denial: bool = False) -> Frame:
    """Read a frame and teach its words to the lexicon. `scope` names the file, for groups of its own.

    Raises ValueError when the line is not a frame.
    """
    parts: list[Part] = []
    absent: list[str] = []
    for piece in line.split("&"):
        text = piece.strip()
        if text.startswith("!"):
            absent.append(_element(text[1:].strip(), lexicon, scope))
        else:
            parts.append(_part(text, lexicon, scope))
    if not parts:
        raise ValueError(f"A frame with nothing to find: {line!r}")
    return Frame(tuple(parts), tuple(absent), survives_denial)


def _part(text: str, lexicon: Lexicon, scope: str) -> Part:
    elements: list[str] = []
    gaps: list[int] = []
    gap = 0
    for token in text.split():
        if token in GAPS:
            gap = GAPS[token]
        else:
            elements.append(_element(token, lexicon, scope))
            gaps.append(gap)
            gap = 0
    if not elements or gap or gaps[0]:
        raise ValueError(f"Not a part of a frame: {text!r}")
    return Part(tuple(elements), tuple(gaps))


def _element(token: str, lexicon: Lexicon, scope: str) -> str:
    """Return the tag of an element; alternatives get a tag of their own."""
    if "|" not in token and token.startswith("@"):
        return lexicon.group(token[1:], scope)
    tag = f"={token}"
    if tag not in lexicon.known:
        lexicon.known.add(tag)
        for option in token.split("|"):
            if option.startswith("@"):
                lexicon.include(lexicon.group(option[1:], scope), tag)
            else:
                lexicon.add(option.replace("_", " "), tag)
    return tag
