"""What goes by itself: each period, one day before its end and one day after."""

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings as portal_settings
from django.test import override_settings
from django.utils import timezone
from post_office.models import Email

from organizations import tasks
from organizations.models import Invitation, Membership, User
from organizations.privacy.retention import forget_old_data
from portal.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def days(number: float) -> timedelta:
    return timedelta(days=number)


def person(**fields) -> User:
    """Somebody with these times, which no action would write."""
    user = factories.UserFactory()
    User.objects.filter(pk=user.pk).update(**fields)
    user.refresh_from_db()
    return user


def mails_to(user: User) -> int:
    return Email.objects.filter(to=user.email).count()


@pytest.mark.parametrize(("age", "is_there"), [(29, True), (31, False)])
def test_account_whose_address_nobody_verified_goes(age, is_there):
    user = person(date_joined=NOW - days(age))
    EmailAddress.objects.filter(user=user).update(verified=False)
    forget_old_data(NOW)
    assert User.objects.filter(pk=user.pk).exists() is is_there
    assert not AuditEvent.objects.filter(actor_label__contains=user.email).exists()


def test_verified_accounts_and_first_operators_stay():
    verified = person(date_joined=NOW - days(40))
    second = EmailAddress.objects.create(user=verified, email="second@example.org", verified=False)
    # Made on the command line: no address row before the first sign-in.
    operator = User.objects.create_superuser("operator@example.org", "x")
    User.objects.filter(pk=operator.pk).update(date_joined=NOW - days(40))
    forget_old_data(NOW)
    assert User.objects.filter(pk__in=[verified.pk, operator.pk]).count() == 2
    assert EmailAddress.objects.filter(pk=second.pk).exists()


def run_daily(first: datetime, last: datetime) -> None:
    while first <= last:
        forget_old_data(first)
        first += days(1)


def test_silent_account_is_warned_twice_and_then_erased():
    user = person(last_login=NOW - days(668), date_joined=NOW - days(900))
    seen = []
    for day in range(66):
        forget_old_data(NOW + days(day))
        user.refresh_from_db()
        seen.append((user.silence_warnings, user.erased_at is not None))
    warnings = [number for number, _is_erased in seen]
    # 670 days: the first mail; 700: the second; 730: the end.
    assert (warnings[1], warnings[3], warnings[31], warnings[33]) == (0, 1, 1, 2)
    assert [is_erased for _number, is_erased in seen].index(True) in (62, 63)
    assert AuditEvent.objects.get(verb="erased", noun_id=user.pk).actor_id == User.objects.system().pk


def test_warning_names_the_day_and_comes_once():
    user = person(last_login=NOW - days(671))
    run_daily(NOW, NOW + days(5))
    mail = Email.objects.get(to=user.email)
    assert "sign in once" in mail.message
    day = timezone.localdate(NOW + days(60))
    assert f"{day.day} " in mail.message
    assert str(day.year) in mail.message


def test_signing_in_starts_anew():
    user = person(last_login=NOW - days(705), silence_warnings=1, warned_at=NOW - days(35))
    forget_old_data(NOW)
    user.refresh_from_db()
    assert user.silence_warnings == 2
    User.objects.filter(pk=user.pk).update(last_login=NOW + days(1))
    run_daily(NOW + days(2), NOW + days(40))
    user.refresh_from_db()
    assert (user.silence_warnings, user.warned_at, user.erased_at) == (0, None, None)
    assert mails_to(user) == 1


def test_nobody_is_erased_unwarned_when_the_schedule_had_stood_still():
    user = person(last_login=None, date_joined=NOW - days(3000))
    run_daily(NOW, NOW + days(58))
    user.refresh_from_db()
    assert (user.silence_warnings, user.erased_at) == (2, None)
    assert mails_to(user) == 2
    run_daily(NOW + days(59), NOW + days(62))
    user.refresh_from_db()
    assert user.erased_at is not None


def test_closed_accounts_go_without_a_mail_but_neither_the_systems_nor_the_last_operators():
    long_ago = NOW - days(800)
    closed = person(is_active=False, last_login=long_ago)
    operator = person(is_staff=True, last_login=long_ago, silence_warnings=2, warned_at=NOW - days(40))
    system = User.objects.system()
    User.objects.filter(pk=system.pk).update(date_joined=long_ago)
    forget_old_data(NOW)
    for user in (closed, operator, system):
        user.refresh_from_db()
    assert [user.erased_at is None for user in (closed, operator, system)] == [False, True, True]
    assert Email.objects.filter(to=operator.email).count() == 0


@pytest.mark.parametrize(("age", "is_there"), [(182, True), (184, False)])
def test_ip_addresses_go(age, is_there):
    UserSession.objects.create(
        user=person(), ip="192.0.2.7", user_agent="x", session_key="x", last_seen_at=NOW - days(age)
    )
    forget_old_data(NOW)
    assert UserSession.objects.exists() is is_there


@pytest.mark.parametrize(("age", "is_there"), [(364, True), (366, False)])
@pytest.mark.parametrize("state", ["sent", "accepted", "declined", "withdrawn"])
def test_old_invitations_go(age, is_there, state):
    made_at = NOW - days(age)
    Invitation.objects.create(
        organization=factories.OrganizationFactory(active=True),
        email="invited@example.org",
        digest="x",
        state=state,
        made_at=made_at,
        expires_at=made_at + days(14),
    )
    forget_old_data(NOW)
    assert Invitation.objects.exists() is is_there


def test_what_former_members_wrote_goes_and_members_words_stay():
    before = NOW - days(366)
    former = factories.MembershipFactory(state="removed", message="I lead the club.", claim="Me", changed_at=before)
    recent = factories.MembershipFactory(state="removed", message="Me too.", changed_at=NOW - days(364))
    member = factories.MembershipFactory(message="I cook.", changed_at=before)
    forget_old_data(NOW)
    kept = dict(Membership.objects.values_list("pk", "message"))
    assert kept == {former.pk: "", recent.pk: "Me too.", member.pk: "I cook."}
    assert Membership.objects.get(pk=former.pk).claim == ""


def test_period_is_a_setting_and_beat_runs_the_task():
    user = person(date_joined=NOW - days(10))
    EmailAddress.objects.filter(user=user).update(verified=False)
    with override_settings(KEPT_DAYS={**portal_settings.KEPT_DAYS, "unverified_account": 9}):
        tasks.forget_old_data()
    assert not User.objects.filter(pk=user.pk).exists()
    scheduled = {one["task"] for one in portal_settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.forget_old_data.name in scheduled
