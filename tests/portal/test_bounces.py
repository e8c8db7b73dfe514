"""Delivery reports: what a mail that came back changes, and what nobody can change by writing one."""

import os
from email.message import EmailMessage as Written
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from post_office.models import STATUS, Email, RecipientDeliveryStatus

from portal.mail import bounces
from portal.mail.bounce_reports import Broken, read_report
from portal.mail.bounces import NoMaildir, Outcome, take_bounces
from portal.mail.outbox import send_again
from portal.reach import not_reached
from tests import factories

pytestmark = pytest.mark.django_db

REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: no-reply@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
{about}
{answers}
{original}--part--
"""
ANSWER = """\
Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{address}>: unknown
"""
WHOLE = """\
--part
Content-Type: message/rfc822

From: no-reply@example.org
To: {to}
Message-ID: {message_id}
Subject: Aihe

Hei
"""
HEAD = """\
--part
Content-Type: text/rfc822-headers

From: no-reply@example.org
Message-ID:
 {message_id}
"""


def answer(address: str = "esa@example.org", status: str = "5.1.1", action: str = "failed") -> str:
    return ANSWER.format(address=address, status=status, action=action)


def report(message_id: str = "", *answers: str, original: str = WHOLE, about: str = "") -> str:
    back = original.format(to="esa@example.org", message_id=message_id) if message_id else ""
    return REPORT.format(about=about, answers="\n".join(answers or [answer()]), original=back)


@pytest.fixture
def maildir(tmp_path) -> Path:
    for name in ("tmp", "new", "cur"):
        (tmp_path / name).mkdir()
    return tmp_path


def put(maildir: Path, *contents: str | bytes) -> None:
    for content in contents:
        number = sum(1 for _file in maildir.glob("*/*"))
        data = content if isinstance(content, bytes) else content.encode()
        (maildir / "new" / f"17000000{number:02}.M1P1.mx").write_bytes(data)


def sent(to: str = "esa@example.org") -> Email:
    EmailMessage("Aihe", "Hei", to=[to]).send()
    mail = Email.objects.latest("pk")
    Email.objects.filter(pk=mail.pk).update(status=STATUS.sent, last_updated=timezone.now())
    return mail


def state(mail: Email) -> tuple[int, int | None]:
    mail.refresh_from_db()
    return mail.status, mail.recipient_delivery_status


REFUSED = (STATUS.failed, RecipientDeliveryStatus.HARD_BOUNCED)
WENT = (STATUS.sent, None)


@pytest.mark.parametrize("original", [WHOLE, HEAD])
def test_mail_that_came_back_is_marked_once_with_its_reason(maildir, client, original):
    mail, other = sent(), sent()
    put(maildir, report(mail.message_id, original=original), report(mail.message_id))
    assert take_bounces(maildir) == {Outcome.MARKED: 1, Outcome.UNKNOWN: 1}
    assert (state(mail), state(other)) == (REFUSED, WENT)
    assert [file.name[-4:] for file in sorted((maildir / "cur").iterdir())] == [":2,S", ":2,S"]
    assert not list((maildir / "new").iterdir())
    assert take_bounces(maildir) == {}
    assert mail.logs.count() == 1
    client.force_login(factories.UserFactory(operator=True))
    page = client.get(reverse("operator_mail")).content.decode()
    assert _("The mail came back: there is no such address.") in page
    assert "5.1.1 550 5.1.1 &lt;esa@example.org&gt;: unknown" in page


def test_mail_that_is_sent_again_and_comes_back_again_fails_again(maildir):
    mail = sent()
    put(maildir, report(mail.message_id))
    take_bounces(maildir)
    send_again([mail.pk], by=factories.UserFactory(operator=True))
    Email.objects.update(status=STATUS.sent)
    assert take_bounces(maildir) == {}
    assert state(mail) == WENT
    put(maildir, report(mail.message_id))
    assert take_bounces(maildir) == {Outcome.MARKED: 1}


@pytest.mark.parametrize(
    "told", [answer(status="4.2.2", action="delayed"), answer(status="4.4.7"), answer(status="2.0.0")]
)
def test_report_that_is_not_final_changes_nothing(maildir, told):
    mail = sent()
    put(maildir, report(mail.message_id, told))
    assert take_bounces(maildir) == {Outcome.TEMPORARY: 1}
    assert state(mail) == WENT


def test_mail_refused_for_what_is_in_it_says_nothing_about_the_address(maildir):
    mail = sent()
    put(maildir, report(mail.message_id, answer(status="5.7.1")))
    take_bounces(maildir)
    assert state(mail) == (STATUS.failed, None)
    assert not_reached(["esa@example.org"]) == set()


def test_report_without_the_id_is_about_the_last_mail_to_its_recipient(maildir):
    first, last, other = sent("Esa@example.org"), sent("Esa@example.org"), sent("ada@example.org")
    put(maildir, report())
    assert take_bounces(maildir) == {Outcome.MARKED: 1}
    assert (state(first), state(last), state(other)) == (WENT, REFUSED, WENT)


def test_id_in_a_field_of_its_own_is_found(maildir):
    first = sent()
    sent()
    put(maildir, report(about=f"X-Original-Message-ID: {first.message_id}\n"))
    take_bounces(maildir)
    assert state(first) == REFUSED


def test_mail_that_was_passed_on_fails_only_when_it_arrived_nowhere(maildir):
    mail = sent()
    put(maildir, report(mail.message_id, answer("a@example.com"), answer("b@example.com", "4.2.2")))
    take_bounces(maildir)
    assert state(mail) == WENT
    put(maildir, report(mail.message_id, answer("a@example.com"), answer("b@example.com")))
    take_bounces(maildir)
    assert state(mail) == REFUSED


def test_forged_reports_change_nothing(maildir):
    mail = sent("ada@example.org")
    old = sent("vanha@example.org")
    Email.objects.filter(pk=old.pk).update(last_updated=timezone.now() - bounces.REPORTED_WITHIN)
    queued = sent("jono@example.org")
    Email.objects.filter(pk=queued.pk).update(status=STATUS.queued)
    put(
        maildir,
        report(),  # an address to which nothing was ever sent
        report("<made.up@example.org>", answer("ada@example.org")),  # a recipient, but an id that is not ours
        report("", answer("vanha@example.org")),
        report("", answer("jono@example.org")),
        report("", answer("%@example.org"), answer("ada@example.org, x@example.org")),
    )
    assert take_bounces(maildir) == {Outcome.UNKNOWN: 5}
    assert state(mail) == WENT
    assert set(Email.objects.values_list("recipient_delivery_status", flat=True)) == {None}


def test_what_cannot_be_read_is_counted_and_the_next_report_is_read(maildir, monkeypatch):
    mail = sent()
    monkeypatch.setattr(bounces, "MOST_BYTES", 50_000)
    reply = Written()
    reply["Subject"] = "Out of office"
    reply.set_content("I am back on Monday.")
    nested = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(1000))
    put(
        maildir,
        b"\xff\x00\xfe" * 99,
        bytes(reply),
        REPORT.replace("message/delivery-status", "text/plain"),
        report("").replace("Action", "Auction"),
        report(mail.message_id) + "x" * 50_000,
        nested,
        report("", answer("nul\x00@example.org", "5.1.1")),
        report(mail.message_id, answer().replace("unknown", "un\x00kn\x1b\u202eow\xe4n" * 500)),
    )
    (maildir / "new" / "folder").mkdir()
    counts = take_bounces(maildir)
    assert counts[Outcome.MARKED] == 1
    assert counts[Outcome.BROKEN] >= 4
    assert counts[Outcome.OTHER] >= 2
    assert counts.total() == 9
    assert state(mail) == REFUSED
    line = mail.logs.get().message
    assert len(line) < 600
    assert line.isprintable()
    assert take_bounces(maildir) == {}


def test_flood_is_read_in_parts(maildir, monkeypatch):
    monkeypatch.setattr(bounces, "MOST_MAILS", 2)
    put(maildir, report(), report(), report())
    assert [take_bounces(maildir).total() for _run in range(3)] == [2, 1, 0]


def test_mail_that_a_program_moved_without_reading_is_read_and_keeps_its_marks(maildir):
    mail = sent()
    put(maildir, report(mail.message_id), report(mail.message_id))
    first, second = sorted((maildir / "new").iterdir())
    first.rename(maildir / "cur" / f"{first.name}:2,F")
    second.rename(maildir / "cur" / f"{second.name}:2,RS")
    assert take_bounces(maildir) == {Outcome.MARKED: 1}
    assert {file.name.partition(":2,")[2] for file in (maildir / "cur").iterdir()} == {"FS", "RS"}


def test_report_that_another_run_took_first_is_passed_over(maildir, monkeypatch):
    put(maildir, report(), report())
    files = bounces._unread(maildir)
    os.unlink(files[0])
    monkeypatch.setattr(bounces, "_unread", lambda folder: files)
    assert take_bounces(maildir) == {Outcome.UNKNOWN: 1}


def test_command_says_what_it_read_and_what_is_missing(maildir, settings, capsys):
    settings.BOUNCE_MAILDIR = ""
    with pytest.raises(CommandError, match="is empty"):
        call_command("take_bounces")
    settings.BOUNCE_MAILDIR = str(maildir / "nowhere")
    with pytest.raises(CommandError, match="is no Maildir"):
        call_command("take_bounces")
    with pytest.raises(NoMaildir):
        take_bounces(maildir / "nowhere")
    settings.BOUNCE_MAILDIR = str(maildir)
    put(maildir, report(sent().message_id))
    call_command("take_bounces")
    assert capsys.readouterr().out.startswith("1 read: 1 marked as not delivered, 0 not final")


def test_report_needs_somebody_and_something_that_happened():
    with pytest.raises(Broken):
        read_report(REPORT.format(about="", answers="", original="").encode())
    assert read_report(b"Subject: Hei\n\nHei") is None


def test_address_is_reached_again_after_a_later_mail(maildir):
    mail = sent()
    put(maildir, report(mail.message_id))
    take_bounces(maildir)
    assert not_reached(["ESA@example.org", "ada@example.org"]) == {"ESA@example.org"}
    sent("ada@example.org")
    assert not_reached(["esa@example.org"]) == {"esa@example.org"}
    sent("esa@example.org")
    assert not_reached(["esa@example.org"]) == set()


def test_mail_sent_before_the_refusal_proves_nothing(maildir):
    mail = sent()
    sent()
    put(maildir, report(mail.message_id))
    take_bounces(maildir)
    assert not_reached(["esa@example.org"]) == {"esa@example.org"}
