"""Who is told that mail to an address does not arrive, and when that is over."""

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS, Email, RecipientDeliveryStatus

from portal.reach import not_reached
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "Mail to this address does not arrive"


def refuse(address: str) -> Email:
    EmailMessage("Aihe", "Hei", to=[address]).send()
    mail = Email.objects.latest("pk")
    hard = RecipientDeliveryStatus.HARD_BOUNCED
    Email.objects.filter(pk=mail.pk).update(
        status=STATUS.failed, recipient_delivery_status=hard, last_updated=timezone.now()
    )
    return mail


def marks(client, user, name: str, *args: int) -> int:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    with_language = reverse(name, args=args).replace("/fi/", "/en/", 1)
    return client.get(with_language).content.decode().count(WORDS)


def test_main_users_see_which_member_gets_no_mail(client, organization, main_user, editor):
    refuse(editor.email)
    other = factories.MembershipFactory(organization=organization).user
    assert marks(client, main_user, "organization_people", organization.pk) == 1
    assert marks(client, other, "organization_people", organization.pk) == 0
    assert marks(client, editor, "organization_people", organization.pk) == 0


def test_another_organization_is_told_nothing(client, organization, editor):
    refuse(editor.email)
    elsewhere = factories.MembershipFactory(main_user=True)
    assert marks(client, elsewhere.user, "organization_people", elsewhere.organization_id) == 0
    assert marks(client, elsewhere.user, "account_settings") == 0


def test_person_sees_it_until_the_address_is_another_one(client, editor):
    refuse(editor.email)
    assert marks(client, editor, "account_settings") == 1
    editor.email = "uusi@example.org"
    editor.save()
    assert marks(client, editor, "account_settings") == 0


def test_person_sees_it_until_a_mail_goes_through(client, editor):
    mail = refuse(editor.email)
    EmailMessage("Aihe", "Hei", to=[editor.email]).send()
    assert marks(client, editor, "account_settings") == 1
    Email.objects.exclude(pk=mail.pk).update(status=STATUS.sent, last_updated=timezone.now())
    assert marks(client, editor, "account_settings") == 0


def test_many_members_without_mail_cost_as_many_queries_as_one(django_assert_num_queries):
    addresses = [f"person{number}@example.org" for number in range(20)]
    with django_assert_num_queries(1):
        assert not_reached(addresses) == set()
    for address in addresses[1:]:
        refuse(address)
    with django_assert_num_queries(2):
        assert not_reached(addresses) == set(addresses[1:])
