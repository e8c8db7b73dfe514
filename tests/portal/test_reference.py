"""Reference data: complete, loadable again, and the same as the official tables where they are at hand."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from listings.models import ActivityForm, TargetGroup
from portal.languages import LISTING_LANGUAGES, direction
from portal.models import Language, Municipality, Page, Region
from portal.texts import texts_of

ROOT = Path(__file__).parents[2]
YARDSTICK = ROOT.parent / "shared" / "data" / "reference"
pytestmark = pytest.mark.django_db
MODELS = (Region, Municipality, Language, ActivityForm, TargetGroup, Page)


def test_all_of_it_is_there_with_names_in_the_three_languages():
    assert [model.objects.count() for model in MODELS] == [19, 308, 99, 19, 18, 5]
    for model in (Region, Language, ActivityForm, TargetGroup):
        for row in model.objects.all():
            assert set(texts_of(row, "name")) >= {"fi", "sv", "en"}, row
    for row in Municipality.objects.all():
        assert set(texts_of(row, "name")) >= {"fi", "sv"}, row


def test_labels_are_there_in_every_language_that_listings_can_have():
    codes = {language.code for language in LISTING_LANGUAGES}
    for model in (Region, ActivityForm, TargetGroup):
        for row in model.objects.all():
            assert set(texts_of(row, "name")) == codes, row


def test_loading_again_changes_nothing_and_keeps_what_the_operator_wrote():
    Page.objects.filter(slug="about").update(body_fi="Oma teksti.")
    Municipality.objects.filter(pk="091").update(name_sv="Something else")
    call_command("load_reference")
    assert [model.objects.count() for model in MODELS] == [19, 308, 99, 19, 18, 5]
    assert Page.objects.get(slug="about").body_fi == "Oma teksti."
    assert Municipality.objects.get(pk="091").name_sv == "Helsingfors"


def test_direction_is_the_same_in_the_code_and_in_the_table():
    with (ROOT / "portal" / "reference" / "languages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(row["rtl"] == "yes" for row in rows) >= 4
    for row in rows:
        assert (direction(row["code"]) == "rtl") == (row["rtl"] == "yes"), row["code"]


@pytest.mark.skipif(not YARDSTICK.exists(), reason="the official tables are not at hand")
def test_it_agrees_with_the_official_tables():
    script = ROOT / "scripts" / "check_reference.py"
    result = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "308" in result.stdout
