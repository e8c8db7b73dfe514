"""Takes a person's name out of the trace: the one lawful change of what is never changed.

Each change is itself an event in the chain. It names the events and what their personal part is from now on, so that
`check_audit` tells an erasure from a forgery.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from portal.audit.append_only import redacting
from portal.audit.chain import personal_digest
from portal.models import AuditEvent
from portal.models.audit import new_salt

TOOK_OUT = "took_out_names"
EVENTS_IN_ONE = 500


def _without(value: Any, texts: Sequence[str], instead: str) -> Any:
    """A piece of an event's details without the texts: an address is found inside a text, a name only as a whole."""
    if isinstance(value, dict):
        return {key: _without(one, texts, instead) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, texts, instead) for one in value]
    if isinstance(value, str):
        found = any(text.lower() == value.lower() or ("@" in text and text.lower() in value.lower()) for text in texts)
        return instead if found else value
    return value


def _about(person: models.Model, texts: Sequence[str], about: Iterable[models.Model]) -> Q:
    theirs = Q(actor_id=person.pk)
    for noun in (person, *about):
        theirs |= Q(noun=str(noun._meta.model_name), noun_id=noun.pk)
    for text in texts:
        if "@" in text:
            theirs |= Q(written__icontains=text)
    return theirs


def _redacted(person: models.Model, texts: Sequence[str], instead: str, theirs: Q) -> Iterator[tuple[int, str]]:
    """Change the events; yield the number of each with the digest of its new personal part.

    The old salt goes with the old name: without it, nobody can find out the name by trying.
    """
    written = Cast("details", models.TextField())
    for event in AuditEvent.objects.annotate(written=written).filter(theirs).iterator():
        label = instead if event.actor_id == person.pk else event.actor_label
        details = _without(event.details, texts, instead)
        if (label, details) != (event.actor_label, event.details):
            salt = new_salt()
            AuditEvent.objects.filter(pk=event.pk).update(actor_label=label, details=details, salt=salt)
            yield event.pk, personal_digest(salt, label, details)


def take_out_names(
    person: models.Model, texts: Sequence[str], instead: str, about: Iterable[models.Model] = (), *, by: models.Model
) -> None:
    """What somebody did stays, but no longer under their name.

    `texts` are names and addresses of the person, `about` further rows that are about them. An address is taken out of
    any event, a name out of those that the person did or that are about them. Called inside the erasure's transaction.
    """
    with redacting():
        changed = list(_redacted(person, texts, instead, _about(person, texts, about)))
    events = iter(changed)
    while part := list(islice(events, EVENTS_IN_ONE)):
        AuditEvent.objects.create(
            actor_id=by.pk,
            actor_label=instead if by.pk == person.pk else str(by),
            verb=TOOK_OUT,
            noun=str(person._meta.model_name),
            noun_id=person.pk,
            details={"events": part},
        )
