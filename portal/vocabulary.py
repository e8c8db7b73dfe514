"""The controlled vocabulary: each code's label and hint in every language, from `portal/reference/labels.jsonl`.

Codes are what the database and the import hold; labels are what people see. One file, so that a form, a filter,
a mail and the search index never call the same thing by two names.
"""

import json
from functools import cache, partial
from pathlib import Path

from django.utils.functional import lazy
from django.utils.translation import get_language

from portal.languages import full_language

LABELS_FILE = Path(__file__).parent / "reference" / "labels.jsonl"


@cache
def _records() -> dict[str, dict[str, dict]]:
    """The file as {group: {code: record}}, in the file's order."""
    groups: dict[str, dict[str, dict]] = {}
    for line in LABELS_FILE.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        groups.setdefault(record["group"], {})[record["code"]] = record
    return groups


def codes(group: str) -> tuple[str, ...]:
    """All codes of a group; `KeyError` for a group that does not exist."""
    return tuple(_records()[group])


def labels(group: str, code: str) -> dict[str, str]:
    """A code's label in each language."""
    return _records()[group][code]["labels"]


def _in_language(texts: dict[str, str], language: str | None) -> str:
    code = language or get_language() or "en"
    return texts.get(code) or texts.get(full_language(code)) or texts.get("en", "")


def label(group: str, code: str, language: str | None = None) -> str:
    """A code's label in the given language, else in the active one; the code itself when it is unknown."""
    record = _records()[group].get(code)
    return _in_language(record["labels"], language) if record else code


def hint(group: str, code: str, language: str | None = None) -> str:
    """One sentence that explains a code; empty when it is unknown."""
    record = _records()[group].get(code)
    return _in_language(record.get("hint", {}), language) if record else ""


label_lazy = lazy(label, str)


def choice_list(group: str) -> list[tuple[str, str]]:
    return [(code, label_lazy(group, code)) for code in codes(group)]


def choices(group: str) -> partial:
    """For a model or form field: the codes with their labels, read when needed, not stored in migrations."""
    return partial(choice_list, group)
