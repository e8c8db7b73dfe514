"""Finding an organization that is here already."""

import pytest

from organizations.registering.similar import similar_organizations
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["Naapurit Yhdessä ry", "naapurit yhdessä", "Naapurit Yhdesä r.y.", "Yhdessä Naapurit ry"]
)
def test_very_similar_name_is_found(typed):
    organization = factories.OrganizationFactory(name_fi="Naapurit Yhdessä ry")
    assert similar_organizations([typed]) == [organization]


@pytest.mark.parametrize("typed", ["Naapurit Hangossa ry", "Oulun kaupunki", "ry", ""])
def test_other_name_is_not_found(typed):
    factories.OrganizationFactory(name_fi="Naapurit Yhdessä ry")
    assert similar_organizations([typed]) == []


def test_name_in_another_language_and_number_are_found():
    by_name = factories.OrganizationFactory(name_fi="Kielisilta ry", name_sv="Språkbron rf")
    by_number = factories.OrganizationFactory(business_id="1572860-0")
    assert similar_organizations(["Språkbron"], "1572860-0") == [by_number, by_name]


def test_declined_organization_is_not_offered():
    factories.OrganizationFactory(name_fi="Naapurit Yhdessä ry", state="declined")
    assert similar_organizations(["Naapurit Yhdessä ry"]) == []
