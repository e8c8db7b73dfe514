"""One's own data as a file, and what is left of an account that is erased."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from post_office.models import Email, Log

from listings.models import BrokenLink, Remark, Report, Version
from moderation.models import Decision, Duty, Hold, InternalNote, SavedView
from organizations import actions
from organizations.actions.erasing import HandOverFirst, LastOperator
from organizations.models import Invitation, Membership, Organization, OrganizationChange, User
from organizations.privacy.my_data import data_of
from portal.audit import record
from portal.models import AuditEvent, DigestItem, Feedback
from portal.personal_data import all_held
from portal.refusals import AlreadyDecided, NotPermitted
from tests import factories

pytestmark = pytest.mark.django_db

NAME, ADDRESS, OTHER_ADDRESS = "Tuuli Kuvitelma", "tuuli@kuvitelma.example", "tuuli.toinen@kuvitelma.example"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _mail(to: str) -> Email:
    return Email.objects.create(from_email="no-reply@example.org", to=[to], subject="Hei", message=f"Hei {NAME}!")


def _version(user: User) -> Version:
    organization = factories.OrganizationFactory(active=True)
    factories.MembershipFactory(organization=organization, main_user=True)
    factories.MembershipFactory(organization=organization, user=user, message=f"Olen {NAME}.")
    return factories.draft(organization, by=user, contact_name=NAME, contact_email=ADDRESS, contact_phone="040 1")


def _decision(user: User) -> Decision:
    User.objects.filter(pk=user.pk).update(is_moderator=True)
    user.refresh_from_db()
    published = factories.public_listing().published_version
    return Decision.objects.create(version=published, outcome="kept", language="fi", rule_set="x", moderator=user)


def _admin_log(user: User) -> LogEntry:
    about = {"content_type": ContentType.objects.get_for_model(User), "object_id": str(user.pk), "object_repr": NAME}
    return LogEntry.objects.create(user=user, action_flag=CHANGE, change_message="[]", **about)


def _invitation(user: User) -> Invitation:
    return Invitation.objects.create(
        organization=factories.OrganizationFactory(active=True),
        email=OTHER_ADDRESS.upper(),
        digest="secret-digest",
        expires_at=timezone.now(),
    )


def _change(user: User) -> OrganizationChange:
    organization = factories.OrganizationFactory(active=True)
    return OrganizationChange.objects.create(organization=organization, kind="association", asked_by=user)


def _report(user: User) -> Report:
    return Report.objects.create(
        listing=factories.public_listing(),
        reason=Report.Reason.OVER,
        reader_email=OTHER_ADDRESS,
        sender="secret-sender",
        sender_today="secret-sender-today",
        closed_at=timezone.now(),
        closed_by=user,
        outcome=Report.Outcome.RIGHT,
    )


# One row of each declared model, for a person with two addresses. A model that is declared anew needs one, too.
MAKERS: dict[str, Callable[[User], Any]] = {
    "organizations.User": lambda user: user,
    "organizations.User_groups": lambda user: user.groups.add(Group.objects.create(name="Writers")),
    "organizations.User_user_permissions": lambda user: user.user_permissions.add(Permission.objects.first()),
    "organizations.Membership": lambda user: None,
    "organizations.Invitation": _invitation,
    "organizations.OrganizationChange": _change,
    "organizations.Organization": lambda user: factories.OrganizationFactory(
        contact_name=NAME, contact_email=ADDRESS.title(), contact_phone="040 1"
    ),
    "listings.Version": _version,
    "listings.Report": _report,
    "moderation.Decision": _decision,
    "listings.BrokenLink": lambda user: BrokenLink.objects.create(
        listing=_version(user).listing,
        url="https://www.example.org/gone",
        first_seen_at=timezone.now(),
        last_seen_at=timezone.now(),
    ),
    "listings.Remark": lambda user: Remark.objects.create(
        version=_version(user), author=user, is_from_moderator=False, text="Kiitos."
    ),
    "moderation.InternalNote": lambda user: InternalNote.objects.create(
        organization=factories.OrganizationFactory(), author=user, text="Soita ensin."
    ),
    "moderation.Hold": lambda user: Hold.objects.create(
        kind="version", case_id=1, moderator=user, until=timezone.now()
    ),
    "moderation.SavedView": lambda user: SavedView.objects.create(moderator=user, name="Omat", query="kind=version"),
    "moderation.Duty": lambda user: Duty.objects.create(moderator=user),
    "portal.AuditEvent": lambda user: record("changed", user, by=user, name=NAME, note=f"from {ADDRESS} on"),
    "account.EmailAddress": lambda user: EmailAddress.objects.create(user=user, email=OTHER_ADDRESS, verified=True),
    "account.EmailConfirmation": lambda user: EmailConfirmation.objects.create(
        email_address=user.emailaddress_set.get(email=ADDRESS), key="secret-key"
    ),
    "portal.Feedback": lambda user: Feedback.objects.create(
        words="En kuule videota.",
        email=OTHER_ADDRESS,
        language="fi",
        sender_today="secret-sender-today",
        answer="Kiitos.",
        answered_at=timezone.now(),
        answered_by=user,
    ),
    "portal.DigestItem": lambda user: DigestItem.objects.create(
        recipient=user, kind="listing_kept", subject="Ilmoitus", text=f"Hei {NAME}", url="/"
    ),
    "post_office.Log": lambda user: Log.objects.create(email=_mail(OTHER_ADDRESS), status=0, message=f"to {ADDRESS}"),
    "post_office.Email": lambda user: _mail(ADDRESS),
    "mfa.Authenticator": lambda user: Authenticator.objects.create(
        user=user, type="totp", data={"secret": "secret-seed"}
    ),
    "usersessions.UserSession": lambda user: UserSession.objects.create(
        user=user, ip="192.0.2.7", user_agent="Browser of a test", session_key="secret-session"
    ),
    "sessions.Session": signed_in,
    "admin.LogEntry": _admin_log,
}


@pytest.fixture
def person(db) -> User:
    """Somebody about whom there is a row in every declared model."""
    user = factories.UserFactory(name=NAME, email=ADDRESS)
    for make in MAKERS.values():
        make(user)
    return user


def texts_in_the_database() -> dict[str, str]:
    """All that stands in each table, as one text."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            found[model._meta.label] = "\n".join(
                value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
                for row in cursor.fetchall()
                for value in row
            )
    return found


def tables_with(*texts: str) -> set[str]:
    return {
        label for label, found in texts_in_the_database().items() if any(one.lower() in found.lower() for one in texts)
    }


def test_every_declared_model_is_in_the_file(person):
    assert set(MAKERS) == {one.model for one in all_held()}, "make a row of it here"
    tables = data_of(person)["data"]
    assert [label for label, one in tables.items() if not one["rows"]] == []
    assert set(tables) == set(MAKERS)


def test_file_has_no_secrets_and_nobody_elses_rows(person, stranger):
    _mail(stranger.email)
    text = json.dumps(data_of(person), default=str)
    assert ADDRESS in text
    assert person.password not in text
    for secret in (
        "secret-digest",
        "secret-key",
        "secret-seed",
        "secret-session",
        Session.objects.first().session_data,
    ):
        assert secret not in text
    assert stranger.email not in text


def test_mail_to_an_address_that_is_not_verified_is_not_handed_out():
    """Whoever adds somebody else's address would read the keys in their mails."""
    thief = factories.UserFactory()
    EmailAddress.objects.create(user=thief, email="victim@example.org", verified=False)
    _mail("victim@example.org")
    assert data_of(thief)["data"]["post_office.Email"]["rows"] == []
    actions.erase_account(thief, by=thief)
    assert Email.objects.filter(to="victim@example.org").exists()


def test_file_is_downloaded_with_the_password_only(person):
    client = signed_in(person)
    address = reverse("account_data")
    assert client.get(address).status_code == 200
    for wrong in ({}, {"password": "not this one"}):
        response = client.post(address, wrong)
        assert response.status_code == 422
        assert response.headers["Content-Type"].startswith("text/html")
    response = client.post(address, {"password": factories.PASSWORD})
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in response.headers["Cache-Control"]
    assert json.loads(response.content)["data"]["organizations.User"]["rows"][0]["email"] == ADDRESS


def test_whoever_has_just_signed_in_is_not_asked_again(person, client):
    Authenticator.objects.filter(user=person).delete()
    client.post(reverse("account_login"), {"login": ADDRESS, "password": factories.PASSWORD})
    assert client.post(reverse("account_data")).headers["Content-Type"] == "application/json"


def test_guessing_the_password_is_limited(person, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reauthenticate": "2/m/user"}
    client = signed_in(person)
    for _try in range(2):
        client.post(reverse("account_data"), {"password": "not this one"})
    assert client.post(reverse("account_data"), {"password": factories.PASSWORD}).status_code == 422


def test_nothing_of_the_person_is_left_but_what_is_declared_to_stay(person):
    assert len(tables_with(NAME, ADDRESS, OTHER_ADDRESS)) > 8
    actions.erase_account(person, by=person)
    # The last mail, which says that it is done.
    assert tables_with(NAME, ADDRESS, OTHER_ADDRESS) == {"post_office.Email"}
    mail = Email.objects.get(to=ADDRESS)
    assert NAME not in mail.message + mail.html_message
    assert "192.0.2.7" not in texts_in_the_database()["usersessions.UserSession"]
    tables = data_of(person)["data"]
    deleted = {one.model for one in all_held() if one.is_deleted}
    assert len(deleted) >= 8
    assert [label for label in deleted if tables[label]["rows"]] == []


def test_erased_account_is_a_number_that_can_do_nothing(person):
    version, password = Version.objects.filter(author=person).earliest("pk"), person.password
    actions.erase_account(person, by=person)
    person.refresh_from_db()
    assert (person.name, person.email) == ("", f"erased-{person.pk}@portal.invalid")
    assert person.password != password
    assert not person.has_usable_password()
    assert not any((person.is_active, person.is_staff, person.is_moderator, person.is_superuser))
    assert person.erased_at is not None
    assert not person.memberships.exclude(state=Membership.State.REMOVED).exists()
    version.refresh_from_db()
    assert (version.author, version.texts("title")["fi"]) == (person, "Kielikahvila kirjastossa")
    assert set(AuditEvent.objects.filter(actor_id=person.pk).values_list("actor_label", flat=True)) == {
        f"erased-{person.pk}"
    }
    with pytest.raises(AlreadyDecided):
        actions.erase_account(person, by=person)


def test_contact_of_others_and_other_peoples_data_stay(person, stranger):
    other = _version(factories.UserFactory(name="Joku Toinen"))
    Version.objects.filter(pk=other.pk).update(contact_email="info@example.org", contact_name="Ohjaaja")
    record("changed", stranger, by=stranger, name="Joku Toinen")
    actions.erase_account(person, by=person)
    other.refresh_from_db()
    assert (other.contact_name, other.contact_email) == ("Ohjaaja", "info@example.org")
    assert AuditEvent.objects.get(actor_id=stranger.pk).details == {"name": "Joku Toinen"}
    assert stranger.emailaddress_set.exists()


def test_only_main_user_hands_over_before_leaving_others(organization, main_user, editor):
    with pytest.raises(HandOverFirst):
        actions.erase_account(main_user, by=main_user)
    page = signed_in(main_user).get(reverse("account_delete"))
    assert str(organization) in page.content.decode()
    Membership.objects.filter(organization=organization, user=editor).update(role=Membership.Role.MAIN_USER)
    actions.erase_account(main_user, by=main_user)
    with pytest.raises(NotPermitted):
        actions.erase_account(editor, by=factories.UserFactory())
    # Whoever is alone goes; the organization waits for the moderators.
    actions.erase_account(editor, by=editor)
    assert Organization.objects.orphaned().get(pk=organization.pk)


def test_operator_erases_on_request_but_not_the_last_operator(organization, main_user, editor):
    operator = factories.UserFactory(operator=True)
    actions.erase_account(main_user, by=operator)
    with pytest.raises(LastOperator):
        actions.erase_account(operator, by=operator)
    with pytest.raises(NotPermitted):
        actions.erase_account(User.objects.system(), by=operator)
    assert AuditEvent.objects.get(verb="erased").actor_label == str(operator)


def test_account_is_deleted_on_its_page_and_every_browser_is_signed_out(person):
    here, elsewhere = signed_in(person), signed_in(person)
    address = reverse("account_delete")
    for missing in ({"password": factories.PASSWORD}, {"is_sure": "on"}, {"is_sure": "on", "password": "wrong"}):
        assert here.post(address, missing).status_code == 422
    assert User.objects.get(pk=person.pk).erased_at is None
    response = here.post(address, {"password": factories.PASSWORD, "is_sure": "on"}, follow=True)
    assert response.redirect_chain == [(reverse("start"), 302)]
    assert User.objects.get(pk=person.pk).erased_at is not None
    for client in (here, elsewhere):
        assert client.get(address).status_code == 302
    assert not Session.objects.filter(pk=elsewhere.session.session_key).exists()


def test_privacy_page_says_each_thing_that_is_kept(client, settings):
    page = client.get("/en/pages/privacy/").content.decode()
    assert "{personal data}" not in page
    for one in all_held():
        assert f"<h3>{str(one.title)}</h3>" in page
    assert f"{settings.KEPT_DAYS['silent_account']} days" in page


def test_operator_erases_in_the_administration_after_a_question(organization, main_user):
    client = signed_in(factories.UserFactory(operator=True))
    address = reverse("admin:organizations_user_changelist")
    chosen = {"action": "erase_accounts", "_selected_action": [main_user.pk]}
    question = client.post(address, chosen)
    assert main_user.email in question.content.decode()
    main_user.refresh_from_db()
    assert main_user.erased_at is None
    assert client.post(address, {**chosen, "is_sure": "yes"}).status_code == 302
    main_user.refresh_from_db()
    assert main_user.erased_at is not None
