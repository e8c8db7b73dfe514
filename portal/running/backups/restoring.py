"""Puts a backup in the place of the database, and sets right what must not come back with it.

Nothing is touched before every file has been compared with the manifest, and nothing is lost before the restored tables
have the same rows as the copied ones.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from post_office.models import STATUS

from portal.mail.delivery import waiting
from portal.running.backups import databases, manifest, media
from portal.running.backups.tables import differences

HELD_BACK = "HeldBackAfterRestore"
HELD_BACK_BECAUSE = "It waited when the backup was made and may have been sent since."
Tell = Callable[[str], object]


def restore_backup(folder: Path, *, replace: bool = False, send_waiting_mail: bool = False, tell: Tell) -> None:
    """Restore one backup; `replace` allows it into a database that has tables. Raises Unusable otherwise."""
    made = manifest.verify(folder)
    tell(f"{folder} is whole: {len(made.files)} files, made at {made.made_at}.")
    _refuse_what_does_not_fit(made, folder, replace)
    with databases.restored_from(folder / databases.file_name()) as found:
        if other := differences(made.tables, found):
            raise manifest.Unusable(f"What was restored differs from the backup: {'; '.join(other)}. Nothing changed.")
    tell(f"The database is restored: {made.rows} rows in {len(made.tables)} tables, all as they were copied.")
    tell(f"{media.bring_back(folder / media.FOLDER)} files of people are brought back.")
    _set_right(made, send_waiting_mail, tell)


def _refuse_what_does_not_fit(made: manifest.Manifest, folder: Path, replace: bool) -> None:
    if made.engine != connection.vendor:
        raise manifest.Unusable(f"The backup is of {made.engine}, this database is {connection.vendor}.")
    if connection.vendor == "postgresql" and int(made.server.split(".")[0]) > databases.server_release():
        raise manifest.Unusable(f"The backup is of PostgreSQL {made.server}. This server is older; take a newer one.")
    known = {".".join(one) for one in MigrationExecutor(connection).loader.disk_migrations}
    if unknown := sorted(set(made.migrations) - known):
        raise manifest.Unusable(
            f"{folder} was made by a newer release: this one does not know {', '.join(unknown[:3])}. "
            "Install that release first."
        )
    if not replace and not databases.is_empty():
        raise manifest.Unusable(
            "The database has tables. Restore into an empty one, or say --replace to lose what is in it now."
        )


def _set_right(made: manifest.Manifest, send_waiting_mail: bool, tell: Tell) -> None:
    """What has happened since the backup was made is not undone by it."""
    call_command("migrate", verbosity=0, interactive=False)
    sessions, _by_model = Session.objects.all().delete()
    tell(f"{sessions} sessions are ended: some of them may have been ended since. People sign in again.")
    if not send_waiting_mail and (held := _hold_mail_back()):
        tell(f'{held} mails waited then and may have been sent since. They are held back: see "Mails" in the portal.')
    for name in ("cards", "pages"):
        caches[name].clear()
    for command in settings.AFTER_RESTORE:
        call_command(command)
    if made.key != manifest.mark_of_key():
        tell(
            "SECRET_KEY is another one than then: links in mails that were sent no longer work. Set the old one, "
            "or name it in SECRET_KEY_FALLBACKS."
        )


def _hold_mail_back() -> int:
    """Nothing goes twice by itself; an operator sends again what has to go."""
    mails = list(waiting())
    for mail in mails:
        mail.logs.create(status=STATUS.failed, exception_type=HELD_BACK, message=HELD_BACK_BECAUSE)
    return waiting().filter(pk__in=[mail.pk for mail in mails]).update(status=STATUS.failed)
