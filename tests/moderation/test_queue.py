"""The queue: its order and pages, the parts of it, saved views, and history beside each row."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from listings.models import Version
from moderation import actions
from moderation.models import SavedView
from moderation.queue.cases import case_at, counts, place_of, waiting_cases
from moderation.queue.choosing import ANY_RULE, FREE, MINE, NO_RULE, Choice
from organizations.models import Organization, OrganizationChange
from portal.models import Municipality
from tests import factories
from tests.guards.world import ARABIC, Home, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def home(world) -> Home:
    return world.home


def kinds(choice: Choice, **how) -> list[str]:
    return [case.kind for case in waiting_cases(choice, **how)]


def numbers(choice: Choice) -> set[tuple[str, int]]:
    return {(case.kind, case.pk) for case in waiting_cases(choice)}


@pytest.fixture
def one_of_each(home):
    """Five cases that came at the same moment: the kind decides, and re-checks come last."""
    version, change = home.version("submitted"), home.change
    home.version("undecided"), home.version("accused")
    waiting = factories.OrganizationFactory()
    now = timezone.now() - timedelta(days=1)
    Version.objects.filter(pk=version.pk).update(submitted_at=now)
    OrganizationChange.objects.filter(pk=change.pk).update(asked_at=now)
    Organization.objects.filter(pk=waiting.pk).update(registered_at=now)
    home.report("accused").__class__.objects.update(made_at=now)
    home.recheck().__class__.objects.update(opened_at=now - timedelta(days=9))


ORDER = ["organization", "organization_change", "report", "version", "recheck"]


def test_pages_of_any_length_show_each_case_once_in_order(one_of_each):
    assert kinds(Choice()) == ORDER
    for length in (1, 2, 3):
        seen, behind = [], None
        while page := waiting_cases(behind=behind, most=length):
            seen += [case.kind for case in page]
            behind = case_at(page[-1].mark)
        assert seen == ORDER
    for place, case in enumerate(waiting_cases(), 1):
        assert place_of(case) == (place, 5)
        assert place_of(case, Choice(kind=case.kind)) == (1, 1)
        assert place_of(case, Choice(kind="version"))[0] == (1 if case.kind == "version" else 0)
    assert counts() == dict.fromkeys(ORDER, 1)


@pytest.mark.parametrize("mark", ["", "version", "version.1", "x.1.1", "version.-1.1", "version.1.1.1", "version.٣.1x"])
def test_mark_of_no_case_is_none(mark):
    assert case_at(mark) is None


def test_choice_by_rule_follows_what_was_found_when_it_was_handed_in(home):
    calm, worrying, recheck = home.version("submitted"), home.version("worrying"), home.recheck()
    assert worrying.noticed == " non-commercial "
    assert numbers(Choice(rule="non-commercial")) == {("version", worrying.pk), ("recheck", recheck.pk)}
    assert numbers(Choice(rule=ANY_RULE)) == {("version", worrying.pk), ("recheck", recheck.pk)}
    assert numbers(Choice(rule=NO_RULE)) == {("version", calm.pk)}
    assert numbers(Choice(rule="no-referral")) == set()


def test_choice_by_rule_follows_the_organization_when_it_becomes_another(home, world):
    version = home.version("submitted")
    change = home.change
    change.kind = "company"
    change.save()
    Version.objects.filter(pk=version.pk).update(noticed=" not-true-any-more ")
    actions.accept_change(change, by=world.judge)
    version.refresh_from_db()
    assert "not-true-any-more" not in version.noticed


def test_choice_by_region_takes_what_happens_nowhere_too(home):
    oulu, online = home.version("submitted"), home.submitted(municipalities=[], location_mode="online")
    waiting = factories.OrganizationFactory(municipality=Municipality.objects.get(pk="091"))
    here, there = (Municipality.objects.get(pk=code).region_id for code in ("564", "091"))
    assert numbers(Choice(regions=(here,))) == {("version", oulu.pk), ("version", online.pk)}
    assert numbers(Choice(regions=(there,))) == {("version", online.pk), ("organization", waiting.pk)}
    assert len(numbers(Choice(regions=(here, there)))) == 3


def test_choice_by_language_reads_titles_and_names(home, one_of_each):
    arabic = home.submitted(**ARABIC)
    assert numbers(Choice(language="ar")) == {("version", arabic.pk)}
    assert sorted(kinds(Choice(language="fi"))) == sorted(ORDER)
    assert ("version", arabic.pk) not in numbers(Choice(language="fi"))


def test_choice_of_what_is_late_is_what_the_rows_call_late(home):
    for days in range(12):
        version = home.submitted(venue=f"Talo {days}")
        Version.objects.filter(pk=version.pk).update(submitted_at=timezone.now() - timedelta(days=days))
    late = {case.pk for case in waiting_cases() if case.is_late}
    assert 3 <= len(late) < 12
    assert {case.pk for case in waiting_cases(Choice(is_late=True))} == late


def test_choice_by_hold(home, world):
    first, second = home.version("submitted"), home.version("worrying")
    actions.take_case("version", first.pk, by=world.judge)
    me, other = world.judge.pk, world.moderator.pk
    assert numbers(Choice(hold=MINE, moderator=me)) == {("version", first.pk)}
    assert numbers(Choice(hold=MINE, moderator=other)) == set()
    assert numbers(Choice(hold=FREE, moderator=me)) == {("version", second.pk)}
    assert numbers(Choice().decidable_by(me)) == {("version", first.pk), ("version", second.pk)}
    assert numbers(Choice().decidable_by(other)) == {("version", second.pk)}


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world.moderator)
    return client


def test_row_tells_what_the_organization_has_had(client, home):
    home.version("published"), home.version("changed"), home.version("rejected"), home.version("submitted")
    page = client.get("/en/moderation/").content.decode()
    assert "Published: 2 · Rejected: 1" in page


def test_empty_part_leads_back_to_all(client, home):
    home.version("submitted")
    page = client.get("/en/moderation/?kind=report").content.decode()
    assert "Nothing waits in this part of the queue." in page
    assert 'href="/en/moderation/"' in page
    assert "Take the next" not in page


def test_wrong_value_is_said_at_its_field_and_the_rest_counts(client, home):
    home.version("submitted"), factories.OrganizationFactory()
    response = client.get("/en/moderation/?kind=organization&rule=rubbish")
    assert response.status_code == 400
    assert [row["case"].kind for row in response.context["rows"]] == ["organization"]


def test_address_of_the_next_page_is_canonical(client, home):
    for number in range(27):
        home.submitted(venue=f"Talo {number}")
    response = client.get("/en/moderation/?region=&late=&kind=version&words=&utm=1")
    assert len(response.context["rows"]) == 25
    following = response.context["next_url"]
    assert following.startswith("?kind=version&behind=version.")
    last = client.get(f"/en/moderation/{following}")
    assert len(last.context["rows"]) == 2
    assert last.context["total"] == 27
    assert last.context["first_url"] == "/en/moderation/?kind=version"


def test_view_is_saved_under_a_name_once_and_is_ones_own(client, world):
    save, data = reverse("queue_view_save"), {"name": "Svenska", "query": "x=1&language=sv&kind=version"}
    assert client.post(save, data).status_code == 302
    view = SavedView.objects.get()
    assert view.query == "kind=version&language=sv", "in the order of the form, and nothing else"
    again = client.post(save, data)
    assert again.status_code == 422
    assert "name" in again.context["view_form"].errors
    assert again.context["view_form"]["name"].value() == "Svenska"
    other = Client()
    other.force_login(world.judge)
    assert "Svenska" not in other.get("/en/moderation/").content.decode()
    other.post(reverse("queue_view_delete", args=[view.pk]))
    assert SavedView.objects.exists()
    client.post(reverse("queue_view_delete", args=[view.pk]))
    assert not SavedView.objects.exists()
