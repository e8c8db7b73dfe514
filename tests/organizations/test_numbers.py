"""Business IDs and association register numbers in the ways in which people write them."""

import pytest
from django.core.exceptions import ValidationError

from organizations.registering import numbers


@pytest.mark.parametrize("text", ["1572860-0", "15728600", "FI15728600", " 1572860-0 ", "1572860 0"])
def test_business_id_in_any_usual_writing_is_one_number(text):
    assert numbers.business_id(text) == "1572860-0"


def test_business_id_of_six_digits_is_padded():
    assert numbers.business_id("201724-4") == "0201724-4"


@pytest.mark.parametrize("text", ["1572860-1", "abc", "123", "1572860-00"])
def test_business_id_that_cannot_be_is_refused(text):
    with pytest.raises(ValidationError):
        numbers.business_id(text)


@pytest.mark.parametrize(("text", "number"), [("123456", "123.456"), ("123.456", "123.456"), ("", "")])
def test_association_number_in_any_usual_writing_is_one_number(text, number):
    assert numbers.association_number(text) == number


def test_association_number_that_cannot_be_is_refused():
    with pytest.raises(ValidationError):
        numbers.association_number("12345678")
