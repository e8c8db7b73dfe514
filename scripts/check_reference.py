"""Decides whether portal/reference agrees with the yardstick in ../shared/data/reference.

Prints every difference and how many rows were compared. Exit status: 0 when nothing differs or
the yardstick is not there (it is not part of the repository), 1 when something differs.
Language names left blank in our file come from CLDR by way of Babel; without Babel they are
counted as not compared, so that the script also runs on the standard library alone.
"""

import csv
import sys
from collections.abc import Mapping
from math import cos, hypot, radians
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = ROOT / "portal" / "reference"
YARDSTICK = ROOT.parent / "shared" / "data" / "reference"

DEGREE_KM = 111.2
# The main settlement of a large municipality may be far from its middle.
FARTHEST_KM = 40
NAME_LANGUAGES = ("fi", "sv", "en")

Rows = dict[str, dict[str, str]]
"""Rows of one file by code, each a mapping from column to value."""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


class Comparison:
    """What one run found: differences in words, rows compared, names it could not judge."""

    def __init__(self) -> None:
        self.differences: list[str] = []
        self.rows = 0
        self.names_not_compared = 0

    def compare(self, file: str, ours: Rows, theirs: Rows, columns: Mapping[str, str]) -> None:
        """Compare two files row by row; ``columns`` maps our column to the yardstick's."""
        for code in sorted(theirs.keys() - ours.keys()):
            self.differences.append(f"{file} {code}: missing from ours")
        for code in sorted(ours.keys() - theirs.keys()):
            self.differences.append(f"{file} {code}: not in the yardstick")

        common = sorted(ours.keys() & theirs.keys())
        if not common:
            self.differences.append(f"{file}: no row in common, nothing was compared")
        for code in common:
            for our_column, their_column in columns.items():
                our_value, their_value = ours[code][our_column], theirs[code][their_column]
                if our_value != their_value:
                    self.differences.append(
                        f"{file} {code} {our_column}: ours {our_value!r}, yardstick {their_value!r}"
                    )
        self.rows += len(common)
        say(f"{file}: {len(common)} rows compared")


def read_rows(path: Path, key: str) -> Rows:
    """Read a CSV file by its key column. Raises ValueError when a key occurs twice."""
    rows: Rows = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row[key] in rows:
                raise ValueError(f"{path.name}: {row[key]} occurs twice")
            rows[row[key]] = row
    return rows


def cldr_names() -> dict[str, Mapping[str, str]] | None:
    """Language names by CLDR in Finnish, Swedish and English; None without Babel."""
    try:
        from babel import Locale
    except ImportError:
        return None
    return {language: Locale.parse(language).languages for language in NAME_LANGUAGES}


def fill_names(ours: Rows, theirs: Rows) -> int:
    """Fill our blank language names from CLDR.

    Without Babel a blank takes the yardstick's name, so that it is no difference.
    Returns how many names were taken that way, which is how many were not compared.
    """
    cldr = cldr_names()
    not_compared = 0
    for code, row in ours.items():
        for language in NAME_LANGUAGES:
            column = f"name_{language}"
            if row[column]:
                continue
            if cldr is not None:
                row[column] = cldr[language].get(code, "")
            elif code in theirs:
                row[column] = theirs[code][column]
                not_compared += 1
    return not_compared


def misplaced(ours: Rows, theirs: Rows) -> list[str]:
    """Municipalities whose main settlement lies too far from the place that the yardstick gives for the whole."""
    wrong = []
    for code in sorted(ours.keys() & theirs.keys()):
        north = float(ours[code]["latitude"]) - float(theirs[code]["lat"])
        east = float(ours[code]["longitude"]) - float(theirs[code]["lon"])
        away = DEGREE_KM * hypot(north, east * cos(radians(float(theirs[code]["lat"]))))
        if away > FARTHEST_KM:
            wrong.append(f"municipalities.csv {code}: {away:.0f} km from the yardstick's place")
    return wrong


def compare_all() -> Comparison:
    """Compare our municipalities, regions and languages with the yardstick's."""
    found = Comparison()

    names = {"name_fi": "name_fi", "name_sv": "name_sv"}
    found.compare(
        "municipalities.csv",
        read_rows(OURS / "municipalities.csv", "code"),
        read_rows(YARDSTICK / "municipalities.csv", "code"),
        names | {"region": "region_code"},
    )
    found.differences += misplaced(
        read_rows(OURS / "municipalities.csv", "code"), read_rows(YARDSTICK / "municipalities.csv", "code")
    )

    names = names | {"name_en": "name_en"}
    found.compare(
        "regions.csv",
        read_rows(OURS / "regions.csv", "code"),
        read_rows(YARDSTICK / "regions.csv", "code"),
        names,
    )

    ours = read_rows(OURS / "languages.csv", "code")
    theirs = read_rows(YARDSTICK / "languages.csv", "bcp47")
    found.names_not_compared = fill_names(ours, theirs)
    found.compare("languages.csv", ours, theirs, names | {"autonym": "autonym", "rtl": "rtl"})
    return found


def main() -> int:
    if not YARDSTICK.is_dir():
        say("Nothing compared: there is no ../shared/data/reference beside the repository.")
        return 0

    found = compare_all()
    for difference in found.differences:
        say(f"differs: {difference}")
    if found.names_not_compared:
        say(f"not compared: {found.names_not_compared} language names (Babel is not installed)")
    say(f"{found.rows} rows compared, {len(found.differences)} differences")
    return 1 if found.differences else 0


if __name__ == "__main__":
    sys.exit(main())
