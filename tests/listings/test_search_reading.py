"""What a query is read as: which facets its words name, what they ask for besides, and what comes close to it."""

import pytest

from listings.search.endings import light_stem
from listings.search.reading import Unit, read

pytestmark = pytest.mark.django_db


def units(words: str, language: str = "en") -> list[tuple[str, tuple[str, ...]]]:
    return [(unit.typed, unit.facets) for unit in read(words, language).units]


def only(words: str, language: str = "en") -> Unit:
    (unit,) = read(words, language).units
    return unit


def test_a_phrase_asks_for_a_form_and_a_language():
    clubs, finnish = read("finnish conversation", "en").units
    assert clubs.facets == ("form:language_club",)
    assert (finnish.words, finnish.facets) == ((), ("language:fi",))


def test_what_is_close_does_not_count_as_named():
    football = only("football")
    assert football.facets == ()
    assert "form:sports" in football.close
    assert "jalkapallo" in [word.typed for word in football.same]


def test_a_place_has_its_neighbours_close_and_other_things_online():
    (place,) = read("Helsingissä", "fi").units
    assert "municipality:049" in place.close
    assert "mode:online" not in place.close
    _club, place = read("kielikahvila Helsingissä", "fi").units
    assert "mode:online" in place.close


def test_as_it_is_written_goes_before_the_stem():
    # The stem of "lapissa" is that of "lapsi".
    assert units("lapissa", "fi") == [("lapissa", ("region:19",))]


@pytest.mark.parametrize(
    ("words", "language", "facets"),
    [
        ("naistenuinti", "fi", [("group:women",), ()]),
        ("naisteujumine", "et", [("group:women",), ()]),
        ("hantverksklubben", "sv", [("form:crafts_and_food",)]),
    ],
)
def test_a_compound_is_read_by_its_halves(words, language, facets):
    assert [unit.facets for unit in read(words, language).units] == facets


def test_two_words_that_are_one():
    assert units("kieli kahvila", "fi") == [("kieli kahvila", ("form:language_club",))]


def test_letters_without_their_marks_are_known():
    assert units("hameenlinna", "fi") == [("hameenlinna", ("municipality:109",))]
    assert units("kasityo", "fi") == [("kasityo", ("form:crafts_and_food",))]


def test_the_script_tells_the_language():
    assert units("разговорный клуб", "fi") == [("разговорный клуб", ("form:language_club",))]
    assert units("游泳 免费", "fi")[1][1] == ("price:free",)


def test_words_that_say_nothing_are_left_out_of_a_phrase():
    women = only("for women")
    assert [word.typed for word in women.telling] == ["women"]
    assert units("where can I find chess") == [("chess", ())]
    assert units("for") == [("for", ())]


def test_times_of_the_day():
    assert units("увечері після роботи", "uk")[0][1] == ("is:evening",)
    assert units("tomorrow morning") == [("tomorrow", ("in:1",)), ("morning", ("time:morning",))]


def test_endings_are_cut_and_enough_is_left():
    assert light_stem("фінською", "uk") == light_stem("фінської", "uk")
    assert light_stem("كودكان", "fa") == "كودك"
    assert light_stem("carruurta", "so") == "carruur"
    assert light_stem("дім", "uk") == "дім"
    assert light_stem("taloissa", "fi") == "taloissa"


def test_help_is_asked_for_where_nothing_else_is():
    assert ("help", ("form:guidance",)) in [(typed, facets[:1]) for typed, facets in units("help in Turku")]
    assert [typed for typed, _facets in units("help with maths please")] == ["help with maths"]
    assert [typed for typed, _facets in units("can you help my son with football")] == ["my son", "football"]


def test_an_empty_word_of_another_language_may_say_much_to_the_reader():
    assert units("men", "en") == [("men", ("group:men",))]
    assert [typed for typed, _facets in units("simma men inte", "sv")] == ["simma"]


def test_what_the_reader_speaks_goes_before_false_friends():
    assert "municipality:734" not in only("salon", "tr").facets


def test_a_place_with_an_ending_is_not_one_word_with_the_next():
    assert [typed for typed, _facets in units("Oulu'da fince kursu", "tr")][:2] == ["oulu'da", "fince kursu"]
