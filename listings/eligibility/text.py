"""What words cause: a table of text checks, each from the answers to the places a moderator should see.

Text alone never blocks, because words can be negated, quoted or used in another sense: every finding made
here is a review. A check looks at the words only; whether its rule holds in the section is decided here.
"""

from collections.abc import Callable, Iterable, Iterator

from organizations.project_names import project_words

from .answers import Answers
from .findings import Finding, Place
from .rules import RULES

TextCheck = Callable[[Answers], Iterable[Place]]


def find_project_names(answers: Answers) -> Iterator[Place]:
    """Yield a place for each of the organization's names that is a project's or a funding programme's."""
    for name in answers.organization_names:
        words = project_words(name)
        if words:
            yield Place("organization_names", words=words)


TEXT_CHECKS: dict[str, TextCheck] = {
    "project-as-organization": find_project_names,
}


def text_findings(answers: Answers) -> list[Finding]:
    """Return the findings that words cause, in the order of the rules."""
    found = (
        (code, tuple(TEXT_CHECKS[code](answers)))
        for code, rule in RULES.items()
        if code in TEXT_CHECKS and rule.applies_in(answers.section)
    )
    return [Finding.from_places(code, places) for code, places in found if places]
