"""What a version said at a moment, kept as data: a version that is sent back is changed in place.

Whom to ask is kept as a mark alone. It tells that a contact was changed, and nobody's address stays where erasing an
account does not reach it.
"""

import json
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.crypto import salted_hmac

from listings.answers import LINK_FIELDS, PLAIN_FIELDS, read_answers
from listings.models import Version, VersionForm
from portal.texts import set_texts

# Answers that can name a person.
PERSONAL = ("contact_name", "contact_email", "contact_phone")


def _mark(text: str) -> str:
    return salted_hmac("listings.snapshots", text, algorithm="sha256").hexdigest()[:32] if text else ""


def snapshot_of(version: Version) -> dict[str, Any]:
    """All answers of a version as they are in the database, in a shape that fits JSON."""
    version = Version.objects.select_related("listing").get(pk=version.pk)
    answers = read_answers(version) | {"section": version.listing.section}
    answers |= {field: _mark(answers[field]) for field in PERSONAL}
    return json.loads(json.dumps(answers, cls=DjangoJSONEncoder))


def changed_since(version: Version, snapshot: Mapping[str, Any]) -> set[str]:
    """The names of the answers that are no longer as they were. Without a snapshot nothing is known: none."""
    now = snapshot_of(version) if snapshot else {}
    return {field for field, before in snapshot.items() if field in now and now[field] != before}


def as_it_was(version: Version, snapshot: Mapping[str, Any]) -> Version:
    """A version to look at, not to save, that says what this one said then. The contact is that of now."""
    then = copy(version)
    then.listing = copy(version.listing)
    then.listing.section = snapshot.get("section", version.listing.section)
    for field in Version.TEXT_FIELDS:
        set_texts(then, field, snapshot.get(field, {}))
    for field in PLAIN_FIELDS:
        if field in snapshot and field not in PERSONAL:
            setattr(then, field, _value(field, snapshot[field]))
    # Where related rows that were read before are kept: what was chosen then is read from there and not from now.
    then._prefetched_objects_cache = {field: _rows(field, snapshot.get(field, [])) for field in LINK_FIELDS}  # type: ignore[attr-defined]
    then._prefetched_objects_cache["form_rows"] = _known_rows(  # type: ignore[attr-defined]
        VersionForm.objects.all(),
        [
            VersionForm(version=then, form_id=code, position=position)
            for position, code in enumerate(snapshot.get("forms", []))
        ],
    )
    return then


def _value(name: str, written: Any) -> Any:
    field = Version._meta.get_field(name)
    return written if isinstance(field, models.JSONField) else field.to_python(written)  # type: ignore[union-attr]


def _rows(name: str, codes: Iterable[str]) -> models.QuerySet:
    model = Version._meta.get_field(name).related_model
    return model._default_manager.filter(pk__in=list(codes))  # type: ignore[union-attr]


def _known_rows(queryset: models.QuerySet, rows: list[Any]) -> models.QuerySet:
    """A queryset that has these rows and asks the database for nothing."""
    queryset._result_cache = rows
    return queryset
