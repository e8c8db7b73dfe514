"""Takes Finnish and Swedish compounds apart: `kielikahviloissa` has `kieli` and `kahviloissa` in it.

With Voikko a dictionary would say where; it is a system library, and the same text has to give the same words on
every machine. So the parts are a list of our own, `compounds/<language>.txt`: words that are parts of compounds in
this field. One part that is known is enough, when what is left is long enough to be a word.
"""

from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "compounds"
LANGUAGES = ("fi", "sv")
SHORTEST_COMPOUND = 7
SHORTEST_PART = 3
# What stands between two parts: "arbets|plats" has its s on the first.
LINKS = {"fi": ("", "n", "s"), "sv": ("", "s")}


@cache
def known_parts(language: str) -> frozenset[str]:
    """The parts of a language, as they begin or end a compound."""
    path = FOLDER / f"{language}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=50_000)
def parts_of(word: str, language: str) -> tuple[str, ...]:
    """The parts of a compound; nothing when it is none that we know. Reads a hyphen too."""
    if language not in LANGUAGES or len(word) < SHORTEST_COMPOUND:
        return ()
    known = known_parts(language)
    found: list[str] = []
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        first, rest = word[:cut], word[cut:]
        is_first_known = any(first.removesuffix(link) in known for link in LINKS[language])
        if is_first_known and _begins_with_part(rest, known):
            found += [first, rest]
    return tuple(dict.fromkeys(found))


def _begins_with_part(rest: str, known: frozenset[str]) -> bool:
    """Whether what is left is a known part with an ending: `kahviloissa`."""
    return any(rest[:end] in known for end in range(max(SHORTEST_PART, len(rest) - 8), len(rest) + 1))
