"""How the text screening reads: negation, places in the text, conditions of a rule, strange texts."""

import gc
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listings.eligibility import Answers, Finding, RuleSet, check
from listings.eligibility.screening.frames import parse_frame
from listings.eligibility.screening.lexicon import Lexicon
from listings.eligibility.screening.negation import denied_words
from listings.eligibility.screening.pattern_files import FOLDER, LANGUAGES, patterns_of
from listings.eligibility.screening.signs import date_names
from listings.eligibility.screening.words import readable, sentences
from listings.eligibility.text import TEXT_CHECKS

from .eligibility_data import PROFESSIONAL, check_with, codes_with, fine_answers

# Of processor time, so that a busy machine does not count. Generous: a listing takes about a millisecond.
SECONDS = 0.2
STRANGE_MIX = "ei remiss prayer not @ lähete authority vain muslims 5 € klo 17–19 5.10. volunteers , . ; – or"
SCREENED = [code for code in TEXT_CHECKS if code != "project-as-organization"]


def timed_check(answers: Answers) -> tuple[list[Finding], float]:
    """What the check finds, and how many seconds of processor time it takes."""
    # The collector would walk through all that the other tests have left behind.
    gc.disable()
    try:
        start = time.process_time()
        findings = check(answers, RuleSet())
        return findings, time.process_time() - start
    finally:
        gc.enable()


def words_of(text: str) -> list[list[str]]:
    """The sentences of a text as lists of words."""
    return [[word.text for word in sentence] for sentence in sentences(text)]


def denied_in(text: str, language: str) -> set[str]:
    """The words of a one-sentence text that a negation reaches."""
    (sentence,) = sentences(text)
    denied = denied_words(sentence, patterns_of(language).lexicon.tags_of(sentence))
    return {sentence[number].text for number in denied}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tule mukaan. Ota lapset!", [["tule", "mukaan"], ["ota", "lapset"]]),
        ("Alkaa klo 17.30 la 5.10. koululla.", [["alkaa", "klo", "17.30", "la", "5.10", "koululla"]]),
        ("Lauantaina 17. lokakuuta klo 16–20", [["lauantaina", "17", "lokakuuta", "klo", "16", "20"]]),
        ("Don’t worry", [["don't", "worry"]]),
        ("Pris 5:- eller 4,50 €", [["pris", "5", ":-", "eller", "4,50", "€"]]),
        ("", []),
    ],
)
def test_sentences_and_words(text, expected):
    assert words_of(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "denied", "said"),
    [
        ("Lähetettä ei tarvita", "fi", "lähetettä", ""),
        ("You do not need to ask any authority for a decision or a referral", "en", "referral", ""),
        ("You do not need an interview, a decision or a referral", "en", "referral", ""),
        ("Et voi tulla suoraan, vaan tarvitset lähetteen", "fi", "suoraan", "lähetteen"),
        ("Du behöver ingen remiss från läkaren eller socialbyrån", "sv", "socialbyrån", ""),
        ("Det är inte svårt, men remiss krävs", "sv", "svårt", "remiss"),
        ("If you do not speak Finnish, your doctor writes a referral", "en", "finnish", "referral"),
        ("Not only prayer but also a sermon", "en", "", "prayer"),
        ("Ilman lähetettä, omaan tahtiin", "fi", "lähetettä", "tahtiin"),
    ],
)
def test_negation_reaches_as_far_as_it_means(text, language, denied, said):
    found = denied_in(text, language)
    assert not denied or denied in found
    assert said not in found


def test_a_frame_follows_order_gaps_and_absent_words():
    lexicon = Lexicon()
    frame = parse_frame("ask .. permi* & office & !never", lexicon, "test")

    def finds(text: str) -> bool:
        (sentence,) = sentences(text)
        return bool(frame.find(lexicon.tags_of(sentence), frozenset()))

    assert finds("at the office ask for a permit")
    assert not finds("at the office a permit to ask")
    assert not finds("at the office ask one two three four five permits")
    assert not finds("never ask the office for a permit")


@pytest.mark.parametrize("line", ["", "&", "a ..", ".. a", "!a", "@nobody", "a*b"])
def test_a_line_that_is_no_frame_is_refused(line):
    with pytest.raises(ValueError, match=r"."):
        parse_frame(line, Lexicon(), "test")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_patterns_in_every_language(language):
    patterns = patterns_of(language).rules
    assert set(patterns) == set(SCREENED)
    assert all(rule.sections for rule in patterns.values())


def test_every_pattern_file_says_what_its_first_lines_mean():
    files = list(FOLDER.glob("*.txt"))
    assert len(files) == (len(SCREENED) + 1) * len(LANGUAGES)
    assert all(path.read_text(encoding="utf-8").startswith("# ") for path in files)


@pytest.mark.parametrize(
    ("text", "language", "dates"),
    [
        ("Lauantaina 17. lokakuuta klo 16–20", "fi", 1),
        ("La 17.10. klo 16 ja su 18.10. klo 12", "fi", 2),
        ("Kello 17.30 ja 18.15", "fi", 0),
        ("Lördagen den 3 oktober", "sv", 1),
        ("On October 3rd and on the 10th of October", "en", 2),
    ],
)
def test_dates_in_a_text(text, language, dates):
    found = {name for s in sentences(text) for name in date_names(s, text, language)}
    assert len(found) == dates


def test_place_names_field_language_and_words():
    (finding,) = check_with({"summary": {"sv-FI": "Kaffe. Ta med remissen från socialbyrån."}})
    assert finding.code == "no-referral"
    assert (finding.field, finding.language) == ("summary", "sv-FI")
    assert "remissen" in finding.words[0]


def test_all_places_of_a_rule_are_told_once():
    (finding,) = check_with(
        {"title": {"fi": "Rukousilta"}, "description": {"fi": "Rukoilemme yhdessä.", "en": "We pray together."}}
    )
    assert [(place.field, place.language) for place in finding.places] == [
        ("title", "fi"),
        ("description", "fi"),
        ("description", "en"),
    ]


def test_a_price_in_the_text_is_for_companies_alone():
    text = {"description": {"fi": "Maksu on neljä euroa."}}
    assert codes_with({**text, "organization_kind": "company"}) == ["free-of-charge"]
    assert codes_with(text) == []


def test_a_call_for_volunteers_where_volunteering_is_told():
    text = {"description": {"en": "We are looking for volunteers to help in the kitchen."}}
    assert codes_with(text) == ["volunteering"]
    assert codes_with({**text, "volunteering": "for_participants"}) == []
    assert codes_with({**text, **PROFESSIONAL}) == []


def test_a_demand_of_fluency_where_the_activity_is_not_open_to_all():
    text = {"description": {"en": "Participants must speak fluent Finnish."}}
    assert codes_with({**text, "audience": "open_to_all", "language_support": {"en": "Help"}}) == ["language-access"]
    assert codes_with(text) == []


@pytest.mark.parametrize("language", ["ru", "ar", "zh-hans"])
def test_other_languages_are_left_alone(language):
    assert codes_with({"description": {language: "Rukoilemme yhdessä."}}) == []


def test_markup_does_not_hide_words():
    assert codes_with({"description": {"en": "<p>We <b>pray</b> together.</p>"}}) == ["not-religious"]


@settings(deadline=None, max_examples=150)
@given(
    text=st.one_of(
        st.text(max_size=2000),
        st.text(alphabet="aei .,-!?0123456789€<>\n\t\x07\u200f\u0301😀", max_size=3000),
        st.lists(
            st.sampled_from(STRANGE_MIX.split()),
            max_size=400,
        ).map(" ".join),
    ),
    language=st.sampled_from(LANGUAGES),
)
def test_no_text_makes_the_check_fail_or_hang(text, language):
    patterns_of(language)
    answers = fine_answers(description={language: text}, audience="open_to_all", organization_kind="company")
    findings, seconds = timed_check(answers)
    assert seconds < SECONDS
    assert all(words in readable(text) for finding in findings for words in finding.words)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "a " * 50_000,
        "ei " * 33_000,
        "1.1.1." * 16_000,
        "5 € " * 25_000,
        "<" * 100_000,
        "authority must decide who may join, not you, or " * 2_000,
        "مرحبا بكم في المقهى " * 5_000,
        "😀" * 50_000,
        "\x00\x07\x1b" * 30_000,
        "\u0301" * 100_000,
        "İ" * 50_000,
    ],
    ids=lambda text: ascii(text[:6]),
)
def test_long_texts_are_quick(text):
    for language in LANGUAGES:
        patterns_of(language)
    answers = fine_answers(description=dict.fromkeys(LANGUAGES, text), audience="open_to_all")
    assert timed_check(answers)[1] < SECONDS


def test_long_text_of_words_never_seen_is_quick():
    letters = random.Random(1)
    text = " ".join("".join(letters.choices("aeiouyäöklmnprst", k=12)) for _ in range(8_000))
    assert timed_check(fine_answers(description={"fi": text}))[1] < SECONDS
