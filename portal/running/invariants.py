"""Asks what must always be true. The apps say it, `settings.INVARIANTS` names their functions."""

import inspect
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

# Of each: so many problems are kept in words, all are counted.
MOST_KEPT = 20


@dataclass
class Answer:
    """What one invariant found. `claim` is what should be true."""

    name: str
    claim: str
    count: int = 0
    problems: list[str] = field(default_factory=list)


def names() -> list[str]:
    """Short names: app and function."""
    return [name.replace(".invariants", "") for name in settings.INVARIANTS]


def ask(only: str = "") -> Iterator[Answer]:
    """Ask one after the other, or those alone whose short name begins with `only`."""
    for short, name in zip(names(), settings.INVARIANTS, strict=True):
        if short.startswith(only):
            yield _asked(short, cast(Callable[[], Iterator[str]], import_string(name)))


def _asked(name: str, invariant: Callable[[], Iterator[str]]) -> Answer:
    answer = Answer(name, (inspect.getdoc(invariant) or "").partition("\n")[0])
    for problem in invariant():
        answer.count += 1
        if len(answer.problems) < MOST_KEPT:
            answer.problems.append(problem)
    return answer


class Untrue(Exception):
    """Something that must always be true is not."""


def insist() -> None:
    """Ask all. What is not true is said in the log, and raised at the end."""
    wrong = [answer for answer in ask() if answer.count]
    for answer in wrong:
        logger.error("%s: not so %s times: %s", answer.name, answer.count, answer.claim)
    if wrong:
        raise Untrue(", ".join(answer.name for answer in wrong))
