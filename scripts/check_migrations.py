"""Finds migrations that the release before cannot live with. While processes are restarted one by one, both run.

It reads the operations and needs no database. What was there at the baseline is not looked at; tables that came after
it may be changed freely in the migration that makes them. A migration that breaks a rule for a good reason says it:
`old_code = "Why the release before goes on working"` in its class.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import django
from django.db.migrations import Migration
from django.db.migrations import operations as known
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field, ManyToManyField
from django.db.models.fields import NOT_PROVIDED

# The last migration of each app before the first release.
BASELINE = {
    "portal": "0004_feedback",
    "organizations": "0004_trust_and_mail",
    "listings": "0012_version_welcome",
    "moderation": "0007_by_time",
}
EXPAND = "Expand first, contract a release later: see docs/operating/upgrading.md."
GONE = "the release before still reads and writes it. Stop using it in this release, remove it in the next. " + EXPAND
RENAMED = "the release before knows only the old name. Add the new one beside it, fill both, remove the old one later."
LOCKS = "on a large table it holds up all who write. Add it to a new table, or say in old_code how large this one is."
RULES: dict[type[Operation], str] = {
    known.DeleteModel: GONE,
    known.RemoveField: GONE,
    known.RenameModel: RENAMED,
    known.RenameField: RENAMED,
    known.AlterModelTable: RENAMED,
    known.AddIndex: LOCKS,
    known.AddConstraint: "rows of the release before may break it. Keep the rule in the code first.",
    known.AlterUniqueTogether: "rows of the release before may break it. Keep the rule in the code first.",
}
HARMLESS = (
    known.CreateModel,
    known.AlterModelOptions,
    known.AlterModelManagers,
    known.AlterModelTableComment,
    known.RemoveConstraint,
    known.RemoveIndex,
    known.RenameIndex,
)
DANGEROUS_SQL = re.compile(
    r"\b(DROP\s+(TABLE|COLUMN)|RENAME|SET\s+NOT\s+NULL|ALTER\s+COLUMN|TRUNCATE)\b", re.IGNORECASE
)
SHORTEST_REASON = 20


def problems_of(migration: Migration, state: ProjectState) -> Iterator[str]:
    """What the release before cannot live with. `state` is that before the migration; it is moved forward."""
    new = set()
    for operation in _in_the_database(migration.operations):
        name = str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower()
        if isinstance(operation, known.CreateModel):
            new.add(operation.name.lower())
        elif name not in new and (problem := _problem(operation, migration.app_label, state)):
            yield f"{operation.describe()}: {problem}"
        operation.state_forwards(migration.app_label, state)


def _in_the_database(operations: Sequence[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, known.SeparateDatabaseAndState):
            yield from _in_the_database(operation.database_operations)
        else:
            yield operation


def _problem(operation: Operation, app: str, state: ProjectState) -> str:
    if isinstance(operation, known.AddField):
        return _of_new_column(operation.field)
    if isinstance(operation, known.AlterField):
        return _of_changed_column(
            state.models[app, operation.model_name_lower].get_field(operation.name), operation.field
        )
    if isinstance(operation, known.RunPython | known.RunSQL):
        return _of_own_steps(operation)
    if isinstance(operation, HARMLESS):
        return ""
    return next((told for kind, told in RULES.items() if isinstance(operation, kind)), "nobody has judged this kind.")


def _of_new_column(field: Field) -> str:
    if isinstance(field, ManyToManyField):
        return ""
    if not field.null and field.db_default is NOT_PROVIDED:
        return "the release before adds rows without it. Give it db_default=..., or null=True. " + EXPAND
    return "two rows of the release before would be equal. Leave unique out." if field.unique else ""


def _of_changed_column(before: Field, after: Field) -> str:
    if before.null and not after.null:
        return "the release before writes rows without it. Fill it in the code first, forbid NULL a release later."
    if before.get_internal_type() != after.get_internal_type() or before.db_column != after.db_column:
        return "the release before reads and writes the old kind. Add a new column beside it. " + EXPAND
    if after.max_length is not None and (before.max_length is None or after.max_length < before.max_length):
        return "the release before writes longer texts. Shorten in the form first, the column a release later."
    if after.unique and not before.unique:
        return "rows of the release before may break it. Keep the rule in the code first."
    return LOCKS if getattr(after, "db_index", False) and not getattr(before, "db_index", False) else ""


def _of_own_steps(operation: known.RunPython | known.RunSQL) -> str:
    if not operation.reversible:
        return "there is no way back. Give it one; a step that needs none says so (noop)."
    if isinstance(operation, known.RunSQL) and DANGEROUS_SQL.search(str(operation.sql)):
        return GONE
    return ""


def all_problems() -> Iterator[str]:
    loader = MigrationLoader(None)
    for app, last in BASELINE.items():
        for key in sorted(key for key in loader.disk_migrations if key[0] == app and key[1] > last):
            migration = loader.disk_migrations[key]
            found = list(problems_of(migration, loader.project_state(key, at_end=False)))
            if len(getattr(migration, "old_code", "")) < SHORTEST_REASON:
                yield from (f"{app}/migrations/{key[1]}.py: {problem}" for problem in found)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    told = list(all_problems())
    sys.stdout.writelines(f"{line}\n" for line in told)
    sys.exit(1 if told else 0)
