"""Two organizations that are one and the same become one; nothing of either is lost."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from listings import actions as listing_actions
from listings.models import Listing
from listings.search import search
from listings.search.checking import differences
from moderation import actions
from moderation.models import Decision
from organizations import actions as organization_actions
from organizations.models import Membership, Organization
from organizations.permissions import can_write_listings
from portal.models import AuditEvent
from portal.refusals import AlreadyDecided, NotPermitted, Refused
from tests import factories

pytestmark = pytest.mark.django_db

ROLES = ("main_user", "editor")
STATES = ("active", "asked", "removed")


@pytest.fixture
def gone():
    return factories.OrganizationFactory(active=True, name_fi="Kutomontalo ry", business_id="1572860-0")


def browser(user=None):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def test_listings_go_over_and_are_found_under_the_name_that_stays(organization, gone, moderator, editor):
    public = factories.public_listing(gone)
    draft = factories.draft(gone, by=factories.MembershipFactory(organization=gone).user)
    decision = actions.merge_organizations(gone, into=organization, by=moderator)
    gone.refresh_from_db()
    assert (gone.state, gone.merged_into) == ("merged", organization)
    assert set(organization.listings.all()) == {public, draft.listing}
    assert list(differences()) == []
    assert search(words=organization.name_fi.split()[1]).ids == [public.pk]
    assert search(words="kutomontalo").ids == []
    assert (decision.outcome, decision.organization) == (Decision.Outcome.MERGED, gone)
    assert AuditEvent.objects.get(verb="merged").organization_id == organization.pk
    assert str(organization) in browser().get(public.get_absolute_url()).content.decode()


@pytest.mark.parametrize("here", [None, *[(role, state) for role in ROLES for state in STATES]])
@pytest.mark.parametrize("there", [(role, state) for role in ROLES for state in STATES])
def test_person_is_in_the_one_that_stays_once(organization, gone, moderator, here, there):
    person = factories.UserFactory()
    factories.MembershipFactory(organization=gone, user=person, role=there[0], state=there[1])
    if here:
        factories.MembershipFactory(organization=organization, user=person, role=here[0], state=here[1])
    actions.merge_organizations(gone, into=organization, by=moderator)
    membership = Membership.objects.get(user=person)
    assert membership.organization == organization
    active = [role for role, state in filter(None, (here, there)) if state == "active"]
    if here and here[1] == "removed":
        expected = here  # a key that was taken away does not come back by a side door
    elif active:
        expected = ("main_user" if "main_user" in active else "editor", "active")
    else:
        expected = here or there
    assert (membership.role, membership.state) == expected


def test_invitations_and_branches_go_over(organization, gone, moderator):
    main_user = factories.MembershipFactory(organization=gone, main_user=True).user
    other = factories.MembershipFactory(organization=organization, main_user=True).user
    for one, by, email in ((gone, main_user, "A@example.org"), (organization, other, "a@example.org")):
        organization_actions.invite(one, by=by, email=email, role="editor")
    organization_actions.invite(gone, by=main_user, email="b@example.org", role="editor")
    branch = factories.OrganizationFactory(active=True, parent=gone)
    asking = factories.OrganizationFactory(active=True, asked_parent=gone)
    actions.merge_organizations(gone, into=organization, by=moderator)
    sent = organization.invitations.filter(state="sent").values_list("email", flat=True)
    assert sorted(sent) == ["a@example.org", "b@example.org"]
    branch.refresh_from_db()
    asking.refresh_from_db()
    assert (branch.parent, asking.asked_parent) == (organization, organization)


def test_branch_that_stays_belongs_to_nobody_when_its_parent_goes(organization, gone, moderator):
    Organization.objects.filter(pk=organization.pk).update(parent=gone)
    actions.merge_organizations(gone, into=organization, by=moderator)
    organization.refresh_from_db()
    assert organization.parent is None


def test_branches_never_get_a_second_level(organization, gone, moderator):
    factories.OrganizationFactory(active=True, parent=gone)
    Organization.objects.filter(pk=organization.pk).update(parent=factories.OrganizationFactory(active=True))
    with pytest.raises(Refused):
        actions.merge_organizations(gone, into=organization, by=moderator)


def test_number_that_only_the_one_that_goes_has_told_is_kept(organization, gone, moderator):
    actions.merge_organizations(gone, into=organization, by=moderator)
    organization.refresh_from_db()
    assert organization.business_id == "1572860-0"
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.OrganizationFactory(business_id="1572860-0")


def test_change_that_waits_is_withdrawn(organization, gone, moderator):
    main_user = factories.MembershipFactory(organization=gone, main_user=True).user
    change = organization_actions.change_organization(gone, by=main_user, names={"fi": "Uusi ry"})
    actions.merge_organizations(gone, into=organization, by=moderator)
    change.refresh_from_db()
    assert change.state == "withdrawn"


def test_main_users_of_both_are_told_once(organization, gone, main_user, editor, moderator):
    other = factories.MembershipFactory(organization=gone, main_user=True).user
    factories.MembershipFactory(organization=gone, user=main_user, main_user=True)
    actions.merge_organizations(gone, into=organization, by=moderator)
    told = sorted(address for mail in Email.objects.all() for address in mail.to)
    assert told == sorted([main_user.email, other.email])


def test_old_addresses_lead_to_the_one_that_stays_over_two_merges(organization, gone, moderator):
    last = factories.OrganizationFactory(active=True)
    actions.merge_organizations(gone, into=organization, by=moderator)
    actions.merge_organizations(organization, into=last, by=moderator)
    for slug in (gone.slug, organization.slug):
        for name in ("organization_detail", "organization_feed", "organization_calendar"):
            response = browser().get(reverse(name, args=[slug]))
            assert (response.status_code, response.headers["Location"]) == (301, reverse(name, args=[last.slug]))
    gone.refresh_from_db()
    assert gone.merged_into == last
    organization_actions.suspend_organization(last, by=moderator, message="Selvitetään.")
    assert browser().get(reverse("organization_detail", args=[gone.slug])).status_code == 404


def test_desk_addresses_lead_members_on_and_nobody_else(organization, gone, main_user, moderator, stranger):
    actions.merge_organizations(gone, into=organization, by=moderator)
    there = reverse("organization_edit", args=[gone.pk])
    response = browser(main_user).get(there)
    assert response.status_code == 302
    assert response.headers["Location"] == reverse("organization_edit", args=[organization.pk])
    posted = browser(main_user).post(there, {"name_fi": "Kaapattu ry"})
    assert (posted.status_code, posted.headers["Location"]) == (302, reverse("desk"))
    start = reverse("listing_start", args=[gone.pk])
    assert browser(main_user).get(start).headers["Location"] == reverse("listing_start", args=[organization.pk])
    for person in (stranger, moderator):
        assert browser(person).get(there).status_code == 404
    gone.refresh_from_db()
    assert gone.name_fi == "Kutomontalo ry"


def test_what_was_begun_for_the_one_that_goes_is_written_for_the_one_that_stays(organization, gone, moderator):
    writer = factories.MembershipFactory(organization=gone).user
    draft = factories.draft(gone, by=writer)
    listing = draft.listing
    actions.merge_organizations(gone, into=organization, by=moderator)
    # The rows as they were read before the merge:
    started = listing_actions.start_listing(
        gone, by=writer, section=Listing.ACTIVITY, answers=factories.answers(venue="A")
    )
    saved = listing_actions.save_answers(draft, by=writer, answers={"venue": "Uusi talo"})
    copied = listing_actions.copy_listing(listing, by=writer)
    assert {one.listing.organization_id for one in (started, saved, copied)} == {organization.pk}
    assert saved.venue == "Uusi talo"
    assert not can_write_listings(writer, gone)


REFUSED = {
    "suspended goes": ("suspended", "active"),
    "declined goes": ("declined", "active"),
    "merged goes": ("merged", "active"),
    "into suspended": ("active", "suspended"),
    "into pending": ("active", "pending"),
    "into merged": ("active", "merged"),
}


@pytest.mark.parametrize("states", REFUSED.values(), ids=REFUSED)
def test_merge_that_would_hide_or_show_listings_is_refused(moderator, states):
    other = factories.OrganizationFactory(active=True)
    gone, stays = (
        factories.OrganizationFactory(state=state, merged_into=other if state == "merged" else None) for state in states
    )
    with pytest.raises(Refused):
        actions.merge_organizations(gone, into=stays, by=moderator)
    assert Organization.objects.get(pk=gone.pk).state == states[0]


def test_organization_is_not_merged_with_itself_or_by_its_own_people(organization, gone, moderator, main_user):
    with pytest.raises(AlreadyDecided):
        actions.merge_organizations(organization, into=organization, by=moderator)
    for person in (main_user, factories.MembershipFactory(organization=gone, user__moderator=True).user):
        with pytest.raises(NotPermitted):
            actions.merge_organizations(gone, into=organization, by=person)


def test_moderator_sees_what_moves_and_confirms_once(organization, gone, moderator):
    factories.public_listing(gone)
    client = browser(moderator)
    choose = client.get(reverse("organization_merge_choose", args=[organization.pk]), {"words": "kutomontallo"})
    assert choose.context["found"] == [gone]
    url = reverse("organization_merge", args=[gone.pk, organization.pk])
    page = client.get(url)
    assert page.context["gone"]["listing_count"] == 1
    assert page.context["obstacle"] == ""
    assert Organization.objects.get(pk=gone.pk).state == "active", "looking changes nothing"
    for _click in range(2):
        assert client.post(url).status_code == 302
    assert Decision.objects.filter(outcome="merged").count() == 1
    assert client.get(url).context["obstacle"]
