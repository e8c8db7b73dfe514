"""The chain of the audit: what bends it is found, the database lets nobody bend it, erasure keeps it whole."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import override_settings
from django.utils import timezone
from post_office.models import Email

from moderation.models import Decision
from organizations import actions
from portal.audit import record, sealing
from portal.audit.append_only import missing_triggers, redacting
from portal.audit.chain import Head, hash_of, present_head, seal_of
from portal.audit.checking import Check
from portal.audit.heads import publish
from portal.audit.sealing import seal_events
from portal.models import AuditEvent, AuditSeal
from tests import factories
from tests.bending import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(organization, main_user) -> list[AuditEvent]:
    """Five events with their seals."""
    events = [
        record("changed", organization, by=main_user, organization_id=organization.pk, fields=[str(number)])
        for number in range(5)
    ]
    seal_events()
    return events


def problems(**known) -> list[str]:
    return list(Check().problems(**known))


def only(found: list[str], *words: str) -> bool:
    """Whether one thing was found, and it is told so."""
    assert len(found) == 1, found
    return all(word in found[0] for word in words)


def test_every_event_gets_one_seal_and_the_chain_holds(sealed):
    head = present_head()
    assert head.number == AuditSeal.objects.count() == AuditEvent.objects.count() == 5
    assert seal_events() == head == seal_events(all_of_them=True)
    assert problems() == problems(known=head) == []
    assert Head.read(str(head)) == head


@pytest.mark.parametrize(
    ("field", "value"), [("verb", "approved"), ("actor_id", 0), ("noun_id", 7), ("at", timezone.now())]
)
def test_changed_event_is_named(sealed, field, value):
    with unguarded():
        AuditEvent.objects.filter(pk=sealed[2].pk).update(**{field: value})
    assert only(problems(), f"Event {sealed[2].pk} ", "was changed")


@pytest.mark.parametrize("field", ["actor_label", "details", "salt"])
def test_changed_name_is_found_when_no_erasure_says_so(sealed, field):
    with unguarded():
        AuditEvent.objects.filter(pk=sealed[2].pk).update(**{field: "another"})
    assert only(problems(), f"Event {sealed[2].pk} ", "no erasure")


def test_deleted_event_is_named(sealed):
    with unguarded():
        AuditEvent.objects.filter(pk=sealed[2].pk).delete()
    assert only(problems(), f"Event {sealed[2].pk} ", "is gone")


def test_deleted_and_changed_seals_are_named(sealed):
    with unguarded():
        AuditSeal.objects.filter(number=3).delete()
    assert only(problems(), "after number 2 is number 4")
    with unguarded():
        AuditSeal.objects.filter(number=5).update(personal="0" * 64)
    assert any("Seal 5 does not follow from seal 4" in problem for problem in problems())


def test_cut_end_is_found_by_the_head_that_was_published(sealed):
    head = present_head()
    with unguarded():
        AuditSeal.objects.filter(number__gt=3).delete()
        AuditEvent.objects.filter(pk__in=[event.pk for event in sealed[3:]]).delete()
    assert problems() == []  # nothing inside tells
    assert only(problems(known=head), "Seal 5 was published and is gone")


def test_chain_that_was_written_anew_is_found_by_the_head_that_was_published(sealed):
    head = present_head()
    with unguarded():
        AuditEvent.objects.filter(pk=sealed[1].pk).delete()
        AuditSeal.objects.all().delete()
    seal_events()
    record("changed", sealed[0], by=factories.UserFactory())
    seal_events()
    assert problems() == []
    assert only(problems(known=head), "Seal 5 is not the one that was published")


def test_event_that_was_put_in_later_is_found(sealed, main_user):
    """By hand, with a date of its own, before and after the next run has sealed it."""
    before = timezone.now() - timedelta(days=2)
    event = AuditEvent.objects.create(
        at=before, actor_id=main_user.pk, actor_label="", verb="approved", noun="user", noun_id=1
    )
    assert only(problems(), f"Event {event.pk} ", "has no seal")
    seal_events()
    assert only(problems(), f"Event {event.pk} ", "is dated back")


def test_event_that_was_put_in_among_older_ones_is_found(sealed, main_user):
    with unguarded():
        AuditEvent.objects.filter(pk=sealed[2].pk).delete()
        AuditSeal.objects.all().delete()
    seal_events()
    AuditEvent.objects.create(
        pk=sealed[2].pk,
        at=timezone.now() - timedelta(hours=3),
        actor_id=main_user.pk,
        actor_label="",
        verb="approved",
        noun="user",
        noun_id=1,
    )
    seal_events()
    assert only(problems(), f"Event {sealed[2].pk} ", "came in late")


def test_event_that_commits_late_is_sealed_late(sealed, main_user, monkeypatch):
    """A smaller number becomes visible after a larger one has its seal."""
    with unguarded():
        late = AuditEvent.objects.get(pk=sealed[1].pk)
        AuditEvent.objects.filter(pk=late.pk).delete()
        AuditSeal.objects.all().delete()
    seal_events()
    AuditEvent.objects.bulk_create([late])
    seal_events()
    assert AuditSeal.objects.order_by("number").last().event_id == late.pk
    assert problems() == []
    monkeypatch.setattr(sealing, "LOOKED_BACK", 0)
    record("changed", main_user, by=main_user)
    assert seal_events().number == 6


def test_erased_name_is_gone_and_the_chain_is_whole(organization, moderator, django_user_model):
    person = factories.UserFactory(name="Aino Katoava", email="aino@example.org")
    member = factories.MembershipFactory(organization=organization, user=person)
    record("changed", organization, by=person, organization_id=organization.pk, fields=["website"])
    record("invited", member, by=moderator, organization_id=organization.pk, email="aino@example.org")
    seal_events()
    assert problems() == []
    actions.erase_account(person, by=person)
    assert problems() == []
    seal_events()
    assert problems() == []
    written = str(list(AuditEvent.objects.values())) + str(list(AuditSeal.objects.values()))
    assert "Aino" not in written
    assert "aino@" not in written
    redaction = AuditEvent.objects.get(verb="took_out_names")
    assert {pk for pk, _digest in redaction.details["events"]} <= set(AuditEvent.objects.values_list("pk", flat=True))
    # What stands there now is as fixed as what stood there before.
    changed = redaction.details["events"][0][0]
    with unguarded():
        AuditEvent.objects.filter(pk=changed).update(details={"fields": ["another"]})
    assert only(problems(), f"Event {changed} ", "no erasure says so")


def test_names_taken_out_without_an_erasure_are_found(sealed, main_user):
    with redacting():
        AuditEvent.objects.filter(pk=sealed[0].pk).update(actor_label="somebody")
    assert only(problems(), f"Event {sealed[0].pk} ", "no erasure says so")
    record("took_out_names", main_user, by=main_user, events=[])
    assert any("no erasure of that account" in problem for problem in problems())


GUARDED = ["portal_auditevent", "portal_auditseal", "moderation_decision"]


def refuses(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # What waits for the end of the transaction would refuse to be emptied, too.
            connection.check_constraints()
            cursor.execute(statement)
    except IntegrityError as error:
        return "never changed or deleted" in str(error)
    return False


@pytest.mark.parametrize("table", GUARDED)
def test_database_refuses_to_change_what_is_kept(published, table):
    seal_events()
    assert missing_triggers() == []
    column = {"portal_auditevent": "verb", "portal_auditseal": "hash", "moderation_decision": "message"}[table]
    key = "number" if table == "portal_auditseal" else "id"
    assert refuses(f"UPDATE {table} SET {column} = 'x'")
    assert refuses(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        assert refuses(f"TRUNCATE {table} CASCADE")
    else:
        assert refuses(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} ORDER BY {key} LIMIT 1")
        if table == "portal_auditseal":  # by the event, which has one seal only
            assert refuses(f"INSERT OR REPLACE INTO {table} SELECT 99, event_id, '', '', at, '' FROM {table} LIMIT 1")


def test_only_names_may_change_while_names_are_taken_out(sealed, published):
    with redacting():
        AuditEvent.objects.filter(pk=sealed[0].pk).update(actor_label="erased-1", details={}, salt="x")
        assert refuses("UPDATE portal_auditevent SET verb = 'x', actor_label = 'y'")
        assert refuses("DELETE FROM portal_auditevent")
        assert refuses("UPDATE moderation_decision SET message = 'x'")
    assert refuses("UPDATE portal_auditevent SET actor_label = 'y'")
    assert Decision.objects.exists()


def test_missing_trigger_is_told(sealed):
    where = " ON portal_auditseal" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER portal_auditseal_kept{where}")
    assert missing_triggers() == ["portal_auditseal_kept"]
    with pytest.raises(CommandError, match="1 problems"):
        call_command("check_audit", stdout=StringIO())


def test_command_goes_on_from_where_it_was(sealed):
    told = StringIO()
    third = AuditSeal.objects.get(number=3)
    call_command("check_audit", since=f"3:{third.hash}", head=str(present_head()), stdout=told)
    assert told.getvalue().strip() == f"The audit is whole. It ends with {present_head()}"
    with unguarded():
        AuditEvent.objects.filter(pk=sealed[0].pk).update(verb="x")
    call_command("check_audit", since=f"3:{third.hash}", stdout=told)  # before the beginning
    with pytest.raises(CommandError, match="1 problems"):
        call_command("check_audit", stdout=told)
    assert f"Event {sealed[0].pk} (seal 1) was changed" in told.getvalue()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_audit", head="rubbish", stdout=told)
    with pytest.raises(CommandError, match="2 problems"):
        call_command("check_audit", since=f"3:{'0' * 64}", stdout=told)


def test_head_is_published_outside_of_the_database(sealed, caplog):
    caplog.set_level("INFO", logger="portal.audit")
    with override_settings(AUDIT_HEAD_TO=["kirjaamo@example.org"]):
        publish(present_head())
    assert str(present_head()) in caplog.text
    mail = Email.objects.get()
    assert mail.to == ["kirjaamo@example.org"]
    assert str(present_head()) in mail.message


def test_hash_binds_a_seal_to_all_before_it(sealed):
    one, other = (seal_of(sealed[0], Head(4, digit * 64), timezone.now()) for digit in "ab")
    assert one.content == other.content
    assert one.hash != other.hash
    assert hash_of(one, "a" * 64) == one.hash


def test_seal_command_prints_the_head(organization, main_user):
    record("changed", organization, by=main_user)
    told = StringIO()
    call_command("seal_audit", stdout=told)
    assert told.getvalue().strip() == str(present_head())
    assert present_head().number == 1


def test_grants_of_the_guide_let_the_portal_work_and_nothing_more(published, organization):
    """The statements are read from the guide: they are the ones that people copy."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    guide = (Path(settings.BASE_DIR) / "docs" / "operating" / "audit.md").read_text(encoding="utf-8")
    person = factories.UserFactory(name="Aino Katoava")
    record("changed", organization, by=person, organization_id=organization.pk)
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(guide.partition("```sql\n")[2].partition("```")[0])
        cursor.execute("SET LOCAL ROLE portal_app")
    seal_events()
    actions.erase_account(person, by=person)
    seal_events()
    assert problems() == []
    forbidden = (
        "UPDATE portal_auditevent SET verb = 'x'",
        "DELETE FROM portal_auditseal",
        "TRUNCATE moderation_decision",
    )
    for statement in forbidden:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic():
        connection.cursor().execute("ALTER TABLE portal_auditevent DISABLE TRIGGER USER")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
