"""A person's own data: all rows that the declarations of `portal/personal_data.py` name, found by what they say.

A model that is declared is in the file by itself, and goes by itself with the account when its declaration says so.
"""

from functools import reduce
from operator import or_
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organizations.models import User
from portal.personal_data import Held, all_held


def addresses_of(person: User) -> list[str]:
    """Their addresses. One that nobody has verified may be somebody else's, and what was sent there is not theirs."""
    return sorted({one.email.lower() for one in EmailAddress.objects.filter(user=person, verified=True)})


def model_of(held: Held) -> type[models.Model]:
    return apps.get_model(held.model)


def rows_found_by(held: Held, paths: tuple[str, ...], values: list[Any]) -> models.QuerySet:
    """The rows of a model in which one of the paths leads to one of the values; in any case where they are texts."""
    ways = [Q(**{f"{path}__iexact" if isinstance(value, str) else path: value}) for path in paths for value in values]
    rows = model_of(held)._base_manager.all()
    # A subquery, because a path through a table of links would show a row twice, and such a row cannot be deleted.
    return rows.filter(pk__in=rows.filter(reduce(or_, ways)).values("pk")) if ways else rows.none()


def rows_by_person(held: Held, person: User) -> models.QuerySet:
    model = model_of(held)
    if issubclass(model, AbstractBaseSession):
        # Whose a session is stands inside what is signed.
        mine = [
            one.pk for one in model._base_manager.iterator() if one.get_decoded().get(SESSION_KEY) == str(person.pk)
        ]
        return model._base_manager.filter(pk__in=mine)
    return rows_found_by(held, held.by_person, [person.pk])


def rows_of(held: Held, person: User, addresses: list[str]) -> models.QuerySet:
    """The person's rows of one model."""
    return (rows_by_person(held, person) | rows_found_by(held, held.by_address, addresses)).order_by("pk")


def _columns(held: Held) -> list[models.Field]:
    """What is handed out: nothing secret, nobody else, and of a translated text only its languages."""
    model = model_of(held)
    translated = {
        field.translated_field.name for field in model._meta.local_concrete_fields if hasattr(field, "translated_field")
    }
    hidden = {*held.secret, *held.others, *translated}
    return [field for field in model._meta.local_concrete_fields if field.name not in hidden]


def _as_data(row: models.Model, held: Held, person: User) -> dict[str, Any]:
    """One row by the names of its columns. Another person in it is only said to be another."""
    data: dict[str, Any] = {}
    for field in _columns(held):
        value = getattr(row, field.attname)
        if value is None and hasattr(field, "translated_field"):
            continue
        if field.related_model is User and value is not None:
            data[field.name] = "you" if value == person.pk else "another person"
        elif field.name in held.named and value is not None:
            data[field.name] = {"number": value, "name": str(getattr(row, field.name))}
        else:
            data[field.name] = str(value) if isinstance(field, models.FileField) else value
    return data


def counts_of(person: User) -> list[tuple[Held, int]]:
    """How many rows of each kind there are about the person."""
    addresses = addresses_of(person)
    return [(held, rows_of(held, person, addresses).count()) for held in all_held()]


def data_of(person: User) -> dict[str, Any]:
    """All of it, in the shape of the file."""
    addresses = addresses_of(person)
    tables = {}
    for held in all_held():
        rows = rows_of(held, person, addresses).select_related(*held.named)
        tables[held.model] = {
            "title": str(held.title),
            "what": str(held.what),
            "why": str(held.why),
            "how_long": held.period,
            "on_erasure": str(held.on_erasure),
            "rows": [_as_data(row, held, person) for row in rows],
        }
    return {"portal": settings.SITE_NAME, "address": settings.SITE_URL, "made_at": timezone.now(), "data": tables}
