"""The files that people have sent, copied from where they are kept, be it a folder or a store of another machine.

A file never changes: a new picture has a new name. So what has been copied need not be looked at again.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.core.files import File
from django.core.files.storage import default_storage

FOLDER = "media"


def names(folder: str = "") -> Iterator[str]:
    """All files of the store, by their names in it."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (str(PurePosixPath(folder, file)) for file in sorted(files) if file)
    for one in sorted(folders):
        yield from names(str(PurePosixPath(folder, one)))


def copy_to(folder: Path) -> int:
    """Copy what is not there yet; returns how many. What is taken away meanwhile is left out."""
    count = 0
    for name in names():
        target = folder / name
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with default_storage.open(name) as source, target.open("xb") as copy:
                shutil.copyfileobj(source, copy)
        except FileNotFoundError:
            target.unlink(missing_ok=True)
            continue
        count += 1
    return count


def bring_back(folder: Path) -> int:
    """Give the store what it lacks; returns how many. What it has besides stays."""
    count = 0
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder).as_posix()
        if default_storage.exists(name):
            continue
        with path.open("rb") as source:
            default_storage.save(name, File(source))
        count += 1
    return count
