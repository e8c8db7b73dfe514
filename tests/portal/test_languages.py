"""The same page in another language."""

import pytest
from django.urls import translate_url
from django.utils.translation import override

from portal.languages import in_language
from tests.guards.access_matrix import MATRIX
from tests.guards.world import address

PLAIN = [name for name, entry in MATRIX.items() if not entry.what]


@pytest.mark.parametrize("code", ["sv", "ar", "zh-hans", "fi-simple"])
def test_address_differs_by_its_language_alone(code):
    """As Django finds it out, which asks of every address what it is."""
    addresses = {address(name) for name in PLAIN}
    assert len(addresses) > 50
    with override("fi"):
        for one in addresses:
            assert in_language(one, code) == translate_url(one, code)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/fi/activities/kuoro-7/?words=a/b", "/ar/activities/kuoro-7/?words=a/b"),
        ("/fi-simple/", "/ar/"),
        ("/zh-hans/nothing/is/here/", "/ar/nothing/is/here/"),
        ("/", "/"),
        ("/fi", "/fi"),
        ("/robots.txt", "/robots.txt"),
        ("/figures/month/", "/figures/month/"),
    ],
)
def test_rest_of_an_address_stays(one, other):
    assert in_language(one, "ar") == other
