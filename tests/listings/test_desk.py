"""The organization's desk: for whom one acts, what needs doing, the list with its filters, and what is ticked."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from listings import actions
from listings.forms.desk import DeskFilterForm
from listings.models import Listing, Version
from listings.needs import needs_of
from listings.standing import standing_of, with_standing
from listings.views.scope import memberships_of
from organizations.models import Membership, Organization
from portal.models import AuditEvent
from tests import factories
from tests.guards.rows import all_rows, what_changed
from tests.guards.world import SITUATIONS, World, address, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def desk(organization: Organization, query: str = "") -> str:
    return address("organization_desk", (organization.pk,), "en") + query


def told(response) -> list[tuple[str, str]]:
    return [(one.level_tag, str(one)) for one in get_messages(response.wsgi_request)]


def shown(response) -> set[int]:
    return {standing.listing.pk for standing in response.context["standings"]}


def confirmed_ago(listing: Listing, days: int) -> None:
    Listing.objects.filter(pk=listing.pk).update(
        confirmed_on=timezone.localdate() - timedelta(days=days), last_session_on=None
    )


# Where the desk is


def test_desk_leads_to_the_only_organization(organization, editor):
    response = client_of(editor).get(address("desk", language="en"))
    assert response.headers["Location"] == desk(organization)


def test_desk_without_an_organization_says_what_to_do():
    page = client_of(factories.UserFactory()).get(address("desk", language="en"))
    assert "Find yours or register it." in page.content.decode()


def test_desk_of_a_person_in_two_organizations_shows_what_waits_in_each(draft, editor):
    other = factories.MembershipFactory(user=editor, main_user=True).organization
    page = client_of(editor).get(address("desk", language="en"))
    by_organization = {
        door["membership"].organization: [need.text for need in door["needs"]] for door in page.context["doors"]
    }
    assert by_organization[draft.listing.organization] == ["1 draft is not finished."]
    assert by_organization[other] == [
        "You are the only main user. Name another one, so that somebody always has the key."
    ]


def test_desk_of_a_person_who_also_waits_elsewhere_says_so(organization, editor):
    waiting = factories.MembershipFactory(user=editor, asked=True).organization
    page = client_of(editor).get(address("desk", language="en")).content.decode()
    assert str(waiting) in page
    assert desk(organization) in page
    assert desk(waiting) not in page


# For whom one acts


def test_listing_of_one_organization_is_not_there_under_the_address_of_another(world):
    home, other = world.home, world.other
    listing = other.version("published").listing
    mine = home.version("published").listing
    factories.MembershipFactory(organization=other.organization, user=home.editor)
    client = client_of(home.editor)
    before = all_rows()
    for name in ("listings_confirm", "listings_withdraw", "listings_copy"):
        for ticked in ([listing.pk], [mine.pk, listing.pk]):
            assert client.post(address(name, (home.organization.pk,)), {"listing": ticked}).status_code == 404
    assert what_changed(before, all_rows()) == []


@pytest.mark.parametrize("state", ["removed", "asked"])
def test_form_that_was_opened_before_one_was_removed_does_nothing(organization, editor, published, state):
    client = client_of(editor)
    assert client.get(desk(organization)).status_code == 200
    Membership.objects.filter(user=editor).update(state=state)
    before = all_rows()
    here = (organization.pk,)
    for name in ("listings_confirm", "listings_withdraw", "listings_copy"):
        assert client.post(address(name, here), {"listing": [published.listing_id]}).status_code == 404
    for name in ("listing_withdraw", "listing_confirm", "listing_copy", "listing_edit"):
        assert client.post(address(name, (published.listing_id,))).status_code == 404
    assert client.post(address("listing_start", here), {"section": "activity"}).status_code == 404
    assert what_changed(before, all_rows()) == []


def test_every_page_says_for_whom_one_acts(organization, editor, draft):
    factories.MembershipFactory(user=editor)
    client = client_of(editor)
    for name, args in (
        ("organization_desk", (organization.pk,)),
        ("organization_activity", (organization.pk,)),
        ("listing_manage", (draft.listing_id,)),
        ("listing_start", (organization.pk,)),
        ("listing_step", (draft.listing_id, "what")),
        ("listing_step", (draft.listing_id, "preview")),
    ):
        page = client.get(address(name, args, "en")).content.decode()
        main = page.partition("<main")[2].partition("</main>")[0]
        assert f"<bdi>{organization}</bdi>" in main, name


def test_switch_leads_to_the_other_organizations_and_not_to_those_of_others(organization, editor):
    other = factories.MembershipFactory(user=editor).organization
    asked = factories.MembershipFactory(user=editor, asked=True).organization
    page = client_of(editor).get(desk(organization)).content.decode()
    assert f'href="{desk(other)}"' in page
    assert f'href="{desk(asked)}"' not in page


# What needs doing


def needs_of_person(rf, user, organization) -> list[str]:
    request = rf.get("/")
    request.user = user
    mine = [one for one in memberships_of(request) if one.state == "active"]
    return [need.text for need in needs_of(mine)[organization.pk]]


@override("en")
def test_what_needs_doing_comes_in_order_and_only_to_who_can_do_it(rf, world):
    home = world.home
    home.version("returned")
    home.version("draft")
    soon, gone = home.version("published").listing, home.version("online").listing
    confirmed_ago(soon, settings.LISTING_CONFIRMATION_DAYS - 30)
    confirmed_ago(gone, settings.LISTING_CONFIRMATION_DAYS + 1)
    of_listings = [
        "1 listing came back. Change it and send it again.",
        "Readers no longer see 1 listing, because nobody has confirmed it.",
        "1 listing runs out soon. Confirm it.",
        "1 draft is not finished.",
    ]
    assert needs_of_person(rf, home.editor, home.organization) == of_listings
    assert home.request.state == Membership.State.ASKED
    Membership.objects.filter(user=home.editor).update(claimed_at=timezone.now())
    assert needs_of_person(rf, home.main_user, home.organization) == [
        *of_listings,
        "1 person asks to write for the organization.",
        "An editor asks to become main user.",
        "You are the only main user. Name another one, so that somebody always has the key.",
    ]
    factories.MembershipFactory(organization=home.organization, main_user=True)
    assert "only main user" not in " ".join(needs_of_person(rf, home.main_user, home.organization))


def test_each_need_leads_to_where_it_is_done(world):
    home = world.home
    home.version("returned")
    home.version("draft")
    home.version("arabic draft")
    soon = home.version("published").listing
    confirmed_ago(soon, settings.LISTING_CONFIRMATION_DAYS - 3)
    client = client_of(home.main_user)
    needs = client.get(desk(home.organization)).context["needs"]
    assert len(needs) == 5
    for need in needs:
        assert client.get(need.url).status_code == 200
    drafts = next(need for need in needs if need.text == "2 drafts are not finished.")
    assert shown(client.get(drafts.url)) == {
        home.version("draft").listing_id,
        home.version("arabic draft").listing_id,
    }


@pytest.mark.parametrize(
    ("days_ago", "last_in", "expected"),
    [(149, None, False), (150, None, True), (180, None, True), (181, None, True), (150, 20, False), (150, 40, True)],
)
def test_listing_is_to_be_confirmed_when_only_that_ends_it_soon(published, days_ago, last_in, expected):
    today = timezone.localdate()
    Listing.objects.update(
        confirmed_on=today - timedelta(days=days_ago),
        last_session_on=today + timedelta(days=last_in) if last_in is not None else None,
    )
    listing = with_standing(Listing.objects.all()).get()
    assert listing.is_to_confirm is expected
    assert standing_of(listing).is_to_confirm is expected


# The list


def test_standing_is_the_same_in_the_database_and_in_words(world):
    for kind in SITUATIONS:
        world.home.version(kind)
    listings = with_standing(Listing.objects.all())
    assert len(listings) >= 15
    for listing in listings:
        standing = standing_of(listing)
        assert (listing.standing, listing.is_to_confirm) == (standing.code, standing.is_to_confirm)
    found = {listing.standing for listing in listings}
    states = {value for value, _label in DeskFilterForm().fields["state"].choices if value}
    assert found | {"to_confirm"} == states


def test_filters_find_by_state_section_and_words(world):
    home = world.home
    published, professional, arabic = (home.version(kind) for kind in ("published", "professional", "arabic"))
    draft = home.draft(venue="Ääkköstalo", title={"fi": "Öinen uinti"})
    client = client_of(home.editor)

    def found(query: str) -> set[int]:
        return shown(client.get(desk(home.organization, query)))

    assert found("?state=draft") == {draft.listing_id}
    assert found("?section=professional") == {professional.listing_id}
    assert found("?words=ÖINEN+ääKKö") == {draft.listing_id}
    assert found("?words=مقهى") == {arabic.listing_id}
    assert found("?words=kielikahvila&state=published&section=activity") == {published.listing_id}
    assert found("?words=nothing+like+it") == set()


def test_wrong_filter_is_said_and_the_others_count(world):
    home = world.home
    draft = home.version("draft")
    home.version("published")
    response = client_of(home.editor).get(desk(home.organization, "?state=draft&section=rubbish&words=%00"))
    assert response.status_code == 400
    assert shown(response) == {draft.listing_id}
    assert set(response.context["form"].errors) == {"section", "words"}


def test_closed_organization_shows_no_list_and_says_why(world):
    home = world.declined
    home.version("draft")
    page = client_of(home.main_user).get(desk(home.organization))
    assert "was not approved" in page.content.decode()
    assert shown(page) == set()
    here = (home.organization.pk,)
    ticked = {"listing": [home.version("draft").listing_id]}
    assert client_of(home.main_user).post(address("listings_copy", here), ticked).status_code == 404


# What is ticked


@pytest.fixture
def several(organization, editor, moderator):
    """Two published listings."""
    versions = [factories.draft(organization, by=editor, venue=f"Talo {number}") for number in range(2)]
    return [factories.published(factories.submitted(one, by=editor), by=moderator).listing for one in versions]


def post(client: Client, name: str, organization: Organization, ticked: object, query: str = ""):
    return client.post(address(name, (organization.pk,), "en") + query, {"listing": ticked})


def test_ticked_listings_are_confirmed(organization, editor, several):
    Listing.objects.update(confirmed_on=timezone.localdate() - timedelta(days=100))
    response = post(client_of(editor), "listings_confirm", organization, [one.pk for one in several])
    assert told(response) == [("success", "Thank you. 2 listings are confirmed.")]
    assert set(Listing.objects.values_list("confirmed_on", flat=True)) == {timezone.localdate()}


def test_ticked_listings_disappear_and_a_second_click_says_so(organization, editor, several):
    client = client_of(editor)
    pks = [one.pk for one in several]
    assert told(post(client, "listings_withdraw", organization, pks))[0][0] == "success"
    assert not Listing.objects.public().exists()
    before = all_rows()
    kinds = [kind for kind, _text in told(post(client, "listings_withdraw", organization, pks))]
    assert kinds[-1] == "warning"
    assert what_changed(before, all_rows()) == []


def test_second_click_on_copy_makes_no_second_copy(organization, editor, several):
    client = client_of(editor)
    for _click in range(2):
        post(client, "listings_copy", organization, [several[0].pk])
    copies = Version.objects.filter(state=Version.State.DRAFT)
    assert [copy.listing.organization for copy in copies] == [organization]
    assert copies.get().dates == []


def test_what_could_not_be_done_is_said_by_listing_with_why(organization, editor, several, draft):
    over = several[1]
    Listing.objects.filter(pk=over.pk).update(last_session_on=timezone.localdate() - timedelta(days=1))
    actions.save_answers(draft, by=editor, answers={"title": {"en": "Unfinished"}})
    response = post(client_of(editor), "listings_confirm", organization, [several[0].pk, over.pk, draft.listing_id])
    kinds = dict.fromkeys(kind for kind, _text in told(response))
    assert list(kinds) == ["success", "warning"]
    texts = [text for _kind, text in told(response)]
    assert texts[0] == "Thank you. 1 listing is confirmed."
    assert any("Unfinished" in text and "It is not published." in text for text in texts)
    assert any("Language café" in text and "All days are over." in text for text in texts)
    assert AuditEvent.objects.filter(verb="confirmed").count() == 1


@pytest.mark.parametrize("ticked", [[], ["x"], ["\0"], ["9" * 5000], ["-1"], [10**40]])
def test_nothing_or_rubbish_ticked_changes_nothing(organization, editor, published, ticked):
    client = client_of(editor)
    before = all_rows()
    for name in ("listings_confirm", "listings_withdraw", "listings_copy"):
        response = post(client, name, organization, ticked)
        assert response.status_code == (404 if ticked else 302)
    assert ticked or told(response)[-1] == ("warning", "Tick the listings first.")
    assert what_changed(before, all_rows()) == []


def test_more_than_a_page_is_not_done_at_once(organization, editor, several, settings):
    settings.LISTINGS_PER_PAGE = 1
    response = post(client_of(editor), "listings_withdraw", organization, [one.pk for one in several])
    assert told(response) == [("warning", "Tick at most 1 listings at a time.")]
    assert Listing.objects.public().count() == 2


def test_filters_and_page_stay_after_an_action_and_nothing_else_does(organization, editor, published):
    query = "?words=kahvila&state=published&page=2&section=rubbish&next=https://elsewhere.example/"
    response = post(client_of(editor), "listings_confirm", organization, [published.listing_id], query)
    assert response.headers["Location"] == desk(organization, "?words=kahvila&state=published&page=2")


def test_ticked_listings_stay_as_they_are_for_a_form_of_another_site(organization, editor, published):
    client = client_of(editor, enforce_csrf_checks=True)
    assert post(client, "listings_withdraw", organization, [published.listing_id]).status_code == 403
    assert Listing.objects.public().exists()


# One listing


def test_withdrawn_listing_is_brought_back_and_not_confirmed(published, editor):
    actions.withdraw_listing(published.listing, by=editor)
    response = client_of(editor).post(address("listing_confirm", (published.listing_id,), "en"))
    assert told(response) == [("warning", "Readers do not see it any more. You can bring it back.")]


def test_save_traces_what_changed_and_not_what_was_asked(draft, editor):
    same = {"venue": draft.venue, "contact_name": draft.contact_name, "municipalities": ["564"]}
    actions.save_answers(draft, by=editor, answers={**same, "address": "Uusi katu 2"})
    assert AuditEvent.objects.get(verb="saved").details == {"fields": ["address"]}
    actions.save_answers(draft, by=editor, answers={**same, "address": "Uusi katu 2"})
    assert AuditEvent.objects.filter(verb="saved").count() == 1
    assert AuditEvent.objects.filter(verb="saved_the_same").count() == 1
