"""Mail: a row first, a real conversation with a server after commit, nothing lost when the server refuses."""

import socket

import pytest
from django.core.management import call_command
from django.db import transaction
from post_office.models import STATUS, Email

from listings.models import Version
from moderation import actions
from tests import factories


def return_to(author, title="Kielikahvila"):
    organization = factories.MembershipFactory(user=author).organization
    draft = factories.draft(
        organization, by=author, title={"fi": title}, summary={"fi": "Tule."}, description={"fi": "Tule."}
    )
    version = factories.submitted(draft, by=author)
    moderator = factories.UserFactory(moderator=True)
    return actions.send_back(version, by=moderator, reasons=["no-referral"], message="Kerro <b>lisää</b> & pian.")


@pytest.mark.usefixtures("committed_db")
def test_mail_reaches_a_real_server_after_commit_in_the_authors_language(mailbox):
    author = factories.UserFactory(preferred_language="fi", email="kirjoittaja@example.org")
    with transaction.atomic():
        return_to(author, "Kielikahvila & tee")
        assert Email.objects.get().status == STATUS.queued
        assert mailbox.messages == []
    (message,) = mailbox.to("kirjoittaja@example.org")
    assert Email.objects.get().status == STATUS.sent
    assert message.get_content_type() == "multipart/alternative"
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert "Kielikahvila & tee" in text
    assert "Kerro <b>lisää</b> & pian." in text
    assert "Kerro &lt;b&gt;lisää&lt;/b&gt; &amp; pian." in html
    assert 'lang="fi"' in html
    version = Version.objects.get()
    assert f"/fi/desk/listings/{version.listing_id}/" in text
    assert "\n" not in message["Subject"]


@pytest.mark.usefixtures("committed_db")
def test_mail_of_an_action_that_fails_is_never_sent(mailbox):
    author = factories.UserFactory()
    with pytest.raises(RuntimeError), transaction.atomic():
        return_to(author)
        raise RuntimeError
    assert mailbox.messages == []
    assert not Email.objects.exists()


@pytest.mark.usefixtures("committed_db")
def test_mail_that_the_server_refuses_waits_and_goes_later(mailbox):
    mailbox.refusals = 1
    return_to(factories.UserFactory(email="kirjoittaja@example.org"))
    assert mailbox.messages == []
    assert Email.objects.get().status == STATUS.requeued
    Email.objects.update(scheduled_time=None)
    call_command("send_waiting_mail")
    assert len(mailbox.to("kirjoittaja@example.org")) == 1
    assert Email.objects.get().status == STATUS.sent


@pytest.mark.usefixtures("committed_db")
def test_server_that_is_down_does_not_stop_the_decision(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
    settings.POST_OFFICE = {
        **settings.POST_OFFICE,
        "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
    }
    decision = return_to(factories.UserFactory())
    assert decision.version.state == Version.State.RETURNED
    assert Email.objects.get().status == STATUS.requeued
