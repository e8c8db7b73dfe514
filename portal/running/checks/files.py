"""Whether files can be written, what was to be made is made, and copies are new enough."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from portal.running.backups.made import last_backup
from portal.running.doctor import Finding, advice, fault, in_earnest

ONE_STATIC_FILE = "portal/portal.css"
LITTLE_SPACE, HARDLY_ANY = 2_000_000_000, 200_000_000


def media() -> Iterator[Finding]:
    try:
        name = default_storage.save(f"doctor/{uuid4().hex}", ContentFile(b"Written by manage.py doctor."))
        default_storage.delete(name)
    except Exception as error:  # each kind of store has its own
        yield fault(
            f"Pictures of organizations cannot be stored: {error}",
            f"Let the user of the web process write to {settings.MEDIA_ROOT}, or see the settings of the store.",
        )


def _stored_name(name: str) -> str:
    """Under which name it is sent. An error when the list of names, which `collectstatic` makes, is not there."""
    named = getattr(staticfiles_storage, "stored_name", None)
    return named(name) if named else name


def static_files() -> Iterator[Finding]:
    try:
        missing = not staticfiles_storage.exists(_stored_name(ONE_STATIC_FILE))
    except ValueError:
        missing = True
    if missing and not settings.DEBUG:
        yield fault("Static files are not collected: pages have no style.", "Run manage.py collectstatic.")


def catalogues() -> Iterator[Finding]:
    sources = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")]
    old = [path for path in sources if not _is_compiled(path)]
    if old:
        yield fault(
            f"{len(old)} of {len(sources)} catalogues are not compiled: pages are in English.",
            "Run manage.py compile_catalogues.",
        )


def _is_compiled(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def disk_space() -> Iterator[Finding]:
    for folder in {Path(settings.VAR_DIR), *([Path(settings.BACKUP_FOLDER)] if settings.BACKUP_FOLDER else [])}:
        if not folder.exists():
            continue
        free = shutil.disk_usage(folder).free
        if free < LITTLE_SPACE:
            told = f"{free // 1_000_000} MB are free where {folder} is."
            do = "Make room: old logs, old backups; or give it a larger disk."
            yield fault(told, do) if free < HARDLY_ANY else advice(told, do)


def backups() -> Iterator[Finding]:
    if not settings.BACKUP_FOLDER:
        yield advice(
            "BACKUP_FOLDER is not set, so nobody sees here whether there are backups.",
            "Run scripts/backup every night, and write its folder into BACKUP_FOLDER.",
        )
        return
    last = last_backup()
    if last is None:
        yield in_earnest(f"{settings.BACKUP_FOLDER} has no whole backup.", "Run scripts/backup every night.")
    elif datetime.now(UTC) - last.made > timedelta(hours=settings.BACKUP_MAX_HOURS):
        yield fault(
            f"The newest backup is of {last.made:%d.%m.%Y %H:%M} UTC.",
            "See why scripts/backup did not run, and run it now.",
        )
