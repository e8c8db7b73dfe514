"""What somebody changes in the administration or of an account leaves an event. All else: `test_second_click.py`."""

import ast
import inspect
import re
import time
from types import ModuleType

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from post_office.models import Email

from listings.models import Synonym
from moderation.audit.sentences import OTHERS
from organizations.accounts import traces
from organizations.models import User
from portal.models import AuditEvent, Page
from tests import factories
from tests.listings.test_activity_log import calls_of, texts_in
from tests.organizations.test_accounts import mails_to, page, sign_in
from tests.organizations.test_second_factor import SECRET, code_now
from tests.portal.test_admin import WRITABLE

pytestmark = pytest.mark.django_db


def new_events() -> list[tuple[str, str]]:
    """What was done, as (verb, noun)."""
    return list(AuditEvent.objects.order_by("pk").values_list("verb", "noun"))


# What an operator does in the administration: the model, how its row is made, what is posted, and the events.
IN_THE_ADMINISTRATION = {
    "portal.Page": (lambda: Page.objects.get(slug="about"), {"slug": "about"}, {"changed", "added"}),
    "listings.Synonym": (
        lambda: Synonym.objects.create(language="fi", words="neulonta", means="form:crafts_and_food"),
        {"language": "fi", "words": "kutominen", "means": "form:crafts_and_food"},
        {"changed", "added", "deleted"},
    ),
    "organizations.User": (
        lambda: factories.UserFactory(name="Uusi"),
        {"is_moderator": "on", "is_active": "on", "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"},
        {"changed_powers"},
    ),
}


@pytest.mark.parametrize("label", list(IN_THE_ADMINISTRATION))
def test_what_is_done_in_the_administration_leaves_an_event(label):
    assert set(IN_THE_ADMINISTRATION) == set(WRITABLE)
    make, values, expected = IN_THE_ADMINISTRATION[label]
    row, client = make(), Client()
    client.force_login(factories.UserFactory(operator=True))
    model = type(row)
    form = admin.site._registry[model].get_form(None)  # type: ignore[arg-type]
    texts = {name: "Teksti" for name in form.base_fields if name.startswith(("title", "body"))}
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
    assert client.post(reverse(f"{base}change", args=[row.pk]), texts | values).status_code == 302
    if "added" in expected:
        assert client.post(reverse(f"{base}add"), texts | values | {"slug": "toinen"}).status_code == 302
    if "deleted" in expected:
        assert client.post(reverse(f"{base}delete", args=[row.pk]), {"post": "yes"}).status_code == 302
        chosen = {"action": "delete_selected", "_selected_action": model.objects.first().pk, "post": "yes"}
        assert client.post(reverse(f"{base}changelist"), chosen).status_code == 302
        assert AuditEvent.objects.filter(verb="deleted").count() == 2
    assert {verb for verb, noun in new_events() if noun == model._meta.model_name} == expected
    assert all((verb, model._meta.model_name) in OTHERS for verb in expected)


def key_in(name: str, mail: Email) -> str:
    return re.search(rf"{name}/([^/]+)/", mail.message)[1]  # type: ignore[index]


def test_what_happens_to_an_account_leaves_events():
    person, client = factories.UserFactory(), Client()
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    code = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, person)
    client.post(page("mfa_authenticate"), {"code": code})
    another = "kolme vihreää tuolia"
    client.post(
        page("account_change_password"), {"oldpassword": factories.PASSWORD, "password1": another, "password2": another}
    )
    client.post(page("mfa_reauthenticate"), {"code": code_now()})
    client.post(page("account_email"), {"email": "new@example.org", "action_add": ""})
    client.post(page("account_confirm_email", key_in("confirm-email", mails_to("new@example.org")[0])))
    client.post(page("mfa_deactivate_totp"))
    asked = Client()
    asked.post(page("account_reset_password"), {"email": "new@example.org"})
    link = re.search(r"https?://[^/]+(/\S+)", mails_to("new@example.org")[-1].message)[1]  # type: ignore[index]
    form = asked.get(link).headers["Location"]
    asked.post(form, {"password1": factories.PASSWORD, "password2": factories.PASSWORD})
    written = {verb for verb, noun in new_events() if noun == "user"}
    assert written == {
        *("used_recovery_code", "changed_password", "confirmed_address", "changed_address"),
        *("removed_second_factor", "reset_password"),
    }
    assert set(AuditEvent.objects.values_list("actor_id", flat=True)) == {person.pk}
    assert "new@example.org" not in str(list(AuditEvent.objects.values("details")))


def test_second_factor_that_is_set_up_leaves_an_event(committed_db):
    person, client = factories.UserFactory(), Client()
    sign_in(client, person)
    client.get(page("mfa_activate_totp"))
    client.post(page("account_reauthenticate"), {"password": factories.PASSWORD})
    client.get(page("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    client.post(page("mfa_activate_totp"), {"code": code})
    factors = [event.details["factor"] for event in AuditEvent.objects.filter(verb="set_up_second_factor")]
    assert sorted(factors) == ["recovery_codes", "totp"]


def test_sign_up_leaves_an_event_without_an_address_that_nobody_has_confirmed(client):
    answers = {"email": "uusi@example.org", "password1": "kolme vihreää tuolia", "name": "Uusi Ihminen"}
    client.post(page("account_signup"), answers)
    user = User.objects.get(email="uusi@example.org")
    event = AuditEvent.objects.get()
    assert (event.verb, event.noun_id, event.actor_id) == ("signed_up", user.pk, User.objects.system().pk)
    assert "uusi" not in str(AuditEvent.objects.values().get()).lower()


def test_everything_that_happens_to_an_account_has_its_sentence():
    verbs = texts_in_calls(traces, "_write") | texts_in_calls(traces, "record")
    assert len(verbs) > 7
    assert {(verb, "user") for verb in verbs} <= set(OTHERS)


def texts_in_calls(module: ModuleType, name: str) -> set[str]:
    """What stands first in all calls of a function."""
    calls = calls_of(ast.parse(inspect.getsource(module)), name)
    return set().union(*(texts_in(call.args[0]) for call in calls))
