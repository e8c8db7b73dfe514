"""The trace of actions: the one function that writes it, and the one that takes a person's name out of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from portal.models import AuditEvent


def record(
    verb: str, noun: models.Model, *, by: models.Model, organization_id: int | None = None, **details: Any
) -> AuditEvent:
    """Write that `by` did `verb` to `noun`. `details` must fit JSON. Called inside the action's transaction."""
    if by is None or by.pk is None:
        raise ValueError("An action is always done by somebody.")
    return AuditEvent.objects.create(
        actor_id=by.pk,
        actor_label=str(by),
        verb=verb,
        noun=str(noun._meta.model_name),
        noun_id=noun.pk,
        organization_id=organization_id,
        details=details,
    )


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


def take_out_names(
    person: models.Model, texts: Sequence[str], instead: str, about: Iterable[models.Model] = ()
) -> None:
    """What somebody did stays, but no longer under their name: the one change of what is never changed.

    `texts` are names and addresses of the person, `about` further rows that are about them. An address is taken out of
    any event, a name out of those that the person did or that are about them.
    """
    theirs = Q(actor_id=person.pk)
    for noun in (person, *about):
        theirs |= Q(noun=str(noun._meta.model_name), noun_id=noun.pk)
    for text in texts:
        if "@" in text:
            theirs |= Q(written__icontains=text)
    written = Cast("details", models.TextField())
    for event in AuditEvent.objects.annotate(written=written).filter(theirs).iterator():
        label = instead if event.actor_id == person.pk else event.actor_label
        details = _without(event.details, texts, instead)
        if (label, details) != (event.actor_label, event.details):
            AuditEvent.objects.filter(pk=event.pk).update(actor_label=label, details=details)
