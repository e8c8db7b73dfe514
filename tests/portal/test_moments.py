"""Days as readers write them: a plate at a door must not be read the other way round."""

from datetime import date

import pytest
from django.conf import settings
from django.utils.translation import override

from portal import moments

DAY = date(2026, 11, 12)


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_month_in_numbers_never_comes_before_the_day(language):
    with override(language):
        shown = moments.day_and_month(DAY)
    assert "12" in shown
    if "11" in shown and "月" not in shown:
        assert shown.index("12") < shown.index("11"), shown


@pytest.mark.parametrize(("language", "shown"), [("fi", "12.11."), ("zh-hans", "11月12日"), ("en", "12 Nov")])
def test_day_is_written_as_its_readers_do(language, shown):
    with override(language):
        assert moments.day_and_month(DAY) == shown


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_date_ends_no_sentence(language):
    with override(language):
        assert moments.full_date(DAY).endswith("2026")
