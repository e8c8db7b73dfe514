"""The activity log: every trace has its words, people have their names, and moderators have none."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from listings import actions
from listings.activity_log import PLACE, Happening, happenings, happenings_of_listing, told_of, told_of_listing
from listings.activity_sentences import MEMBERS, MODERATORS, OTHERWISE, UNTOLD
from listings.models import Version
from moderation import actions as moderation_actions
from organizations import actions as organization_actions
from organizations.models import Organization, User
from portal.audit import record
from tests import factories
from tests.guards.world import OUR_APPS, address, client_of


def log_of(organization: Organization) -> list[str]:
    with override("en"):
        return [str(one) for one in told_of(list(happenings(organization)), organization)]


def texts_in(*nodes: ast.AST) -> set[str]:
    return {
        one.value
        for node in nodes
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def calls_of(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    return (one for one in ast.walk(tree) if isinstance(one, ast.Call) and getattr(one.func, "id", "") == name)


def verbs_of(module: ast.Module) -> set[str]:
    """What a module records about organizations. A verb in a variable is any text that is assigned or given to it."""
    verbs: set[str] = set()
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in calls_of(function, "record"):
            if not any(keyword.arg == "organization_id" for keyword in call.keywords):
                continue
            found = texts_in(call.args[0])
            if isinstance(call.args[0], ast.Name):
                name = call.args[0].id
                assigned = (one for one in ast.walk(function) if isinstance(one, ast.Assign))
                found |= texts_in(
                    *(one.value for one in assigned if name in {getattr(t, "id", "") for t in one.targets})
                )
                if name in {one.arg for one in function.args.args}:
                    found |= texts_in(*(arg for one in calls_of(module, function.name) for arg in one.args))
            assert found, f"{function.name}: which verb?"
            verbs |= found
    return verbs


def test_every_trace_has_its_sentence():
    verbs: set[str] = set()
    for app in OUR_APPS:
        for file in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            verbs |= verbs_of(ast.parse(file.read_text(encoding="utf-8")))
    assert len(verbs) > 30
    told = {verb for verb, _noun in (*MEMBERS, *MODERATORS)} - {"submitted_changes", "published_new_unreviewed"}
    assert verbs - told - UNTOLD == set(), "without a sentence"
    assert (told | UNTOLD) - verbs == set(), "no longer recorded"


def test_verbs_are_found_however_they_are_given():
    source = """
def one():
    verb = "a" if y else "b"
    record(verb, z, by=me, organization_id=1)
    record("account", me, by=me)

def two():
    _three(z, "c")

def _three(z, verb):
    record(verb, z, by=me, organization_id=1)
"""
    assert verbs_of(ast.parse(source)) == {"a", "b", "c"}


def test_every_place_in_a_sentence_is_one_that_is_filled():
    for sentence in [*MEMBERS.values(), *MODERATORS.values(), OTHERWISE]:
        assert set(PLACE.findall(str(sentence))) <= {"who", "title", "person", "name", "fields", "day"}, sentence


@pytest.mark.django_db
def test_log_tells_a_change_from_writing_to_readers(organization, published, moderator):
    writer = factories.MembershipFactory(organization=organization, user__name="Aino").user
    version = actions.open_new_version(published.listing, by=writer)
    actions.save_answers(version, by=writer, answers={"venue": "Nuorisotalo", "weekdays": ["tue"]})
    actions.submit_version(Version.objects.get(pk=version.pk), by=writer)
    title = "“Language café in the library”"
    assert log_of(organization)[:5] == [
        f"Readers see the changes of the listing {title} at once. Changed: time, place.",
        f"Aino sent changes of the listing {title} to be checked. Changed: time, place.",
        f"Aino changed the listing {title}: time, place.",
        f"Aino began a new version of the listing {title}.",
        f"A moderator published the listing {title}.",
    ]
    assert not any(moderator.name in one for one in log_of(organization))


@pytest.mark.django_db
def test_log_names_no_address_and_nobody_who_has_left_the_portal(organization, main_user):
    nameless = factories.MembershipFactory(organization=organization, user__name="", asked=True)
    organization_actions.accept_request(nameless, by=main_user)
    assert log_of(organization)[0] == f"{main_user.name} let a person in: Somebody without a name."
    User.objects.filter(pk=main_user.pk).update(erased_at="2026-01-01T00:00Z")
    assert log_of(organization)[0] == "Somebody who is no longer here let a person in: Somebody without a name."


@pytest.mark.django_db
def test_moderator_who_answers_for_an_organization_is_not_named(organization, moderator):
    asked = factories.MembershipFactory(organization=organization, asked=True, user__name="Veikko")
    organization_actions.accept_request(asked, by=moderator)
    assert log_of(organization)[0] == "A moderator let a person in: Veikko."


@pytest.mark.django_db
def test_unknown_trace_has_a_sentence_all_the_same(organization, main_user):
    record("juggled", organization, by=main_user, organization_id=organization.pk)
    assert log_of(organization) == [f"{main_user.name} did something that has no words here yet."]


@pytest.mark.django_db
def test_log_of_another_organization_is_its_own(organization, main_user, draft, stranger):
    theirs = stranger.memberships.get().organization
    listing = factories.draft(theirs, by=stranger, title={"en": "A secret plan"}).listing
    page = client_of(main_user).get(address("organization_activity", (organization.pk,), "en")).content.decode()
    assert "Language café" in page
    assert str(listing) not in page
    assert client_of(main_user).get(address("organization_activity", (theirs.pk,))).status_code == 404


def history_of(listing) -> list[Happening]:
    with override("en"):
        return told_of_listing(list(happenings_of_listing(listing)), listing)


@pytest.mark.django_db
def test_history_of_a_listing_tells_decisions_with_reasons_and_no_moderator(submitted, editor, moderator):
    message = "Kerro, miten mukaan pääsee."
    moderation_actions.send_back(submitted, by=moderator, reasons=["no-referral"], message=message)
    returned, sent, *_older = history_of(submitted.listing)
    assert str(returned) == "A moderator sent the listing “Language café in the library” back to be changed."
    assert returned.reasons == ("No referral needed",)
    assert (returned.message, returned.message_lang) == (message, "en")
    assert returned.is_told_by_mail
    assert (sent.reasons, sent.message, sent.is_told_by_mail) == ((), "", False)
    page = client_of(editor).get(address("listing_history", (submitted.listing_id,), "en")).content.decode()
    assert message in page
    assert moderator.name not in page
    assert moderator.email not in page


@pytest.mark.django_db
def test_history_tells_what_readers_reported_without_the_reader(published, editor):
    listing = published.listing
    report = actions.report_listing(
        listing,
        reason="over",
        words="Ovi oli kiinni.",
        reader_email="lukija@example.org",
        language="fi",
        network_address="192.0.2.1",
    )
    actions.answer_report(report, by=editor, outcome="right", reply="Kahvila on avoinna.")
    actions.cancel_session(listing.sessions.first(), by=editor)
    told = [str(one) for one in history_of(listing)]
    assert told[0].startswith(f"{editor.name} cancelled a meeting")
    assert told[1].startswith(f"{editor.name} answered what readers said")
    assert told[2].startswith("A reader said that something is wrong")
    page = client_of(editor).get(address("listing_history", (listing.pk,))).content.decode()
    assert not any(secret in page for secret in ("lukija@example.org", "Ovi oli kiinni", "192.0.2.1"))


@pytest.mark.django_db
def test_history_of_a_listing_has_nothing_of_others(draft, editor, organization):
    other = factories.draft(organization, by=editor, title={"en": "Another plan"}, venue="Toinen talo")
    assert len(history_of(draft.listing)) == len(history_of(other.listing)) == 1
