"""What editors and moderators do, one request after the other. Each ask says what must be answered."""

from collections.abc import Generator
from dataclasses import dataclass, field
from random import Random

from scripts.listing_answers import CONTACT, FOR_WHOM, GUIDE, when_and_where
from scripts.load.visitor import Answer, Data

LANGUAGES = ("fi", "sv", "en", "ru", "uk", "et", "fr", "es", "tr", "so", "ar", "fa", "zh-hans")
SAVES_A_LISTING = 0.5  # of the visits of editors, so many make a new listing; the others change one
TAKE, CASES = "/moderation/take/", "/moderation/versions/"


@dataclass(frozen=True)
class Ask:
    kind: str
    path: str
    data: Data | None = None
    expected: tuple[int, ...] = field(default=(200,))


class Lost(Exception):
    """The answer was a page, but not what had to follow."""


Journey = Generator[Ask, Answer, None]


def _form(kind: str, path: str, data: Data) -> Ask:
    return Ask(kind, path, data, expected=(302,))


def editor(organization: int, chance: Random) -> Journey:
    """Again and again: the desk, a new listing by all its steps, and sending it; or a look at what one has."""
    made: list[str] = []
    while True:
        language = chance.choice(LANGUAGES)
        home = f"/{language}/desk/organizations/{organization}/"
        # Who has one organization is sent on to it.
        yield Ask("editor: desk", f"/{language}/desk/", expected=(302,))
        yield Ask("editor: desk", home)
        if made and chance.random() > SAVES_A_LISTING:
            yield from _look_at(f"/{language}/desk/listings/{chance.choice(made)}/")
            continue
        yield Ask("editor: form", f"{home}new/")
        answer = yield _form("editor: saving", f"{home}new/", GUIDE)
        listing = answer.location.split("/listings/")[-1].split("/")[0]
        own = f"/{language}/desk/listings/{listing}/"
        for code, data in _steps(language, chance).items():
            yield Ask("editor: form", f"{own}step/{code}/")
            yield _form("editor: saving", f"{own}step/{code}/", data)
        yield Ask("editor: form", f"{own}step/preview/")
        yield _form("editor: sending", f"{own}submit/", {})
        page = yield Ask("editor: desk", own)
        if "badge--look" not in page.page:
            raise Lost(f"{own} was not sent")
        made.append(listing)


def _look_at(own: str) -> Journey:
    yield Ask("editor: desk", own)
    yield Ask("editor: desk", f"{own}history/")


def moderator(chance: Random) -> Journey:
    """Again and again: the queue, the next case taken in hand, read, and decided."""
    while True:
        language = chance.choice(("fi", "sv", "en"))
        answer = yield Ask("moderator: queue", f"/{language}/moderation/")
        if TAKE not in answer.page:  # nothing waits
            continue
        answer = yield _form("moderator: taking", f"/{language}{TAKE}", {})
        while CASES in answer.location:
            case = answer.location
            yield Ask("moderator: case", case)
            if chance.random() < 0.9:
                answer = yield _form("moderator: deciding", f"{case}publish/", {})
            else:
                message = {"message": "Please say who leads the group.", "reasons": ["non-commercial"]}
                answer = yield _form("moderator: deciding", f"{case}return/", message)
            # A page between cases keeps the queue small for the others, too.
            yield Ask("moderator: queue", f"/{language}/moderation/")


def _steps(language: str, chance: Random) -> dict[str, Data]:
    number = chance.randrange(1_000_000)
    weekday = chance.choice(("mon", "tue", "wed", "thu", "fri"))
    return {
        "what": {
            "text_language": ["fi", "en"],
            "title_fi": f"Kielikahvila {number}",
            "summary_fi": "Puhumme suomea yhdessä.",
            "description_fi": "Juomme kahvia ja juttelemme. " * chance.randrange(1, 12),
            "title_en": f"Language café {number}",
            "summary_en": "We speak slowly, together.",
            "description_en": "We drink coffee and talk. " * chance.randrange(1, 12),
            "forms": ["language_club"],
            "aims": ["interaction", "networks"],
        },
        "for-whom": FOR_WHOM,
        "when-and-where": when_and_where("Pääkirjasto", weekday=weekday, days=chance.randrange(30, 120)),
        "contact": CONTACT,
    }
