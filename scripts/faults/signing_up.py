"""Many people who make an account at the same moment, some of them twice."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

from scripts.faults.accounts import PASSWORD
from scripts.faults.browser import Browser, NotDone
from scripts.faults.scene import Scene

AT_ONCE = 40
TRIES = 20
# Of each hundred the first ten write the same address.
OF_A_HUNDRED, SAME = 100, 10
PEOPLE_OF_A_NETWORK = 20


def address_of(number: int) -> str:
    """Ten of a hundred have the same, as if somebody pressed the button again and again."""
    place = number % OF_A_HUNDRED
    return f"newcomer{number - place if place < SAME else number}@example.org"


def sign_up_all(scene: Scene) -> None:
    """Each from a fresh browser; twenty behind one address, as many as the portal takes from a network."""
    with ThreadPoolExecutor(AT_ONCE) as people:
        answered = list(people.map(_sign_up, repeat(scene), range(scene.signups)))
    scene.check(all(answered), f"{answered.count(False)} of {scene.signups} could not sign up")


def _sign_up(scene: Scene, number: int) -> bool:
    network = number // PEOPLE_OF_A_NETWORK
    way = f"127.1.{network // 250}.{network % 250 + 1}"
    browser = Browser(scene.production.url, scene.production.trust, scene.told, "newcomers", way)
    email = address_of(number)
    values = {"name": f"Newcomer {number}", "email": email, "password1": PASSWORD}
    try:
        for _try in range(TRIES):
            try:
                to = browser.send(browser.open("/en/account/signup/"), "/signup/", values)
            except NotDone:
                time.sleep(1)
                continue
            if to.endswith("/confirm-email/"):
                scene.told.done("signed up", email)
                return True
        return False
    finally:
        browser.close()
