"""What words cause: a table of text checks, each from the answers to the places a moderator should see.

Text alone never blocks, because words can be negated, quoted or used in another sense: every finding made
here is a review. A check looks at the words and at the answers that give them their meaning (a price in a
company's text, helpers sought where no volunteering is told of); whether its rule holds in the section is
decided here. The words themselves are data: see `patterns/README.md`.
"""

from collections.abc import Callable, Iterable, Iterator

from organizations.registering.project_names import project_words

from .answers import Answers
from .codes import COMMERCIAL_KINDS
from .findings import Finding, Place
from .rules import RULES
from .screening.occasions import places_of_one_occasion
from .screening.screener import places_of, read

TextCheck = Callable[[Answers], Iterable[Place]]


def find_project_names(answers: Answers) -> Iterator[Place]:
    """Yield a place for each of the organization's names that is a project's or a funding programme's."""
    for name in answers.organization_names:
        words = project_words(name)
        if words:
            yield Place("organization_names", words=words)


def find_prices(answers: Answers) -> Iterable[Place]:
    """Find prices in the text of a company or a cooperative that says that it takes none."""
    if answers.organization_kind not in COMMERCIAL_KINDS or answers.price_kind == "fee":
        return ()
    return places_of("free-of-charge", read(answers), answers.organization_kind)


def find_one_occasion(answers: Answers) -> Iterable[Place]:
    """Find talk of one occasion where the schedule tells of more. Listed dates speak for themselves."""
    if answers.schedule_kind == "dates" and len(set(answers.dates)) < 2:
        return ()
    return places_of_one_occasion(read(answers), answers.organization_kind)


def find_calls_for_volunteers(answers: Answers) -> Iterable[Place]:
    """Find calls for helpers where the listing says that it has no volunteering."""
    if answers.volunteering not in ("", "none"):
        return ()
    return places_of("volunteering", read(answers), answers.organization_kind)


def find_language_demands(answers: Answers) -> Iterable[Place]:
    """Find demands of fluency put to the participants of an activity that is open to everyone."""
    if answers.audience != "open_to_all":
        return ()
    return places_of("language-access", read(answers), answers.organization_kind)


def _find_patterns(code: str) -> TextCheck:
    """Return the check of a rule whose patterns say all."""

    def find(answers: Answers) -> Iterable[Place]:
        return places_of(code, read(answers), answers.organization_kind)

    return find


TEXT_CHECKS: dict[str, TextCheck] = {
    "project-as-organization": find_project_names,
    "free-of-charge": find_prices,
    "non-commercial": _find_patterns("non-commercial"),
    "no-referral": _find_patterns("no-referral"),
    "not-statutory": _find_patterns("not-statutory"),
    "not-degree-study": _find_patterns("not-degree-study"),
    "not-political": _find_patterns("not-political"),
    "not-religious": _find_patterns("not-religious"),
    "equal-treatment": _find_patterns("equal-treatment"),
    "not-single-event": find_one_occasion,
    "volunteering": find_calls_for_volunteers,
    "language-access": find_language_demands,
}


def text_findings(answers: Answers) -> list[Finding]:
    """Return the findings that words cause, in the order of the rules."""
    found = (
        (code, tuple(TEXT_CHECKS[code](answers)))
        for code, rule in RULES.items()
        if code in TEXT_CHECKS and rule.applies_in(answers.section)
    )
    return [Finding.from_places(code, places) for code, places in found if places]
