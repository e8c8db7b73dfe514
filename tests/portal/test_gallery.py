"""The gallery shows every component there is, in the theme that is asked for, to those who build the portal."""

from pathlib import Path

import pytest
from django.conf import settings as portal_settings

from portal.gallery import theme_css
from tests.guards.world import address, client_of

pytestmark = pytest.mark.django_db


def test_every_component_is_in_the_gallery(settings):
    settings.GALLERY_IS_OPEN = True
    there = {
        f"components/{file.name}" for file in Path(portal_settings.BASE_DIR, "templates/components").glob("*.html")
    }
    assert len(there) > 30
    for language, _name in portal_settings.LANGUAGES:
        response = client_of(None).get(address("operator_gallery", (), language))
        assert response.status_code == 200
        assert there - {template.name for template in response.templates} == set(), "show it in operator_gallery.html"


def test_gallery_is_closed_to_strangers_unless_it_is_open():
    assert client_of(None).get(address("operator_gallery")).status_code == 404


def test_each_theme_has_its_own_colours_and_all_of_them():
    light, dark = theme_css("light"), theme_css("dark")
    for token in ("--paper", "--ink", "--night", "--link"):
        assert f"{token}: " in light
        assert f"{token}: " in dark
    assert "--paper: #fff;" in light
    assert "--paper: #fff;" not in dark
    assert "@media" not in dark
    assert "prefers-color-scheme" not in light
    for css in (light, dark):
        assert css.count("{") == css.count("}")
