"""The one function that writes the trace of an action."""

from typing import Any

from django.db import models

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
