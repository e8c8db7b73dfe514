"""The faults in turn while people work, and the look at what is left."""

import time
from collections.abc import Callable, Sequence
from threading import Event

from scripts.faults import accounts, aftermath
from scripts.faults.accidents import FAULTS
from scripts.faults.browser import Browser
from scripts.faults.load import Editor, Moderator, Reader, Worker, at_work
from scripts.faults.mailbox import Mailbox
from scripts.faults.scene import Scene
from scripts.faults.table import HEAD, row, share_of_readers
from scripts.faults.told import Told
from scripts.production import Production
from scripts.production.compose import ROOT

READERS, EDITORS, MODERATORS = 4, 3, 2
CALM_SECONDS = 12  # before the first fault, and after each
SLUGS = 100


def set_scene(production: Production, mailbox: Mailbox, listings: int, signups: int) -> Scene:
    """Listings for readers, and organizations with people who write."""
    accounts.fill(production, ROOT, listings)
    slugs = accounts.public_slugs(SLUGS)
    approver = accounts.approver()
    editors = [accounts.make_editor(number, approver) for number in range(EDITORS + 1)]
    return Scene(production, Told(), mailbox, slugs, editors, signups)


def people_of(scene: Scene, ended: Event) -> list[Reader | Worker]:
    """Everybody who works, signed in where they have to be."""
    production, told = scene.production, scene.told
    people: list[Reader | Worker] = []
    for number in range(1, READERS + 1):
        way = accounts.READER_ADDRESS.format(number)
        people.append(Reader(Browser(production.url, production.trust, told, "readers", way), scene.slugs, number))
    for number, account in enumerate(scene.editors[1:], 1):
        browser = accounts.signed_in(production, told, "editors", account, number)
        people.append(Editor(browser, told, ended, account.organization, str(number)))
    for number in range(1, MODERATORS + 1):
        browser = accounts.signed_in(production, told, "moderators", accounts.make_moderator(number), 50 + number)
        people.append(Moderator(browser, told, ended))
    return people


def bring_about(scene: Scene, names: Sequence[str], say: Callable[[str], None]) -> None:
    """One fault after the other, each with calm after it; a row of the table for each."""
    ended, told = Event(), scene.told
    with told.during("before"):
        people = people_of(scene, ended)
    say(HEAD)
    with at_work(people, ended):
        with told.during("nothing: people work") as phase:
            time.sleep(2 * CALM_SECONDS)
        say(row(phase, scene.mailbox))
        scene.check(not phase.last_error, f"errors without a fault: {dict(phase.outcomes)}")
        for name in names:
            fault = FAULTS[name]
            with told.during(fault.title) as phase:
                try:
                    fault.bring_about(scene)
                except Exception as error:  # the others are looked at all the same
                    scene.check(False, f"could not be brought about: {error!r}")
                time.sleep(CALM_SECONDS)
                share = share_of_readers(phase)
                scene.check(share <= fault.share, f"{share:.1%} of the readers’ pages failed")
            say(row(phase, scene.mailbox))
        with told.during("nothing: all is over") as phase:
            time.sleep(2 * CALM_SECONDS)
        say(row(phase, scene.mailbox))
        scene.check(not phase.last_error, f"errors afterwards: {dict(phase.outcomes)}")


def look(scene: Scene, say: Callable[[str], None]) -> None:
    """What is left when everybody has stopped."""
    with scene.told.during("afterwards"):
        began = time.monotonic()
        aftermath.settles(scene)
        say(f"\n- Settled {time.monotonic() - began:.0f} seconds after the last request.")
        say(f"- `check_invariants`: {aftermath.invariants_hold(scene)}.")
        say(f"- Acknowledged writes, all looked up: {aftermath.writes_are_there(scene)}.")
        say(f"- Mails: {aftermath.mails_went_once(scene)}.")
