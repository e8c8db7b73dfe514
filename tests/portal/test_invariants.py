"""What must always be true: it is, of all that actions do; and each thing that is bent past them is found and named."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings as portal_settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from post_office.models import STATUS, Email

from listings.models import Document, Listing, Posting, Version
from listings.search.index import refresh_listing
from listings.search.rebuild import rebuild
from moderation.models import Decision, Hold, Recheck
from organizations.actions import erase_account
from organizations.models import Membership, Organization
from portal.audit import record
from portal.audit.sealing import seal_events
from portal.models import AuditEvent, AuditSeal
from portal.running.invariants import MOST_KEPT, Untrue, ask, names
from portal.tasks import check_invariants
from tests import factories
from tests.bending import unguarded
from tests.guards.world import Home, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawful(world: World) -> Home:
    """An organization with a listing in each situation, made by the actions alone but for the organization's state."""
    home = world.home
    for kind in ("submitted", "returned", "rejected", "published", "sampled", "superseded", "hidden", "withdrawn"):
        home.version(kind)
    # Factories write these two as they are; in the portal actions do.
    for organization in Organization.objects.all():
        record("approved", organization, by=world.moderator, organization_id=organization.pk)
        factories.MembershipFactory(organization=organization, main_user=True)
    rebuild()
    return home


@pytest.fixture
def world(db) -> World:
    return World()


def found(name: str) -> list[str]:
    (answer,) = ask(name)
    return answer.problems


def test_everything_is_true_of_what_actions_did(lawful, world):
    erase_account(lawful.editor, by=lawful.editor)
    seal_events()
    assert {answer.name: answer.problems for answer in ask()} == {name: [] for name in names()}


def test_portal_in_which_nothing_is_listed_yet_is_well():
    assert found("listings.postings_agree") == []
    call_command("check_search", stdout=StringIO())


def bend_rows(rows, **values) -> None:
    with unguarded():
        rows.update(**values)


def without_the_guards(statement: str) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement)


def mail(**fields) -> Email:
    fields = {"from_email": "a@example.org", "to": ["b@example.org"], "status": STATUS.queued, **fields}
    return Email.objects.create(**fields)


def old_mail() -> None:
    long_ago = timezone.now() - timedelta(days=30)
    Email.objects.filter(pk=mail().pk).update(created=long_ago, last_updated=long_ago)


def erased_member(home: Home) -> None:
    erase_account(home.editor, by=home.editor)
    Membership.objects.filter(user=home.editor).update(state="active")


def a_second_published_version(home: Home) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX version_one_published")
    Version.objects.filter(pk=home.version("superseded").pk).update(state=Version.State.PUBLISHED)


def wrong_logo(home: Home) -> None:
    default_storage.delete(home.with_logo.logo.name)


def merged_with_members(home: Home) -> None:
    into = factories.OrganizationFactory(active=True)
    Organization.objects.filter(pk=home.organization.pk).update(state="merged", merged_into=into)


def lost_from_the_index(home: Home) -> None:
    Document.objects.filter(listing=home.version("published").listing).delete()


def left_in_the_index(home: Home) -> None:
    Listing.objects.filter(pk=home.version("published").listing_id).update(withdrawn_at=timezone.now())


def other_words(home: Home) -> None:
    Posting.objects.filter(is_facet=False).delete()


def drop_trigger(home: Home) -> None:
    where = " ON moderation_decision" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER moderation_decision_kept{where}")


def forge_an_event(home: Home) -> None:
    seal_events()
    bend_rows(AuditEvent.objects.filter(verb="published"), actor_id=0)


def lose_events(*verbs: str) -> Callable[[Home], None]:
    def lose(home: Home) -> None:
        with unguarded():
            AuditEvent.objects.filter(verb__in=verbs).delete()

    return lose


BENT: dict[str, tuple[Callable[[Home], object], str]] = {
    "portal.audit_chain_is_whole": (forge_an_event, "was changed"),
    "portal.tables_are_append_only": (drop_trigger, "moderation_decision_kept"),
    "portal.mails_have_an_address": (lambda home: mail(to=[]), "no address"),
    "portal.mails_go_once": (lambda home: [mail(message_id="<a@b>") for _twice in "ab"], "<a@b>"),
    "portal.mails_do_not_stay": (lambda home: old_mail(), "still waits"),
    "organizations.organizations_have_a_main_user": (
        lambda home: Membership.objects.filter(organization=home.organization).update(role="editor"),
        "no main user",
    ),
    "organizations.erased_accounts_are_empty": (erased_member, "still a member"),
    "organizations.closed_organizations_are_left": (merged_with_members, "still has members"),
    "organizations.logos_are_there": (wrong_logo, "is missing"),
    "listings.versions_are_one_of_a_kind": (a_second_published_version, "2 published versions"),
    "listings.published_listings_have_their_dates": (
        lambda home: Listing.objects.filter(pk=home.version("published").listing_id).update(confirmed_on=None),
        "without its days",
    ),
    "listings.hidden_listings_have_reports": (
        lambda home: Listing.objects.filter(pk=home.version("published").listing_id).update(
            hidden_at=timezone.now(), hidden_for="over"
        ),
        "no report waits",
    ),
    "listings.versions_left_a_trace": (lose_events("published"), "does not say how"),
    "listings.index_has_what_is_public": (lost_from_the_index, "not in the index"),
    "listings.index_has_nothing_else": (left_in_the_index, "not public"),
    "listings.postings_agree": (other_words, "other terms"),
    "moderation.versions_stand_where_decisions_put_them": (
        lambda home: Version.objects.filter(state="rejected").update(state="published"),
        "the last decision on it is: rejected",
    ),
    "moderation.organizations_stand_where_decisions_put_them": (
        lambda home: factories.OrganizationFactory(active=True),
        "does not say how",
    ),
    "moderation.decisions_have_reasons": (
        lambda home: bend_rows(Decision.objects.filter(outcome="returned"), reasons=[], message="", notes={}),
        "no reason",
    ),
    "moderation.decisions_left_a_trace": (lose_events("rejected"), "nothing of decision"),
    "moderation.holds_end": (
        lambda home: Hold.objects.create(
            kind="version", case_id=1, moderator=home.world.moderator, until=timezone.now() - timedelta(days=9)
        ),
        "is still there",
    ),
    "moderation.rechecks_agree_with_decisions": (
        lambda home: Recheck.objects.update(outcome="taken_down", closed_at=timezone.now()),
        "without a decision",
    ),
    "moderation.samples_were_unreviewed": (lose_events("published_unreviewed"), "nothing of its listing"),
}


def test_what_is_bent_is_found_and_named(lawful):
    """Each in turn on the same rows, which are taken back after it: they take longer to make than to look at."""
    told = {}
    for name, (bend, words) in BENT.items():
        with transaction.atomic():
            assert found(name) == []
            bend(lawful)
            told[name] = any(words in problem for problem in found(name))
            transaction.set_rollback(True)
    assert [name for name, is_told in told.items() if not is_told] == []


def test_every_invariant_is_bent_by_a_test_and_says_what_it_claims():
    assert set(BENT) == set(names())
    assert len(set(portal_settings.INVARIANTS)) == len(BENT) > 20


def test_listing_that_is_back_or_over_is_not_taken_for_a_fault(lawful):
    """What ran out stays in the index until the next rebuild, and is left out by its day."""
    listing = lawful.version("published").listing
    Listing.objects.filter(pk=listing.pk).update(last_session_on=timezone.localdate() - timedelta(days=1))
    assert found("listings.index_has_nothing_else") == []
    refresh_listing(Listing.objects.get(pk=listing.pk))
    assert [answer.problems for answer in ask("listings.index_has")] == [[], []]


def test_task_of_the_clock_fails_when_something_is_not_true(lawful, caplog):
    seal_events()
    check_invariants()
    with unguarded():
        Decision.objects.filter(outcome="rejected").update(reasons=[], message="")
    with pytest.raises(Untrue, match="moderation.decisions_have_reasons"):
        check_invariants()
    assert "decisions_have_reasons" in caplog.text


def test_command_tells_people_and_programs(lawful):
    told = StringIO()
    call_command("check_invariants", stdout=told)
    assert told.getvalue().endswith(f"All {len(names())} invariants hold.\n")
    for _number in range(MOST_KEPT + 5):
        mail(to=[])
    told = StringIO()
    with pytest.raises(CommandError, match=f"{MOST_KEPT + 5} problems"):
        call_command("check_invariants", stdout=told)
    assert "WRONG   portal.mails_have_an_address: Every mail of the outbox is to somebody." in told.getvalue()
    assert "... and 5 more" in told.getvalue()
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("check_invariants", only="portal.mails", json=True, stdout=told)
    answer = json.loads(told.getvalue())
    assert answer["problems"] == MOST_KEPT + 5
    assert [one["count"] for one in answer["invariants"]] == [MOST_KEPT + 5, 0, 0]
    with pytest.raises(CommandError, match="no such invariant"):
        call_command("check_invariants", only="nothing")
    assert not AuditSeal.objects.exists()
