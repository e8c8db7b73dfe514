"""The operator's own synonyms, as rows of a table. Each process reads them again when what readers see has changed."""

from listings.models import Synonym
from portal import freshness
from portal.texts import listed

# language, what people type, what it means
Line = tuple[str, tuple[str, ...], tuple[str, ...]]
Lines = tuple[Line, ...]

_known: tuple[freshness.Version, Lines] | None = None


def forget() -> None:
    """Let the lines be read anew; for tests, whose databases go back in time."""
    global _known
    _known = None


def parts_of(text: str) -> tuple[str, ...]:
    """What stands between the commas."""
    return tuple(listed(text))


def own_lines() -> Lines:
    """All lines of the operator's."""
    global _known
    version = freshness.version()
    if _known is None or _known[0] != version:
        rows = Synonym.objects.values_list("language", "words", "means")
        _known = version, tuple((language, parts_of(words), parts_of(means)) for language, words, means in rows)
    return _known[1]
