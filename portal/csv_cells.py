"""Cells of a file that spreadsheets open: none of them is taken for a formula."""

import csv
from collections.abc import Iterable, Iterator

# What a spreadsheet takes for the beginning of a formula, also behind a tab or a line break.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Spreadsheets take a file without it for another encoding.
BYTE_ORDER_MARK = "\ufeff"


def cell(value: object) -> str:
    """The value as text; with a quote before it where a spreadsheet would calculate."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text


class _Line:
    """What the writer writes is what it gives."""

    def write(self, line: str) -> str:
        return line


def lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The file line by line, so that a long one is never whole in memory."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([cell(value) for value in row])
