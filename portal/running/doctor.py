"""Looks a set-up over and says in plain words what is wrong and what to do. Each check is a small function in a list.

A check yields findings; one that yields none is well. A fault has to be mended before people come; advice is what
those who run the portal should know. In the embedded default and in a demonstration, what only matters in earnest is
advice.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

OK, ADVICE, FAULT, NOT_LOOKED_AT = "ok", "advice", "fault", "not looked at"


@dataclass(frozen=True)
class Finding:
    """`what` is wrong, and what to `do`."""

    level: str
    what: str
    do: str = ""


@dataclass(frozen=True)
class Seen:
    """One line of the report."""

    check: str
    finding: Finding


Check = Callable[[], Iterable[Finding]]


def fault(what: str, do: str) -> Finding:
    return Finding(FAULT, what, do)


def advice(what: str, do: str) -> Finding:
    return Finding(ADVICE, what, do)


def in_earnest(what: str, do: str) -> Finding:
    """A fault where people come, advice where somebody tries the portal."""
    return Finding(ADVICE if settings.IS_EMBEDDED or settings.IS_DEMO else FAULT, what, do)


def name_of(check: Check) -> str:
    return check.__name__.replace("_", " ")


def examine() -> Iterator[Seen]:
    """Do all checks, in the order of settings. Those of the database's content only when it answers."""
    answers = True
    for dotted in settings.DOCTOR_CHECKS:
        check = import_string(dotted)
        if getattr(check, "needs_database", False) and not answers:
            yield Seen(name_of(check), Finding(NOT_LOOKED_AT, "The database does not answer."))
            continue
        findings = list(_findings(check))
        yield from (Seen(name_of(check), finding) for finding in findings)
        if not findings:
            yield Seen(name_of(check), Finding(OK, ""))
        if getattr(check, "is_of_database", False):
            answers = not any(finding.level == FAULT for finding in findings)


def _findings(check: Check) -> Iterator[Finding]:
    try:
        yield from check()
    except Exception as error:  # whatever it is, the other checks go on
        yield fault(f"It could not be looked at: {type(error).__name__}: {error}", "Mend what stands above first.")


def needs_database(check: Check) -> Check:
    """For checks that ask the tables."""
    check.needs_database = True  # type: ignore[attr-defined]
    return check
