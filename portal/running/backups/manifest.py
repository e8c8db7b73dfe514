"""What stands in a backup: when it was made, by which release, how many rows each table has, and every file's checksum.

The manifest is written last. A folder without one, or one whose files differ from it, is refused.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.utils.crypto import salted_hmac

NAME = "manifest.json"
FORMAT = 1
BEGINNING = "portal-"
CHUNK = 1024 * 1024


class Unusable(Exception):
    """A backup that cannot be trusted, or does not fit where it should go. The text says what to do."""


@dataclass(frozen=True)
class Table:
    """`checksum` does not depend on the order of the rows."""

    rows: int
    checksum: str


@dataclass(frozen=True)
class File:
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    made_at: str
    release: str
    engine: str
    server: str
    key: str
    migrations: list[str]
    tables: dict[str, Table]
    files: dict[str, File] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def made(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files.values())


def mark_of_key() -> str:
    """Tells two values of SECRET_KEY apart and says nothing about either."""
    return salted_hmac("portal.running.backups", "mark").hexdigest()[:16]


def file_of(path: Path) -> File:
    seen = sha256()
    with path.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            seen.update(chunk)
    return File(path.stat().st_size, seen.hexdigest())


def write(manifest: Manifest, folder: Path) -> None:
    (folder / NAME).write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """What a backup says of itself. Its files are not looked at."""
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            raise Unusable(f"{folder} was made by another release, in format {said['format']}. Use that release.")
        said["tables"] = {name: Table(**one) for name, one in said["tables"].items()}
        said["files"] = {name: File(**one) for name, one in said["files"].items()}
        return Manifest(**said)
    except FileNotFoundError as error:
        raise Unusable(f"{folder} has no {NAME}: it is no backup, or one that was never finished.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unusable(f"{folder / NAME} cannot be read: {error}. Take another backup.") from error


def verify(folder: Path) -> Manifest:
    """Read a backup and compare each of its files with the manifest; refuse it when one differs."""
    manifest = read(folder)
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {NAME}
    if missing := sorted(manifest.files.keys() - present):
        raise Unusable(f"{folder} lacks {len(missing)} files, the first is {missing[0]}. Take another backup.")
    if more := sorted(present - manifest.files.keys()):
        raise Unusable(f"{folder} has {len(more)} files too many, the first is {more[0]}. Take another backup.")
    for name, expected in manifest.files.items():
        if file_of(folder / name) != expected:
            raise Unusable(f"{folder / name} is not as it was written: cut off or changed. Take another backup.")
    return manifest


def backups_in(folder: Path) -> Iterator[tuple[Path, Manifest]]:
    """Those that are whole as far as they say themselves, the oldest first."""
    for path in sorted(folder.glob(f"{BEGINNING}*")):
        try:
            yield path, read(path)
        except Unusable:
            continue
