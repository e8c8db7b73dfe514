"""People at work: readers, editors and moderators, each in a thread, until told to stop."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from threading import Event, Thread

from scripts.faults.browser import Browser, NotDone, Values
from scripts.faults.told import Told
from scripts.listing_answers import CONTACT, FOR_WHOM, GUIDE, when_and_where

LANGUAGES = ("fi", "sv", "en", "ru", "uk", "ar", "fa", "so", "zh-hans", "et", "fr", "es", "tr")
WORDS = ("kieli", "kahvila", "language", "musik", "liikunta", "suomi", "perhe", "ruoka", "club", "jalka")
EVERYDAY = ("?free=yes", "?when=week", "?order=newest", "?language=fi", "?accessible=yes", "?page=2", "")
READER_PAUSE, WORKER_PAUSE, LOOKS_AGAIN = 0.1, 0.2, 0.5
SAID_WHEN_RETURNED = {"message": "Kerro tarkemmin.", "reasons": ["no-referral"]}
RETURNED_EVERY = 5
CHANGED_EVERY = 3


class Ended(Exception):
    """The work is over, in the middle of something."""


class Reader:
    """Asks for lists, listings and searches in all languages, half of them as nobody has asked before."""

    def __init__(self, browser: Browser, slugs: Sequence[str], seed: int) -> None:
        self.browser, self.slugs = browser, slugs
        self.chance = random.Random(seed)  # noqa: S311

    def once(self) -> None:
        """One page."""
        self.browser.client.cookies.clear()
        with suppress(NotDone):
            self.browser.open(self._somewhere())
        time.sleep(READER_PAUSE)

    def _somewhere(self) -> str:
        chance, language = self.chance, self.chance.choice(LANGUAGES)
        return chance.choice(
            (
                f"/{language}/",
                f"/{language}/activities/{chance.choice(EVERYDAY)}",
                f"/{language}/activities/?words={chance.choice(WORDS)}+{chance.randrange(10_000)}",
                f"/{language}/activities/{chance.choice(self.slugs)}/",
                f"/{language}/activities/week/",
                f"/{language}/activities/{chance.choice(self.slugs)}/",
            )
        )


class Worker:
    """Somebody who is signed in. What does not work is tried again, as people do."""

    def __init__(self, browser: Browser, told: Told, ended: Event) -> None:
        self.browser, self.told, self.ended = browser, told, ended

    def insist(self, step: Callable[[], str]) -> str:
        """Do a step until the portal says that it is done."""
        while not self.ended.is_set():
            with suppress(NotDone):
                return step()
            time.sleep(LOOKS_AGAIN)
        raise Ended


class Editor(Worker):
    """Writes listings from the first question to the last button, and changes place and time of some."""

    def __init__(self, browser: Browser, told: Told, ended: Event, organization: int, name: str) -> None:
        super().__init__(browser, told, ended)
        self.organization, self.name = organization, name
        self.numbers = count(1)

    def once(self) -> None:
        """One listing."""
        number = next(self.numbers)
        new = f"/en/desk/organizations/{self.organization}/new/"
        first = self.insist(lambda: self.browser.send(self.browser.open(new), "/new/", GUIDE))
        pk = int(first.split("/listings/")[1].split("/")[0])
        self.told.done("begun", pk)
        title = f"Language café {self.name} {number}"
        self._what(pk, title)
        self._step(pk, "for-whom", FOR_WHOM)
        venue = f"Talo {self.name} {number}"
        self._step(pk, "when-and-where", when_and_where(venue))
        self.told.done("venue", pk, venue)
        self._step(pk, "contact", CONTACT)
        self._submit(pk)
        if number % CHANGED_EVERY == 0:
            self._change(pk, f"Uusi talo {self.name} {number}")

    def _send_step(self, pk: int, code: str, values: Values) -> str:
        return self.browser.send(self.browser.open(f"/en/desk/listings/{pk}/step/{code}/"), f"/step/{code}/", values)

    def _step(self, pk: int, code: str, values: Values) -> None:
        time.sleep(WORKER_PAUSE)
        self.insist(lambda: self._send_step(pk, code, values))

    def _what(self, pk: int, title: str) -> None:
        texts = {"summary_en": "We speak slowly, together.", "description_en": "We drink coffee and talk."}
        self._step(pk, "what", {"title_en": title, **texts, "forms": ["language_club"], "aims": ["interaction"]})
        self.told.done("title", pk, title)

    def _submit(self, pk: int) -> None:
        """Sent, or sent already when the first answer did not come: the portal leads to the listing both times."""

        def send() -> str:
            page = self.browser.open(f"/en/desk/listings/{pk}/step/preview/")
            if page.url.path.endswith("/step/preview/"):
                to = self.browser.send(page, "/submit/")
                if to.endswith("/preview/"):
                    raise NotDone(f"{pk} could not be sent")
            return ""

        self.insist(send)
        self.told.done("submitted", pk)

    def _change(self, pk: int, venue: str) -> None:
        """Take it back from the moderators or, if it is decided, open a new version; then send it again."""
        address = f"/en/desk/listings/{pk}/"

        def change() -> str:
            page = self.browser.open(address)
            for action in ("/take-back/", "/edit/"):
                if f'action="{address[:-1]}{action}"' in page.text:
                    self.browser.send(page, action)
                    self.told.done("opened again", pk)
                    break
            return self._send_step(pk, "when-and-where", when_and_where(venue))

        # A moderator may have decided in between: then it is opened in the other way.
        time.sleep(WORKER_PAUSE)
        self.insist(change)
        self.told.done("venue", pk, venue)
        self._submit(pk)


class Moderator(Worker):
    """Takes what waits and decides, one after the other."""

    decided = 0

    def once(self) -> None:
        """One case, if there is one."""
        try:
            self._decide()
        except NotDone:
            time.sleep(LOOKS_AGAIN)

    def _decide(self) -> None:
        to = self.browser.send(self.browser.open("/en/moderation/"), "/moderation/take/")
        if "/moderation/versions/" not in to:
            time.sleep(LOOKS_AGAIN)
            return
        pk = to.partition("?")[0].rstrip("/").rsplit("/", 1)[1]
        page = self.browser.open(to)
        time.sleep(WORKER_PAUSE)
        self.decided += 1
        is_returned = self.decided % RETURNED_EVERY == 0
        outcome, verb = ("returned", "return") if is_returned else ("published", "publish")
        said = SAID_WHEN_RETURNED if is_returned else {}
        address = f"/en/moderation/versions/{pk}"
        after = self.browser.send(page, f"/versions/{pk}/return/", said, to=f"{address}/{verb}/")
        # Whoever came too late is led to the same case again.
        if f"/versions/{pk}/" not in after:
            self.told.done("decided", int(pk), outcome)


@contextmanager
def at_work(people: Sequence[Reader | Worker], ended: Event) -> Iterator[None]:
    """All work side by side. Who stops because of a mistake of theirs ends the run."""
    mistakes: list[BaseException] = []

    def work(person: Reader | Worker) -> None:
        try:
            while not ended.is_set():
                person.once()  # type: ignore[union-attr]
        except Ended:
            pass
        except BaseException as error:  # in a thread, nobody else would hear of it
            mistakes.append(error)

    threads = [Thread(target=work, args=[person], daemon=True) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(60)
        if mistakes:
            raise mistakes[0]
