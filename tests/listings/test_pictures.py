"""The way in for people who read little: languages in their own names, pictures, a map; what was chosen stays."""

import pytest
from django.conf import settings

from listings.models import ActivityForm
from listings.views.pictures import languages_asked_for
from tests.guards.markup import read
from tests.guards.world import address, client_of

pytestmark = pytest.mark.django_db


def page(url: str, languages: str = ""):
    headers = {"accept-language": languages} if languages else {}
    return client_of(None).get(url, headers=headers)


def links(response) -> list[str]:
    return [one.get("href") for one in read(response.content.decode()).all("a")]


def test_all_languages_are_offered_in_their_own_names_and_none_is_forced(published):
    response = page("/", "so,ar;q=0.7")
    assert response.status_code == 200
    assert "Accept-Language" in response.headers["Vary"]
    html = read(response.content.decode())
    assert next(html.all("html")).get("lang") == "so"
    (nav,) = [one for one in html.all("nav") if one.get("id") == "languages"]
    offered = [(one.get("lang"), one.get("href")) for one in nav.all("a")]
    assert offered[:2] == [("so", "/so/"), ("ar", "/ar/")]
    assert {code for code, _url in offered} == set(dict(settings.LANGUAGES))
    assert len(offered) == len(settings.LANGUAGES)


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("uk-UA,uk;q=0.9,en;q=0.5", ["uk", "en"]),
        ("zh-CN", ["zh-hans"]),
        ("xx", []),
        ("*", []),
        ("", []),
        ("a" * 600 + ";q=x,\x01", []),
    ],
)
def test_languages_of_the_browser_are_read_and_rubbish_is_not(rf, header, asked):
    assert languages_asked_for(rf.get("/", headers={"accept-language": header})) == asked


def test_pictures_lead_from_a_form_over_a_place_to_the_list(published):
    first = page("/", "ar")
    assert {f"/ar/pictures/?form={form.pk}" for form in ActivityForm.objects.all()} <= set(links(first))
    second = page("/ar/pictures/?form=language_club")
    region = "/ar/activities/?form=language_club&region=17"
    assert region in [link.replace("&amp;", "&") for link in links(second)]
    found = page(region)
    assert found.context["total"] == 1
    assert published.listing.get_absolute_url().split("/")[-2] in found.content.decode()


def test_language_chosen_on_the_way_keeps_what_was_chosen(published):
    assert "/so/pictures/?form=language_club" in links(page("/fi/pictures/?form=language_club"))


def test_every_picture_has_a_name(published):
    for url in ("/", "/ar/pictures/", "/ar/pictures/?form=sports"):
        html = read(page(url, "ar").content.decode())
        assert [str(one) for one in html.all("a") if not one.text()] == []


def test_wrong_form_is_told_and_the_pictures_are_there(published):
    response = page(address("pictures") + "?form=rubbish")
    assert response.status_code == 400
    assert "rubbish" in response.content.decode()
    assert "/fi/pictures/?form=sports" in links(response)


def test_region_leads_to_its_municipalities_with_the_fullest_first(published):
    start = [link.replace("&amp;", "&") for link in links(page("/fi/"))]
    assert "/fi/activities/map/?region=17" in start
    response = page("/fi/activities/map/?region=17")
    (region,) = response.context["regions"]
    counts = [place["count"] for place in region["municipalities"]]
    assert counts[0] == 1
    assert len(counts) > 20
    current = [one.get("href") for one in read(response.content.decode()).all("a") if one.get("aria-current") == "true"]
    assert current[-2:] == ["/fi/activities/map/?region=17"] * 2  # on the map and in the equal list
