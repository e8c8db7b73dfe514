"""A listing is read aloud where the device has a voice: what is said, in which one, and when no button is there.

Chromium has no voices here, so the page meets a device that notes what it was to say.
"""

import pytest
from django.test import Client
from django.utils import translation

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

DEVICE = """
window.said = [];
window.voices = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const device = new EventTarget();
device.getVoices = () => window.voices.map(([lang, localService]) => ({ lang, localService }));
device.speak = (one) => window.said.push(one);
device.cancel = () => { window.said = []; };
Object.defineProperty(window, "speechSynthesis", { value: device });
window.install = (...voices) => {
  window.voices = voices;
  device.dispatchEvent(new Event("voiceschanged"));
};
"""


@pytest.fixture
def page(sightseer):
    """An English page; its description is in Finnish alone."""
    listing = factories.public_listing(description={"fi": "Juomme kahvia.\n\nTule mukaan."})
    with translation.override("en"):
        url = listing.get_absolute_url()
    sightseer.page.add_init_script(DEVICE)
    sightseer.see(Client().get(url), "a listing")
    return sightseer.page


def test_without_a_voice_of_the_device_there_is_nothing_to_press(page):
    button = page.locator("[data-read-aloud]")
    assert not button.is_visible()
    page.evaluate("install(['fi-FI', true])")  # not the language of the title
    assert not button.is_visible()
    page.evaluate("install(['en-GB', false])")  # a voice that would send the text away
    assert not button.is_visible()
    page.evaluate("install(['en-GB', true])")
    assert button.is_visible()


def test_each_part_is_said_in_its_own_language_until_the_end(page):
    page.evaluate("install(['en_GB', true], ['fi-FI', true], ['fi-FI', false])")
    button = page.locator("[data-read-aloud]")
    button.click()
    said = page.evaluate("said.map((one) => [one.lang, one.text])")
    assert said[:4] == [
        ["en_GB", "Language café in the library"],
        ["en_GB", "We speak Finnish together."],
        ["fi-FI", "Juomme kahvia."],
        ["fi-FI", "Tule mukaan."],
    ]
    assert all(language == "en_GB" and "Monday" in text for language, text in said[4:])
    assert len(said) == 7
    assert page.evaluate("said.every((one) => one.voice.localService)")
    stop = button.inner_text()
    page.evaluate("said.at(-1).onend()")
    assert button.inner_text() != stop


def test_pressing_again_stops_and_what_has_no_voice_is_left_out(page):
    page.evaluate("install(['en-GB', true])")
    button = page.locator("[data-read-aloud]")
    button.click()
    assert page.evaluate("said.every((one) => one.lang === 'en-GB')")
    assert page.evaluate("said.length") == 5
    button.click()
    assert page.evaluate("said.length") == 0
