"""With the keyboard alone: the guide speaks while one writes, and leads from blocked drafts to sent listings."""

import pytest
from django.utils.translation import gettext, override

from listings import actions
from listings.models import Version
from organizations.models import User
from tests import factories
from tests.browser.again import again
from tests.browser.visitor import Visitor
from tests.guards.world import address

pytestmark = [pytest.mark.browser, pytest.mark.pages]

BLOCKED = {
    "single": {"schedule_kind": "dates", "weekdays": [], "dates": ["2030-01-07"], "last_date": None},
    "referral": {"participation": "referral"},
    "training": {"volunteering": "supporter_training"},
}
RECRUITS = {
    "fi": " Keittiö etsii nyt vapaaehtoisia auttajia.",
    "sv": " Vi söker frivilliga som hjälper till i köket.",
}


class Keyboard(Visitor):
    """A writer whose hands never leave the keyboard, and who knows a page by where the focus is."""

    def __init__(self, visitor: Visitor, user: User) -> None:
        super().__init__(visitor.context, visitor.origin, has_scripts=True)
        self.user = user
        self.organization = user.memberships.get().organization

    def press_key(self, key: str) -> None:
        self.page.keyboard.press(key)

    def is_at(self, selector: str) -> bool:
        return self.page.evaluate("selector => document.activeElement.matches(selector)", selector)

    def tab_to(self, selector: str, most: int = 140) -> None:
        """Press Tab until something has the focus."""
        for _ in range(most):
            if self.is_at(selector):
                return
            self.press_key("Tab")
        pytest.fail(f"Tab does not reach {selector}")

    def follow(self, selector: str) -> None:
        """Go to what leads to a page, and press Enter."""
        self.tab_to(selector)
        with self.page.expect_navigation() as navigation:
            self.press_key("Enter")
        self._look(navigation.value, 200)

    def choose_by_arrows(self, name: str, code: str) -> None:
        """Move in a group of radio buttons until this one is chosen."""
        self.tab_to(f'[name="{name}"]')
        for _ in range(12):
            if self.is_at(f'[name="{name}"][value="{code}"]:checked'):
                return
            self.press_key("ArrowDown")
        pytest.fail(f"the arrows do not reach {code}")

    def said_at(self, name: str) -> str:
        """The rules that speak at a field."""
        return " ".join(self.one(f"#id_{name}_notes .finding-rule code").all_inner_texts())

    def wait_until_said(self, name: str, code: str) -> None:
        self.one(f'#id_{name}_notes code:text-is("{code}")').wait_for()

    def wait_until_silent(self, name: str) -> None:
        self.one(f"#id_{name}_notes .finding").first.wait_for(state="detached")


@pytest.fixture
def writer(new_visitor) -> Keyboard:
    user = factories.MembershipFactory().user
    return Keyboard(new_visitor(user), user)


def blocked(writer: Keyboard, kind: str) -> Version:
    return factories.draft(writer.organization, by=writer.user, venue=kind, **BLOCKED[kind])


def step(version: Version, code: str, language: str) -> str:
    return address("listing_step", (version.listing_id, code), language)


def to_the_preview(writer: Keyboard, version: Version, language: str) -> None:
    writer.follow(f'.stages a[href="{step(version, "preview", language)}"]')
    assert not writer.has(".error-summary")
    writer.follow('form[action$="/submit/"] button:not([formaction])')
    version.refresh_from_db()
    assert version.state == Version.State.SUBMITTED


def put_the_dates_into_one_listing(writer: Keyboard, version: Version, language: str) -> None:
    writer.go(step(version, "when-and-where", language))
    assert writer.said_at("dates") == "not-single-event"
    writer.tab_to("#id_dates")
    writer.press_key("Control+End")
    writer.press_key("Enter")
    writer.page.keyboard.type("14.1.2030")
    writer.wait_until_silent("dates")
    assert writer.is_at("#id_dates")
    writer.follow(".form-foot button:not([name])")


def let_people_come_without_a_referral(writer: Keyboard, version: Version, language: str) -> None:
    writer.go(step(version, "guide", language))
    assert writer.said_at("participation") == "no-referral"
    writer.choose_by_arrows("participation", "registration")
    writer.wait_until_silent("participation")
    assert writer.is_at('[name="participation"][value="registration"]')
    writer.follow(".form-foot button:not([name])")


def move_the_training_with_one_press(writer: Keyboard, version: Version, language: str) -> None:
    writer.go(step(version, "guide", language))
    writer.tab_to("#id_volunteering_notes a")  # past the choices, without choosing anything else
    writer.press_key("Shift+Tab")
    assert writer.is_at('button[name="move_to"][value="professional"]')
    writer.follow('button[name="move_to"]')
    assert writer.has(".messages .notice--ok")
    assert writer.chosen("section", "audience", "volunteering") == {
        "section": "professional",
        "audience": "professionals",
        "volunteering": "supporter_training",
    }


WAYS_OUT = {
    "single": put_the_dates_into_one_listing,
    "referral": let_people_come_without_a_referral,
    "training": move_the_training_with_one_press,
}


@pytest.mark.parametrize("language", ["fi", again("sv"), again("en")])
def test_keyboard_leads_from_blocked_drafts_to_sent_listings(writer, language):
    for kind, mend in WAYS_OUT.items():
        version = blocked(writer, kind)
        mend(writer, version, language)
        to_the_preview(writer, version, language)
    assert writer.checked == writer.looked_at
    assert len(writer.checked) == 12


@pytest.mark.parametrize("language", ["fi", again("sv")])
def test_findings_come_while_writing_and_the_focus_stays(writer, language):
    version = factories.draft(writer.organization, by=writer.user)
    name = f"description_{language}"
    texts = {**factories.answers()["description"], "sv": "Vi dricker kaffe."}
    actions.save_answers(version, by=writer.user, answers={"description": texts})
    writer.go(step(version, "what", language))
    assert writer.text("[role=status]#heard") == ""
    # A screen reader hears what changes in here: how often it does is counted.
    writer.page.evaluate(
        "window.heard = [];"
        "new MutationObserver(() => heard.push(document.getElementById('heard').innerText))"
        ".observe(document.getElementById('heard'), {childList: true, subtree: true})"
    )
    writer.tab_to(f"#id_{name}")
    writer.press_key("Control+End")
    place = writer.one(f"#id_{name}").bounding_box()
    writer.page.keyboard.type(RECRUITS[language], delay=10)
    writer.wait_until_said(name, "volunteering")
    assert writer.one(f"#id_{name}_notes mark").first.inner_text() in RECRUITS[language]
    assert writer.is_at(f"#id_{name}")
    assert writer.one(f"#id_{name}").bounding_box() == place
    assert f"id_{name}_notes" in writer.one(f"#id_{name}").get_attribute("aria-describedby").split()
    writer.check()
    label = writer.one(f"label[for=id_{name}]").inner_text()
    writer.page.keyboard.type(" ...")  # on goes the sentence, where the caret is
    with writer.page.expect_response(lambda response: response.url.endswith("/check/")):
        writer.page.keyboard.type("!")
    writer.page.wait_for_timeout(200)
    assert writer.one(f"#id_{name}").input_value() == texts[language] + RECRUITS[language] + " ...!"
    heard = writer.page.evaluate("window.heard")
    assert len(heard) == 1
    assert label in heard[0]
    assert "1" in heard[0]

    writer.press_key("Control+A")
    writer.page.keyboard.type("OK.")
    writer.wait_until_silent(name)
    with override(language):
        assert writer.text("#heard") == gettext("Nothing more to look at here.")
    version.refresh_from_db()
    assert version.texts("description") == texts


def test_lost_session_and_lost_network_are_silent(writer):
    version = factories.draft(writer.organization, by=writer.user)
    writer.go(step(version, "what", "fi"))
    title = writer.page.title()
    writer.context.clear_cookies()
    writer.tab_to("#id_description_fi")
    for cut in (False, True):
        writer.context.set_offline(cut)
        with writer.page.expect_event("requestfailed" if cut else "requestfinished"):
            writer.page.keyboard.type(RECRUITS["fi"])
        writer.page.wait_for_timeout(300)
        assert not writer.has(".finding")
        assert writer.is_at("#id_description_fi")
        assert writer.page.title() == title
