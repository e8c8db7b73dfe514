"""The newest backup, for those who look whether there is one."""

from pathlib import Path

from django.conf import settings

from portal.running.backups.manifest import Manifest, backups_in


def last_backup() -> Manifest | None:
    """None when the folder is not named, cannot be seen from here, or has none."""
    if not settings.BACKUP_FOLDER:
        return None
    found = [manifest for _path, manifest in backups_in(Path(settings.BACKUP_FOLDER))]
    return max(found, key=lambda manifest: manifest.made, default=None)
