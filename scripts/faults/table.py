"""What was seen, as a table in Markdown."""

from collections import Counter

from scripts.faults.mailbox import Mailbox
from scripts.faults.told import Phase

READERS = ("readers",)
WRITERS = ("editors", "moderators", "main user", "newcomers")
HEAD = """
| fault | back after, s | readers: pages | failed | what they saw | writing: requests | failed | what they saw | last error after, s | longest time without mail, s |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"""  # noqa: E501


def _share(failed: int, of: int) -> str:
    return f"{100 * failed / of:.1f} %" if of else "none asked"


def _words(errors: Counter[str]) -> str:
    return ", ".join(f"{outcome} × {number}" for outcome, number in errors.most_common())


def row(phase: Phase, mailbox: Mailbox) -> str:
    cells = [phase.name, f"{phase.back_after:.1f}" if phase.back_after else ""]
    for kinds in (READERS, WRITERS):
        errors = phase.errors(*kinds)
        asked = phase.count(*kinds)
        cells += [f"{asked:,}", _share(errors.total(), asked), _words(errors)]
    cells.append(f"{phase.errors_ended_after:.1f}" if phase.last_error else "")
    cells.append(f"{mailbox.longest_gap(phase.began, phase.ended):.0f}")
    return f"| {' | '.join(cells)} |"


def share_of_readers(phase: Phase) -> float:
    asked = phase.count(*READERS)
    return phase.errors(*READERS).total() / asked if asked else 0.0
