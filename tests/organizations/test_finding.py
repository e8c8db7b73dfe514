"""Finding one's organization: by name in any language, number and municipality, forgiving of spelling."""

import pytest
from django.urls import reverse

from organizations.registering.similar import find_organizations
from portal.models import Municipality
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbours():
    return factories.OrganizationFactory(
        active=True, name_fi="Naapurit Yhdessä ry", name_sv="Grannar tillsammans rf", name_ar="جيران معا"
    )


@pytest.fixture
def others():
    return [
        factories.OrganizationFactory(active=True, name_fi="Kotikulma ry", municipality_id="091"),
        factories.OrganizationFactory(active=True, name_fi="Oulun kaupunki", business_id="0187690-1"),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        *("Naapurit Yhdessä ry", "naapurit", "yhdessa", "Naapurt yhdesä", "yhdessä naapurit", "naapuritYhdessä"),
        *("Grannar", "جيران", "naapurit oulu", "Naapurit, Uleåborg"),
    ],
)
def test_name_is_found_however_it_is_written(neighbours, others, typed):
    assert find_organizations(typed) == [neighbours.pk]


@pytest.mark.parametrize("typed", ["Naapurit Hanko", "yhdistys ry", "qwerty", "ry", "na pu", "1572860-0"])
def test_other_name_is_not_found(neighbours, others, typed):
    assert find_organizations(typed) == []


def test_part_of_a_compound_and_another_case_are_found(neighbours, others):
    corner, town = others
    assert find_organizations("kulma") == [corner.pk]
    assert find_organizations("oulu")[0] == town.pk, "the name goes before the municipality"
    assert set(find_organizations("oulu")) == {town.pk, neighbours.pk}


@pytest.mark.parametrize("typed", ["0187690-1", "187690-1", "FI01876901"])
def test_number_is_found_in_any_usual_writing(neighbours, others, typed):
    assert find_organizations(typed) == [others[1].pk]


def test_municipality_narrows_and_is_enough(neighbours, others):
    oulu, helsinki = Municipality.objects.get(pk="564"), Municipality.objects.get(pk="091")
    assert find_organizations("naapurit", helsinki) == []
    assert find_organizations("", helsinki) == [others[0].pk]
    assert set(find_organizations("", oulu)) == {neighbours.pk, others[1].pk}


def test_organization_for_which_nobody_acts_is_not_found(neighbours):
    type(neighbours).objects.update(state="declined")
    assert find_organizations("naapurit") == []


def test_who_finds_nothing_registers_with_what_they_wrote(client, neighbours):
    client.force_login(factories.UserFactory())
    page = client.get(reverse("organization_find"), {"words": "Aivan uusi"})
    assert page.status_code == 200
    onwards = reverse("organization_register") + "?words=Aivan+uusi"
    assert onwards in page.content.decode()
    assert 'value="Aivan uusi"' in client.get(onwards).content.decode()


def test_page_says_where_one_stands_already(client, neighbours):
    membership = factories.MembershipFactory(organization=neighbours, asked=True)
    client.force_login(membership.user)
    page = client.get(reverse("organization_find"), {"words": "naapurit"}).content.decode()
    assert reverse("organization_ask_to_join", args=[neighbours.pk]) not in page
    assert str(neighbours) in page


def test_unknown_municipality_is_a_message_at_its_field(client):
    client.force_login(factories.UserFactory())
    response = client.get(reverse("organization_find"), {"words": "naapurit", "municipality": "Olou"})
    assert response.status_code == 400
    assert 'value="naapurit"' in response.content.decode()
