"""What is declared of the personal data of one model, and all that is declared."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Held:
    """The personal data of one model.

    `model` is `app.Model`, `fields` are the names of its fields. A row is a person's when one of the paths in
    `by_person` leads to their account, or one of the columns in `by_address` holds a verified address of theirs. The
    sentences are written to that person; in `how_long`, names of `settings.KEPT_DAYS` stand for days.
    """

    model: str
    title: str | Promise
    fields: tuple[str, ...]
    what: str | Promise
    why: str | Promise
    how_long: str | Promise
    on_erasure: str | Promise
    by_person: tuple[str, ...] = ()
    by_address: tuple[str, ...] = ()
    # Keys and the like: nobody is handed them, in no file.
    secret: tuple[str, ...] = ()
    # Relations to people that do not make the row theirs.
    others: tuple[str, ...] = ()
    # Written out by name in the file of one's own data.
    named: tuple[str, ...] = ()
    # On erasure the rows are deleted; or these fields emptied, in rows found by address if there is such a way.
    is_deleted: bool = False
    emptied: tuple[str, ...] = ()

    @property
    def period(self) -> str:
        """How long, with the days as they are set."""
        return str(self.how_long) % settings.KEPT_DAYS


@cache
def all_held() -> Sequence[Held]:
    """The declarations of all apps, in the order in which people read them."""
    return [one for name in settings.PERSONAL_DATA for one in import_string(name)]


# How often the person who signed in says the same of several tables.
WITH_THE_ACCOUNT = _("As long as you have the account.")
DELETED = _("Deleted.")
