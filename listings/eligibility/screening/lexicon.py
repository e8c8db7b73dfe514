"""Gives each word its tags: which of the word patterns, and which named groups of them, it belongs to.

A word pattern is `word` (exactly), `stem*` (begins so), `*end` (ends so, as compounds do) or `*stem*`
(anywhere inside). A pattern of several words matches them next to each other.
"""

from functools import lru_cache

from .words import Sentence

# Compounds longer than this are not searched inside.
LONGEST_COMPOUND = 40

Span = tuple[int, int]
Tags = dict[str, tuple[Span, ...]]
# A phrase's tag, and the patterns of its second and later words.
Phrase = tuple[str, tuple[str, ...]]
# The phrases that may begin with a word, by the pattern of their second word; what is left is of the later ones.
Begun = dict[str, tuple[Phrase, ...]]


class Lexicon:
    """The word patterns of one language. `add` them all before the first `tags_of`."""

    def __init__(self) -> None:
        self._exact: dict[str, set[str]] = {}
        self._starts: dict[str, set[str]] = {}
        self._ends: dict[str, set[str]] = {}
        self._inside: dict[str, set[str]] = {}
        self._phrases: dict[str, list[Phrase]] = {}
        self._groups: dict[str, tuple[str, ...]] = {}
        # The tags of alternatives that frames have already taught.
        self.known: set[str] = set()
        self._tags_of_word = lru_cache(maxsize=20_000)(self._find_tags)
        self._tags_of_words = lru_cache(maxsize=200)(self._find_spans)

    def add(self, pattern: str, tag: str) -> None:
        """Give every word or phrase that the pattern matches this tag."""
        parts = tuple(pattern.split())
        if not parts:
            raise ValueError(f"An empty pattern for {tag}")
        if len(parts) > 1:
            # Each part is a pattern with itself as its tag; the phrase is found by its first part.
            for part in parts:
                self._add_word(part, part)
            self._phrases.setdefault(parts[0], []).append((tag, parts[1:]))
        else:
            self._add_word(pattern, tag)

    def add_group(self, name: str, scope: str, patterns: tuple[str, ...]) -> None:
        """Name a group of patterns. A group with a scope of its own is known in that scope only.

        `@other` among the patterns takes in all of another group. Raises ValueError for a name used twice.
        """
        tag = _group_tag(name, scope)
        if tag in self._groups:
            raise ValueError(f"The group {name} is there twice in {scope or 'the shared words'}")
        members: list[str] = []
        for pattern in patterns:
            is_group = pattern.startswith("@")
            members.extend(self._groups[self.group(pattern[1:], scope)] if is_group else [pattern])
        self._groups[tag] = tuple(members)
        self.include(tag, tag)

    def group(self, name: str, scope: str) -> str:
        """Return the tag of a named group. Raises ValueError when nobody has named it."""
        for tag in (_group_tag(name, scope), _group_tag(name, "")):
            if tag in self._groups:
                return tag
        raise ValueError(f"There is no group @{name} for {scope}")

    def include(self, group: str, tag: str) -> None:
        """Give every word of a group one more tag."""
        for pattern in self._groups[group]:
            self.add(pattern, tag)

    def _add_word(self, pattern: str, tag: str) -> None:
        stem = pattern.strip("*")
        if len(stem) < 1 or "*" in stem:
            raise ValueError(f"Not a word pattern: {pattern!r}")
        table = {
            (False, False): self._exact,
            (False, True): self._starts,
            (True, False): self._ends,
            (True, True): self._inside,
        }[pattern.startswith("*"), pattern.endswith("*")]
        table.setdefault(stem, set()).add(tag)

    def _find_tags(self, word: str) -> tuple[frozenset[str], Begun]:
        """Return the tags of a word, and the phrases that may begin with it."""
        tags = set(self._exact.get(word, ()))
        length = len(word)
        for end in range(1, length + 1):
            tags |= self._starts.get(word[:end], frozenset())
            tags |= self._ends.get(word[length - end :], frozenset())
        if length <= LONGEST_COMPOUND:
            for start in range(length):
                for end in range(start + 2, length + 1):
                    tags |= self._inside.get(word[start:end], frozenset())
        begun: Begun = {}
        for tag in sorted(tags):
            for phrase, (second, *later) in self._phrases.get(tag, ()):
                begun[second] = (*begun.get(second, ()), (phrase, tuple(later)))
        return frozenset(tags), begun

    def tags_of(self, sentence: Sentence) -> Tags:
        """Return where in the sentence each tag stands: tag to spans of word numbers."""
        # A copy: the caller may add tags of its own.
        return dict(self._tags_of_words(tuple(word.text for word in sentence)))

    def _find_spans(self, words: tuple[str, ...]) -> Tags:
        of_words = [self._tags_of_word(word) for word in words]
        found: dict[str, list[Span]] = {}
        for number, (tags, begun) in enumerate(of_words):
            for tag in tags:
                found.setdefault(tag, []).append((number, number + 1))
            if number + 1 < len(of_words):
                for second in sorted(begun.keys() & of_words[number + 1][0]):
                    for phrase, later in begun[second]:
                        end = number + 2 + len(later)
                        following = of_words[number + 2 : end]
                        if len(following) == len(later) and all(
                            part in tags for part, (tags, _) in zip(later, following, strict=True)
                        ):
                            found.setdefault(phrase, []).append((number, end))
        return {tag: tuple(spans) for tag, spans in found.items()}


def _group_tag(name: str, scope: str) -> str:
    # The shared groups go by their bare name: negation looks them up.
    return f"{scope}:{name}" if scope else name
