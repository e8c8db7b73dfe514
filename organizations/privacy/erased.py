"""Which accounts are erased, remembered outside of the database: a restored backup may hold them again.

Beside the logos, because every machine of the portal shares that store and a backup brings back what it lacks, never
takes away. A mark is an empty file that names a number and the moment of joining, so that a number which a restored
database gives to somebody else is not taken for theirs. It says nothing else about anybody.
"""

from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from organizations.models import User

FOLDER = "erased"


def mark_of(user: User) -> str:
    return f"{FOLDER}/{user.pk}-{user.date_joined:%Y%m%dT%H%M%S%f}"


def remember(user: User) -> None:
    """Leave the mark; for after the commit."""
    name = mark_of(user)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(b""))


def come_back() -> Iterator[User]:
    """Accounts that had been erased and are there again."""
    try:
        marks = set(default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:
        return
    numbers = sorted(int(mark.partition("-")[0]) for mark in marks)
    for number in numbers:
        user = User.objects.filter(pk=number, erased_at=None).first()
        if user is not None and mark_of(user).removeprefix(f"{FOLDER}/") in marks:
            yield user
