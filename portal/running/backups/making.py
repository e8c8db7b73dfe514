"""Makes a backup: under another name until it is whole, then under its own. Nobody has to stop working."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from portal.release import release
from portal.running.backups import databases, manifest, media

UNFINISHED = ".making-"
GIVEN_UP_AFTER = timedelta(days=1)


def make_backup(folder: Path, *, keep: int = 0) -> tuple[Path, manifest.Manifest]:
    """Write a backup into the folder; with `keep` only so many of the newest stay there."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    name = f"{manifest.BEGINNING}{now:%Y%m%dT%H%M%S%fZ}"
    unfinished = folder / f"{UNFINISHED}{name}"
    unfinished.mkdir(mode=0o700)
    try:
        made = _write(unfinished, now)
        unfinished.rename(folder / name)
        _to_disk(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    clear(folder, keep, now)
    return folder / name, made


def _write(folder: Path, now: datetime) -> manifest.Manifest:
    # Twice: what is taken away or comes while the database is copied is in one of the two.
    media.copy_to(folder / media.FOLDER)
    tables = databases.copy_to(folder / databases.file_name())
    media.copy_to(folder / media.FOLDER)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    made = manifest.Manifest(
        made_at=now.isoformat(),
        release=release(),
        engine=connection.vendor,
        server=databases.server_version(),
        key=manifest.mark_of_key(),
        migrations=sorted(".".join(one) for one in MigrationRecorder(connection).applied_migrations()),
        tables=tables,
        files={path.relative_to(folder).as_posix(): manifest.file_of(path) for path in paths},
    )
    manifest.write(made, folder)
    for path in [*paths, folder / manifest.NAME]:
        path.chmod(0o600)
        _to_disk(path)
    _to_disk(folder)
    return made


def _to_disk(path: Path) -> None:
    """Wait until the disk has it: a backup that only memory holds is none."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def clear(folder: Path, keep: int, now: datetime) -> None:
    """Delete backups that are too many, and what runs that died have left."""
    if keep:
        for path, _manifest in list(manifest.backups_in(folder))[:-keep]:
            shutil.rmtree(path)
    for path in folder.glob(f"{UNFINISHED}*"):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - GIVEN_UP_AFTER:
            shutil.rmtree(path, ignore_errors=True)
