"""A listing is sent back and comes again, once by phone in Finnish and once at a desk in Swedish.

What decides is done with the keyboard alone: the answer is sent, the case is sent back and published by keys.
"""

import pytest
from django.urls import reverse
from django.utils.translation import override

from listings import actions
from listings.models import Version
from tests import factories
from tests.browser.again import again
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

WORDS = {
    "fi": {
        "note": "Kirjoita, mitä ihmiset tekevät ensin.",
        "now": "Keitämme kahvia ja juttelemme.",
        "taken_out": "Juomme",
        "added": "Keitämme",
        "answer": "Tarkensin, miten ilta alkaa.",
    },
    "sv": {
        "note": "Skriv vad människor gör först.",
        "now": "Keitämme kahvia ja juttelemme.",
        "taken_out": "Juomme",
        "added": "Keitämme",
        "answer": "Jag skrev hur kvällen börjar.",
    },
}


def address(language: str, name: str, *args: object) -> str:
    with override(language):
        return reverse(name, args=args)


def press_with_the_keyboard(visitor: Visitor, selector: str) -> None:
    """Reach a button by Tab, as far as that takes, and press Enter."""
    button = visitor.one(selector)
    for _press in range(150):
        if button.evaluate("one => one === document.activeElement"):
            break
        visitor.page.keyboard.press("Tab")
    else:
        pytest.fail(f"{selector} cannot be reached by the keyboard")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def type_into(visitor: Visitor, selector: str, text: str) -> None:
    """Put the focus into a field and type; the field is not filled in from outside."""
    visitor.one(selector).focus()
    visitor.page.keyboard.press("ControlOrMeta+a")
    visitor.page.keyboard.type(text)


@pytest.mark.parametrize(
    ("scripts", "width", "language"),
    [
        again(False, 390, "fi", id="phone-without-scripts-fi"),
        pytest.param(True, 1280, "sv", id="desk-with-scripts-sv"),
    ],
)
def test_listing_that_was_sent_back_comes_again(new_visitor, mailbox, scripts, width, language):
    words = WORDS[language]
    organization = factories.OrganizationFactory(active=True)
    author = factories.MembershipFactory(organization=organization, user__preferred_language=language).user
    moderator = factories.UserFactory(moderator=True, preferred_language=language)
    version = factories.draft(organization, by=author, title={"fi": "Kielikahvila naapureille"})
    actions.save_answers(
        version,
        by=author,
        answers={"summary": {"fi": "Puhutaan."}, "description": {"fi": "Juomme kahvia ja juttelemme."}},
    )
    pk = version.listing_id
    writer = new_visitor(author, width=width, scripts=scripts)
    judge = new_visitor(moderator, width=width, scripts=scripts)

    # The author sends it, the moderator sends it back.
    writer.go(address(language, "listing_step", pk, "preview"))
    press_with_the_keyboard(writer, 'form[action$="/submit/"] .form-foot button:not([formaction])')
    judge.go(address(language, "version_decide", version.pk))
    judge.unfold("details:has([name$=description])")
    type_into(judge, '[name$="description"]', words["note"])
    judge.unfold(".reasons details")
    judge.one('[name="reasons"][value="no-referral"]').focus()
    judge.page.keyboard.press("Space")
    press_with_the_keyboard(judge, 'button[formaction$="/return/"]')
    assert Version.objects.get(pk=version.pk).state == Version.State.RETURNED

    # The author sees the note beside the answer, and the way to it.
    writer.go(address(language, "listing_step", pk, "preview"))
    assert words["note"] in writer.text("[aria-labelledby=asked]")
    way = writer.one("[aria-labelledby=asked] a[href*='step/what/#id_description']")
    way.focus()
    with writer.page.expect_navigation():
        writer.page.keyboard.press("Enter")
    assert words["note"] in writer.field("description_fi").inner_text()
    assert not writer.field("description_fi").locator(".saved").count()
    type_into(writer, "[name=description_fi]", words["now"])
    press_with_the_keyboard(writer, "main form[method=post] .form-foot button:not([name])")
    writer.go(address(language, "listing_step", pk, "what"))
    assert writer.field("description_fi").locator(".saved").count() == 1
    assert writer.written("title_fi") == {"title_fi": "Kielikahvila naapureille"}

    # They answer and send it again.
    writer.go(address(language, "listing_step", pk, "preview"))
    type_into(writer, "[name=answer]", words["answer"])
    press_with_the_keyboard(writer, 'form[action$="/submit/"] .form-foot button:not([formaction])')
    assert Version.objects.get(pk=version.pk).state == Version.State.SUBMITTED

    # Whoever sent it back has it on top, sees the answer and each word, and publishes.
    judge.go(address(language, "moderation_queue"))
    judge.press("[aria-labelledby=come-again] a")
    since = judge.one("[aria-labelledby=since-returned]")
    assert words["answer"] in since.inner_text()
    assert since.locator("del", has_text=words["taken_out"]).count() == 1
    assert since.locator("ins", has_text=words["added"]).count() == 1
    press_with_the_keyboard(judge, 'button[formaction$="/publish/"]')
    assert Version.objects.get(pk=version.pk).state == Version.State.PUBLISHED

    # Each heard of the other by mail, in their language.
    for person, times in ((author, 2), (moderator, 1)):
        mails = mailbox.to(person.email)
        assert len(mails) == times
        assert all(f'lang="{language}"' in mail.get_body(("html",)).get_content() for mail in mails)
