"""An invitation is a key for one person, once: sent, opened, stolen, late, withdrawn, and too many of them."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from post_office.models import Email

from organizations import actions
from organizations.models import Invitation, Membership, User
from portal.refusals import NotPermitted, Refused
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "kutsuttu@example.org"


@pytest.fixture
def invitation(organization, main_user):
    return actions.invite(organization, by=main_user, email=ADDRESS, role="main_user")


@pytest.fixture
def person():
    return factories.UserFactory(email="somebody.else@example.org")


def signed_in(user, **options) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def address(what: str, key: str) -> str:
    return reverse(what, args=[key])


def key_in_mail() -> str:
    (found,) = re.findall(r"/invitations/([\w-]+)/", Email.objects.latest("pk").message)
    return found


def age(**fields) -> None:
    Invitation.objects.update(**fields)


def test_key_is_in_the_mail_and_nowhere_else(invitation, main_user):
    mail = Email.objects.get()
    assert mail.to == [ADDRESS]
    assert str(main_user) in mail.message
    row = Invitation.objects.values().get()
    assert len(key_in_mail()) >= 43
    assert not any(key_in_mail() in str(value) for value in row.values())
    assert Invitation.objects.with_key(key_in_mail()).get() == invitation


def test_looking_uses_nothing_up_and_says_who_accepts(invitation, organization, person):
    page = signed_in(person).get(address("invitation", invitation.key))
    assert page.status_code == 200
    for text in (str(organization), person.email, ADDRESS, str(invitation.invited_by)):
        assert text in page.content.decode()
    assert signed_in(person).get(address("invitation_accept", invitation.key)).status_code == 405
    assert Invitation.objects.open().get() == invitation


def test_accepting_lets_in_with_the_role_of_the_invitation_whatever_is_posted(invitation, organization, main_user):
    Invitation.objects.update(role="editor")
    person = factories.UserFactory()
    other = factories.OrganizationFactory(active=True)
    posted = {"role": "main_user", "organization": other.pk, "state": "sent", "user": main_user.pk}
    signed_in(person).post(address("invitation_accept", invitation.key), posted)
    membership = Membership.objects.get(user=person)
    assert (membership.organization, membership.role, membership.state) == (organization, "editor", "active")
    row = Invitation.objects.get()
    assert (row.state, row.accepted_by) == ("accepted", person)
    assert Email.objects.latest("pk").to == [main_user.email]


def test_used_key_lets_nobody_else_in(invitation, person):
    thief = factories.UserFactory()
    signed_in(person).post(address("invitation_accept", invitation.key))
    assert signed_in(thief).get(address("invitation", invitation.key)).status_code == 410
    signed_in(thief).post(address("invitation_accept", invitation.key))
    assert not Membership.objects.filter(user=thief).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": "withdrawn"}, "This invitation was withdrawn"),
        ({"state": "declined"}, "This invitation was declined"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "This invitation has run out"),
    ],
)
def test_closed_invitation_says_why_and_lets_nobody_in(invitation, person, change, words):
    age(**change)
    client = signed_in(person)
    page = client.get(address("invitation", invitation.key).replace("/fi/", "/en/"))
    assert page.status_code == 410
    assert words in page.content.decode()
    response = client.post(address("invitation_accept", invitation.key))
    assert response.status_code == 302
    assert not Membership.objects.filter(user=person).exists()


def test_key_of_one_organization_opens_no_other(invitation, person, organization):
    """Each key belongs to one row; nothing in the request names another organization."""
    other = factories.MembershipFactory(main_user=True)
    theirs = actions.invite(other.organization, by=other.user, email=ADDRESS, role="editor")
    signed_in(person).post(address("invitation_accept", theirs.key))
    assert list(Membership.objects.filter(user=person).values_list("organization", "role")) == [
        (other.organization.pk, "editor")
    ]
    assert Invitation.objects.open().get() == invitation


def test_digest_from_the_database_is_no_key(invitation, person):
    assert signed_in(person).post(address("invitation_accept", invitation.digest)).status_code == 404
    assert not Membership.objects.filter(user=person).exists()


def test_accepting_needs_a_form_of_this_site(invitation, person):
    client = signed_in(person, enforce_csrf_checks=True)
    assert client.post(address("invitation_accept", invitation.key)).status_code == 403
    assert not Membership.objects.filter(user=person).exists()


def test_sent_again_has_a_new_key_and_the_old_one_is_dead(invitation, main_user, person):
    with pytest.raises(Refused):
        actions.invite_again(invitation, by=main_user)  # just sent
    age(made_at=timezone.now() - timedelta(hours=1), expires_at=timezone.now() - timedelta(minutes=1))
    old = invitation.key
    again = actions.invite_again(invitation, by=main_user)
    assert again.key == key_in_mail() != old
    assert signed_in(person).get(address("invitation", old)).status_code == 404
    with pytest.raises(actions.InvitationClosed):
        actions.accept_invitation(invitation, by=person)  # looked up before it was sent again
    actions.accept_invitation(again, by=person)
    assert Invitation.objects.get().state == "accepted"


def test_key_is_for_fourteen_days(invitation):
    assert invitation.expires_at - invitation.made_at == timedelta(days=django_settings.INVITATION_DAYS)
    assert django_settings.INVITATION_DAYS == 14


def test_member_opens_it_without_using_it_up(invitation, main_user, editor):
    signed_in(main_user).post(address("invitation_accept", invitation.key))
    assert Invitation.objects.open().get() == invitation
    signed_in(editor).post(address("invitation_accept", invitation.key))
    assert Membership.objects.get(user=editor).role == "main_user", "it makes more of an editor"


def test_invitation_as_editor_takes_nothing_from_a_main_user(invitation, organization, main_user):
    age(role="editor")
    with pytest.raises(Refused):
        actions.accept_invitation(Invitation.objects.get(), by=main_user)
    assert organization.memberships.get(user=main_user).role == "main_user"


def test_declining_needs_no_account_and_the_inviter_is_told(client, invitation, main_user):
    response = client.post(address("invitation_decline", invitation.key), follow=True)
    assert response.status_code == 410
    assert Invitation.objects.get().state == "declined"
    assert Email.objects.latest("pk").to == [main_user.email]


def test_editor_and_former_main_user_invite_nobody(organization, main_user, editor):
    former = factories.MembershipFactory(organization=organization, role="main_user", state="removed").user
    for nobody in (editor, former):
        with pytest.raises(NotPermitted):
            actions.invite(organization, by=nobody, email=ADDRESS, role="editor")


def test_same_person_is_invited_once_and_again_after_it_has_run_out(invitation, organization, main_user, editor):
    for known in (ADDRESS, ADDRESS.upper(), editor.email):
        with pytest.raises(Refused):
            actions.invite(organization, by=main_user, email=known, role="editor")
    age(expires_at=timezone.now())
    actions.invite(organization, by=main_user, email=ADDRESS, role="editor")
    assert sorted(Invitation.objects.values_list("state", flat=True)) == ["sent", "withdrawn"]


def test_answer_to_the_inviter_is_the_same_with_and_without_an_account(organization, main_user, person):
    client = signed_in(main_user)
    page = reverse("organization_invite", args=[organization.pk])
    answers = []
    for email in (person.email, "not.here.at.all.yet@example.org"):
        response = client.post(page, {"email": email, "role": "editor"}, follow=True)
        html = re.sub(r'value="[\w]{64}"', "", response.content.decode()).replace(email, "")
        answers.append((response.redirect_chain, html.count("<form"), response.status_code))
        actions.withdraw_invitation(Invitation.objects.open().get(), by=main_user)
    assert answers[0] == answers[1]


@override("en")
def test_so_many_a_day_for_an_organization_and_for_a_person(organization, main_user, settings):
    settings.INVITATIONS_A_DAY = 3
    for number in range(3):
        actions.invite(organization, by=main_user, email=f"p{number}@example.org", role="editor")
    elsewhere = factories.MembershipFactory(user=main_user, main_user=True).organization
    second = factories.MembershipFactory(organization=organization, main_user=True).user
    for where, who in ((organization, main_user), (organization, second), (elsewhere, main_user)):
        with pytest.raises(Refused, match="tomorrow"):
            actions.invite(where, by=who, email="one.more@example.org", role="editor")
    age(made_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(Refused, match="tomorrow"):
        actions.invite_again(Invitation.objects.first(), by=main_user)
    client = signed_in(main_user)
    posted = {"email": "one.more@example.org", "role": "editor"}
    response = client.post(reverse("organization_invite", args=[organization.pk]), posted)
    assert response.status_code == 422
    assert "one.more@example.org" in response.content.decode(), "what was typed stays"


def test_organization_that_was_declined_lets_nobody_in(invitation, organization, person):
    type(organization).objects.filter(pk=organization.pk).update(state="declined")
    assert signed_in(person).get(address("invitation", invitation.key)).status_code == 410
    signed_in(person).post(address("invitation_accept", invitation.key))
    assert not Membership.objects.filter(user=person).exists()


def test_invitation_outlasts_making_an_account_and_confirming_the_address(client, invitation, organization):
    page = address("invitation", invitation.key)
    assert "csrfmiddlewaretoken" in client.get(page).content.decode()
    response = client.post(address("invitation_sign_up", invitation.key))
    assert response.url == reverse("account_signup")
    account = {"name": "Aino", "email": "aino@example.org", "password1": factories.PASSWORD}
    client.post(response.url, account)
    (confirm,) = re.findall(r"http\S+(/\w\w/account/confirm-email/\S+/)", Email.objects.latest("pk").message)
    client.post(confirm)
    posted = {"login": "aino@example.org", "password": factories.PASSWORD}
    response = client.post(reverse("account_login"), posted)
    assert response.url == page
    response = client.post(address("invitation_accept", invitation.key))
    assert response.url == reverse("organization_desk", args=[organization.pk])
    assert User.objects.get(email="aino@example.org").memberships.get().role == "main_user"
    client.post(reverse("account_logout"))
    assert client.post(reverse("account_login"), posted).url == reverse("desk"), "an answered one is forgotten"
