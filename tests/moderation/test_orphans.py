"""Organizations that nobody answers for: who they are, who offers, and who decides."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email

from organizations import actions
from organizations.models import Membership, Organization, User
from portal.models import AuditEvent
from portal.refusals import AlreadyDecided, NotPermitted
from tests import factories

pytestmark = pytest.mark.django_db


def silent(user, days=settings.ORPHAN_AFTER_DAYS + 1) -> None:
    User.objects.filter(pk=user.pk).update(last_login=timezone.now() - timedelta(days=days))


def told() -> set[str]:
    return {address for mail in Email.objects.all() for address in mail.to}


@pytest.fixture
def orphan(organization, main_user, editor):
    silent(main_user)
    return organization


@pytest.fixture
def claim(orphan, editor, moderator):
    return actions.claim_organization(orphan, by=editor, claim="Hallitus valitsi minut.")


def test_organization_is_an_orphan_when_all_main_users_are_silent_or_gone(organization, main_user):
    orphans = Organization.objects.orphaned()
    assert not orphans.exists()
    silent(main_user, settings.ORPHAN_AFTER_DAYS - 1)
    assert not orphans.exists()
    silent(main_user)
    assert orphans.get() == organization
    second = factories.MembershipFactory(organization=organization, main_user=True).user
    assert not orphans.exists(), "one who has just made an account has not signed in yet"
    User.objects.filter(pk=second.pk).update(is_active=False)
    assert orphans.get() == organization
    assert Organization.objects.orphaned(timezone.now() - timedelta(days=30)).count() == 0


def test_organization_that_was_declined_is_no_orphan(orphan):
    Organization.objects.update(state=Organization.State.DECLINED)
    assert not Organization.objects.orphaned().exists()


def test_claim_is_told_to_moderators_and_to_the_silent(claim, main_user, moderator):
    assert told() == {main_user.email, moderator.email}


def test_accepted_claim_makes_a_main_user_and_takes_nothing_from_the_silent(claim, editor, main_user, moderator):
    Email.objects.all().delete()
    actions.accept_claim(claim, by=moderator)
    roles = dict(Membership.objects.values_list("user", "role"))
    assert roles == {editor.pk: "main_user", main_user.pk: "main_user"}
    assert told() == {editor.email, main_user.email}
    assert not Organization.objects.orphaned().exists()
    with pytest.raises(AlreadyDecided):
        actions.decline_claim(claim, by=moderator, message="Ei.")


def test_declined_claim_leaves_an_editor_who_may_claim_again(claim, orphan, editor, moderator):
    Email.objects.all().delete()
    actions.decline_claim(claim, by=moderator, message="Lähetä ote rekisteristä.")
    assert told() == {editor.email}
    assert "Lähetä ote rekisteristä." in Email.objects.get().message
    assert AuditEvent.objects.get(verb="declined_claim").details == {"message": "Lähetä ote rekisteristä."}
    assert Membership.objects.get(user=editor).role == "editor"
    actions.claim_organization(orphan, by=editor, claim="Tässä ote.")


def test_main_user_who_comes_back_decides_themselves(client, claim, main_user, editor, moderator):
    client.force_login(main_user)
    with pytest.raises(AlreadyDecided):
        actions.accept_claim(claim, by=moderator)
    assert Membership.objects.get(user=editor).role == "editor"
    actions.make_main_user(claim, by=main_user)
    assert not Membership.objects.claims().exists()


def test_nobody_claims_what_somebody_answers_for(organization, main_user, editor):
    with pytest.raises(AlreadyDecided):
        actions.claim_organization(organization, by=editor, claim="Minä.")


def test_stranger_and_removed_editor_claim_nothing(orphan, editor, stranger):
    Membership.objects.filter(user=editor).update(state="removed")
    for person in (stranger, editor):
        with pytest.raises(AlreadyDecided):
            actions.claim_organization(orphan, by=person, claim="Minä.")


def test_moderator_does_not_decide_for_their_own_organization_and_editors_not_at_all(claim, orphan, editor, moderator):
    factories.MembershipFactory(organization=orphan, user=moderator)
    for person in (moderator, editor):
        with pytest.raises(NotPermitted):
            actions.accept_claim(claim, by=person)


def test_declining_needs_a_reason(client, claim, moderator):
    client.force_login(moderator)
    response = client.post(reverse("claim_decline", args=[claim.pk]), {"message": " "})
    assert response.status_code == 422
    assert Membership.objects.claims().get() == claim


def test_list_shows_offers_first_and_requests_that_were_passed_on(client, claim, organization, moderator):
    answered = factories.MembershipFactory(main_user=True).organization
    passed_on = factories.MembershipFactory(main_user=True).organization
    factories.MembershipFactory(organization=passed_on, asked=True, reminders=Membership.PASSED_ON)
    empty = factories.OrganizationFactory(active=True)
    client.force_login(moderator)
    page = client.get(reverse("moderation_orphans"))
    assert list(page.context["page_obj"]) == [organization, passed_on, empty]
    assert str(answered) not in page.content.decode()


def test_person_let_in_by_a_moderator_becomes_main_user_of_an_orphan(orphan, moderator):
    membership = actions.ask_to_join(orphan, by=factories.UserFactory(), message="Uusi puheenjohtaja.")
    assert actions.accept_request(membership, by=moderator).role == "main_user"
