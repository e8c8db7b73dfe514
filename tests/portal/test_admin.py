"""The operator's side opens, changes pages and powers, and is no way round the actions."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override
from post_office.models import STATUS, Email

from listings.models import Synonym
from listings.search import search
from moderation.models import Duty, Recheck
from organizations import actions
from organizations.models import Invitation, Membership, OrganizationAddress, OrganizationChange, User
from portal.audit.sealing import seal_events
from portal.models import AuditEvent, AuditSeal, Page
from portal.refusals import NotPermitted
from tests import factories

pytestmark = pytest.mark.django_db
OURS = [
    model
    for model in admin.site._registry
    if model._meta.app_label in ("portal", "organizations", "listings", "moderation")
]

# What may be done in the administration beside looking, and why. All else is for actions.
WRITABLE = {
    "portal.Page": ({"add", "change"}, "texts of the operator: about, terms, privacy"),
    "listings.Synonym": ({"add", "change", "delete"}, "what people type for what the portal calls otherwise"),
    "organizations.User": ({"change"}, "powers only, through the action that traces them"),
}
# Nobody but their owner looks at these; a mail's text may hold a link that signs somebody in.
NOT_SHOWN = {"auth.Group", "mfa.Authenticator", "usersessions.UserSession", "post_office.EmailTemplate"}


@pytest.fixture
def operator():
    return factories.UserFactory(operator=True)


@pytest.fixture
def operator_client(client, operator):
    client.force_login(operator)
    return client


def _row_of(model, published):
    """A row of each model that no fixture makes."""
    organization = published.listing.organization
    made = {
        AuditSeal: lambda: AuditSeal.objects.get(number=seal_events().number),
        Duty: lambda: Duty.objects.create(moderator=factories.UserFactory(moderator=True)),
        Synonym: lambda: Synonym.objects.create(language="fi", words="neulonta", means="form:crafts_and_food"),
        Recheck: lambda: Recheck.objects.create(
            listing=published.listing, rule_set="2027.1", findings=[{"code": "no-referral"}]
        ),
        Invitation: lambda: Invitation.objects.create(
            organization=organization,
            email="a@example.org",
            digest="secret-digest",
            expires_at=organization.registered_at,
        ),
        OrganizationChange: lambda: OrganizationChange.objects.create(
            organization=organization, names={"fi": "Uusi"}, kind="association"
        ),
        OrganizationAddress: lambda: OrganizationAddress.objects.create(organization=organization, slug="vanha"),
    }
    return made[model]() if model in made else model._default_manager.first()


@pytest.mark.parametrize("model", OURS, ids=[model._meta.label for model in OURS])
def test_list_and_row_open(operator_client, published, model):
    meta = model._meta
    row = _row_of(model, published)
    with override("fi"):
        assert operator_client.get(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")).status_code == 200
        response = operator_client.get(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk]))
    assert response.status_code == 200
    assert "secret-digest" not in response.content.decode()


def test_every_model_is_only_read_unless_there_is_a_reason(operator):
    request = RequestFactory().get("/")
    request.user = operator
    labels = {}
    for model, shown in admin.site._registry.items():
        may = {what for what in ("add", "change", "delete") if getattr(shown, f"has_{what}_permission")(request)}
        labels[model._meta.label] = may
        for inline in shown.get_inline_instances(request):
            # An inline without it would let rows be added beside one that may be changed.
            if inline.has_add_permission(request, None) or inline.can_delete:
                pytest.fail(f"{model._meta.label}: {inline} can be written")
    written = {label: may for label, may in labels.items() if may}
    assert written == {label: may for label, (may, _why) in WRITABLE.items()}
    assert all(why for _may, why in WRITABLE.values())
    assert not NOT_SHOWN & set(labels)
    assert len(labels) > 15


@pytest.mark.parametrize("label", sorted(model._meta.label for model in admin.site._registry))
def test_what_is_posted_to_a_read_only_row_changes_nothing(operator_client, published, label):
    if label in WRITABLE:
        return
    app, model = label.lower().split(".")
    rows = next(one for one in admin.site._registry if one._meta.label == label)
    row = rows._default_manager.first()
    pk = row.pk if row is not None else 1
    before = list(rows._default_manager.values())
    for what, args in (("add", ()), ("change", (pk,)), ("delete", (pk,))):
        address = reverse(f"admin:{app}_{model}_{what}", args=args)
        answer = operator_client.post(address, {"post": "yes", "state": "active", "role": "main_user", "name_fi": "X"})
        assert answer.status_code in (403, 302), what
    assert list(rows._default_manager.values()) == before


def test_page_is_edited_in_each_language(operator_client):
    page = Page.objects.get(slug="about")
    address = reverse("admin:portal_page_change", args=[page.pk])
    form = operator_client.get(address).context["adminform"].form
    values = {name: form.initial.get(name) or "" for name in form.fields}
    assert {"title_fi", "body_sv", "title_so"} <= set(values)
    response = operator_client.post(address, {**values, "title_so": "Ku saabsan", "body_fi": "Oma teksti."})
    assert response.status_code == 302
    page.refresh_from_db()
    assert (page.title_so, page.body_fi) == ("Ku saabsan", "Oma teksti.")


# The rows of the inline, which are only looked at
_INLINE = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


def _change(client: Client, person: User, **values: str):
    address = reverse("admin:organizations_user_change", args=[person.pk])
    return client.post(address, {**_INLINE, **values})


def test_making_a_moderator_is_traced(operator_client, operator):
    person = factories.UserFactory(name="Ennen")
    posted = {"email": "other@example.org", "name": "X", "is_superuser": "on", "password": "x", "groups": "1"}
    assert _change(operator_client, person, is_moderator="on", is_active="on", **posted).status_code == 302
    before = (person.email, person.name, person.password)
    person.refresh_from_db()
    assert (person.is_moderator, person.is_staff, person.is_superuser) == (True, False, False)
    assert (person.email, person.name, person.password) == before
    event = AuditEvent.objects.get(verb="changed_powers")
    assert (event.actor_id, event.noun_id, event.details) == (operator.pk, person.pk, {"is_moderator": True})


def test_main_user_is_not_made_in_the_administration(operator_client):
    membership = factories.MembershipFactory()
    rows = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1",
        "is_active": "on",
        "memberships-0-id": str(membership.pk),
        "memberships-0-user": str(membership.user_id),
        "memberships-0-role": "main_user",
        "memberships-0-state": "active",
    }
    _change(operator_client, membership.user, **rows)
    assert Membership.objects.get(pk=membership.pk).role == "editor"


@pytest.mark.parametrize("power", ["is_moderator", "is_staff"])
def test_ending_powers_signs_the_person_out_everywhere(operator_client, power):
    person = factories.UserFactory(moderator=True, operator=True)
    theirs = Client()
    theirs.post(reverse("account_login"), {"login": person.email, "password": factories.PASSWORD})
    assert UserSession.objects.filter(user=person).count() == 1
    kept = {"is_moderator", "is_staff", "is_active"} - {power}
    _change(operator_client, person, **dict.fromkeys(kept, "on"))
    person.refresh_from_db()
    assert not getattr(person, power)
    assert person.is_superuser == person.is_staff
    assert "_auth_user_id" not in theirs.session


def test_operator_cannot_change_own_powers(operator_client, operator):
    _change(operator_client, operator, is_moderator="on", is_staff="on", is_active="on")
    operator.refresh_from_db()
    assert not operator.is_moderator
    with pytest.raises(NotPermitted):
        actions.change_powers(operator, by=operator, is_moderator=True, is_operator=True, is_active=True)


def test_only_operators_change_powers(moderator, main_user):
    for by in (moderator, main_user, User.objects.system()):
        with pytest.raises(NotPermitted):
            actions.change_powers(factories.UserFactory(), by=by, is_moderator=True, is_operator=False, is_active=True)


def test_account_of_commands_cannot_be_opened(operator):
    with pytest.raises(NotPermitted):
        actions.change_powers(User.objects.system(), by=operator, is_moderator=True, is_operator=True, is_active=True)


def test_second_factor_that_is_lost_is_taken_away_and_told(operator_client):
    person = factories.UserFactory(moderator=True)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    data = {"action": "take_away_second_factor", "_selected_action": [person.pk]}
    for _twice in range(2):
        assert operator_client.post(reverse("admin:organizations_user_changelist"), data).status_code == 302
    assert not Authenticator.objects.exists()
    assert AuditEvent.objects.filter(verb="took_away_second_factor").count() == 1
    assert [mail.to for mail in Email.objects.all()] == [[person.email]]


def test_own_second_factor_is_not_taken_away(operator_client, operator):
    TOTP.activate(operator, "JBSWY3DPEHPK3PXP")
    data = {"action": "take_away_second_factor", "_selected_action": [operator.pk]}
    operator_client.post(reverse("admin:organizations_user_changelist"), data)
    assert Authenticator.objects.filter(user=operator).exists()


def test_text_of_a_mail_is_not_shown_and_a_failed_one_is_sent_again(operator_client):
    secret = "1234-5678"  # noqa: S105
    failed = Email.objects.create(
        from_email="a@example.org", to="b@example.org", subject="Koodi", message=secret, status=STATUS.failed
    )
    sent = Email.objects.create(from_email="a@example.org", to="b@example.org", status=STATUS.sent)
    for name, args in (("changelist", ()), ("change", (failed.pk,))):
        html = operator_client.get(reverse(f"admin:post_office_email_{name}", args=args)).content.decode()
        assert "Koodi" in html
        assert secret not in html
    data = {"action": "send_again", "_selected_action": [failed.pk, sent.pk]}
    operator_client.post(reverse("admin:post_office_email_changelist"), data)
    statuses = [Email.objects.get(pk=one.pk).status for one in (failed, sent)]
    assert statuses == [STATUS.queued, STATUS.sent]
    assert AuditEvent.objects.filter(verb="queued_again").count() == 1


@pytest.mark.parametrize("search", ["?q=testi", "?second_factor=missing", "?is_moderator__exact=1"])
def test_accounts_are_found(operator_client, search):
    factories.UserFactory(moderator=True, email="testi@example.org")
    html = operator_client.get(reverse("admin:organizations_user_changelist") + search).content.decode()
    assert "testi@example.org" in html
    assert LogEntry.objects.count() == 0


def test_operator_adds_a_synonym_and_takes_it_away(operator_client):
    factories.public_listing(title={"fi": "Kielikahvila kirjastossa"}, forms=["language_club"])
    assert search("xylitoli").total == 0
    address = reverse("admin:listings_synonym_add")
    line = {"language": "fi", "words": "xylitoli, iso xylitoli", "means": "form:language_club, kuoro"}
    assert operator_client.post(address, line).status_code == 302
    assert search("xylitoli").total == 1
    assert search("xylitolia").total == 1
    assert search("xylitoli", language="ar").total == 1
    row = Synonym.objects.get(words="xylitoli, iso xylitoli")
    operator_client.post(reverse("admin:listings_synonym_delete", args=[row.pk]), {"post": "yes"})
    assert search("xylitoli").total == 0


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("", "kuoro"),
        (" , ", "kuoro"),
        ("yksi kaksi kolme neljä viisi kuusi", "kuoro"),
        ("x", "form:nothing"),
        ("x", ","),
    ],
)
def test_synonym_that_cannot_work_is_not_taken(operator_client, words, means):
    form = {"language": "fi", "words": words, "means": means}
    answer = operator_client.post(reverse("admin:listings_synonym_add"), form)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert not Synonym.objects.filter(words=words).exists()
