"""Reads the pattern files: one for each rule and language, and one of shared words for each language.

A file has sections. Lines that begin with `#` say what the next lines mean.

    [words]            group = pattern, pattern, ...
    [find]             frames that break the rule
    [find negated]     frames to which the negation belongs: "without a referral you cannot come"
    [find in title]    frames that say enough in a title or a summary
    [find <kind>]      frames for organizations of these kinds only: `public`
    [find across]      frames that may stand in two sentences, one after the other
    [find dated]       frames that hold when the text has one date only
    [unless]           frames that excuse the sentence in which they stand
    [unless anywhere]  frames that excuse the whole listing
    [unless dated], [unless dated anywhere]  the same for [find dated]
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .frames import Frame, parse_frame
from .lexicon import Lexicon

FOLDER = Path(__file__).resolve().parent.parent / "patterns"
LANGUAGES = ("fi", "sv", "en")
SHARED = "words"
FRAME_SECTIONS = frozenset(
    (
        "find",
        "find negated",
        "find in title",
        "find public",
        "find dated",
        "find across",
        "unless",
        "unless anywhere",
        "unless dated",
        "unless dated anywhere",
    )
)


@dataclass
class RulePatterns:
    """The frames of one rule in one language, by section and by the tag that each begins with."""

    sections: dict[str, dict[str, list[Frame]]] = field(default_factory=dict)

    def add(self, section: str, frame: Frame) -> None:
        """Put a frame in its section."""
        self.sections.setdefault(section, {}).setdefault(frame.key, []).append(frame)


@dataclass
class LanguagePatterns:
    """What one language has: its lexicon, and the patterns by rule."""

    lexicon: Lexicon = field(default_factory=Lexicon)
    rules: dict[str, RulePatterns] = field(default_factory=dict)


@cache
def patterns_of(language: str) -> LanguagePatterns:
    """Read all the patterns of a language, once. Raises ValueError with the file and the line."""
    found = LanguagePatterns()
    shared = FOLDER / f"{SHARED}.{language}.txt"
    own = sorted(path for path in FOLDER.glob(f"*.{language}.txt") if path != shared)
    for path in (shared, *own):
        rule = path.name.removesuffix(f".{language}.txt")
        _read(path, "" if rule == SHARED else rule, found)
    return found


def _read(path: Path, rule: str, found: LanguagePatterns) -> None:
    patterns = found.rules.setdefault(rule, RulePatterns()) if rule else RulePatterns()
    for number, section, line in _lines(path):
        try:
            if section == "words":
                name, _, members = line.partition("=")
                members_read = tuple(" ".join(item.split()) for item in members.split(",") if item.strip())
                found.lexicon.add_group(name.strip(), rule, members_read)
            elif section in FRAME_SECTIONS:
                survives = section == "find negated" or section.startswith("unless")
                frame = parse_frame(line, found.lexicon, rule, survives_denial=survives)
                patterns.add(section, frame)
            else:
                raise ValueError(f"No such section: [{section}]")
        except ValueError as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error


def _lines(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield the number, the section and the text of each line; an indented line goes on from the last."""
    section, start, text = "", 0, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith(" ") and text:
            text = f"{text} {line.strip()}"
            continue
        if text:
            yield start, section, text
            text = ""
        stripped = line.strip()
        if stripped.startswith("[") and stripped.endswith("]"):
            section = stripped[1:-1]
        elif stripped and not stripped.startswith("#"):
            start, text = number, stripped
    if text:
        yield start, section, text
