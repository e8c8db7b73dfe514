"""The HTML standard's own parser, which says what browsers mend in silence."""

from tinyhtml5.parser import HTMLParser


def parse_errors(html: str) -> list[str]:
    """What the standard calls an error of parsing, with the line in which it is."""
    parser = HTMLParser()
    parser.parse(html)
    lines = html.splitlines() or [""]
    return [f"{name} {more or ''} in: {lines[row - 1].strip()[:100]}" for (row, _column), name, more in parser.errors]
