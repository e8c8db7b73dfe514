"""Remembers the variables that templates of ours ask for and that nobody gave them."""

from inspect import currentframe
from pathlib import Path

import pytest
from django.template import Engine
from django.template.base import UNKNOWN_SOURCE

OURS = [Path(folder) for folder in Engine.get_default().dirs]


def _template_in_use() -> str:
    """The file that is being rendered: the nearest one up the stack."""
    frame = currentframe()
    while frame is not None:
        context = frame.f_locals.get("context")
        template = getattr(getattr(context, "render_context", None), "template", None)
        if template is not None:
            return template.origin.name if template.origin else UNKNOWN_SOURCE
        frame = frame.f_back
    return UNKNOWN_SOURCE


class Undefined(str):
    """What Django writes where a variable is missing; it remembers which, and in which of our templates."""

    found: set[tuple[str, str]]

    def __new__(cls) -> "Undefined":
        text = super().__new__(cls, "%s")
        text.found = set()
        return text

    def __mod__(self, variable: object) -> str:
        file = Path(_template_in_use())
        # Django's, allauth's and the administration's own templates are theirs to mend.
        if any(file.is_relative_to(folder) for folder in OURS) or file.name == UNKNOWN_SOURCE:
            self.found.add((file.name, str(getattr(variable, "var", variable))))
        return ""


def remember_undefined(monkeypatch: pytest.MonkeyPatch) -> Undefined:
    """A recorder in the engine of now: Django makes a new one whenever a test overrides DEBUG or TEMPLATES."""
    recorder = Undefined()
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", recorder)
    return recorder
