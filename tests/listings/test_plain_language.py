"""The meter: easy language lies under plain language, plain language under the language of offices."""

import time

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from listings.eligibility.screening.words import readable
from listings.plain_language import LANGUAGES, threshold_of
from listings.plain_language.formulas import finnish_syllables, lix, wiio
from listings.plain_language.official_words import FOLDER, word_list
from listings.plain_language.threshold import LONGEST_TEXT, MOST_FIXES

# The same three things told in easy language, in plain language and as offices tell them.
REGISTERS = {
    "fi": {
        "easy": [
            "Tule juomaan kahvia. Puhumme suomea. Puhumme hitaasti. Kahvi ei maksa mitään. Voit ottaa lapsen mukaan.",
            "Me autamme sinua. Voit kysyä lomakkeista. Voit kysyä koulusta. Sinun ei tarvitse varata aikaa. Tule vain.",
            "Uimme joka maanantai. Uinti on naisille. Saat uimapuvun meiltä. Ota pyyhe mukaan. Tapaamme hallin ovella.",
        ],
        "plain": [
            "Kerhossa harjoitellaan suomen puhumista pienissä ryhmissä. Ohjaaja antaa joka kerralla aiheen, josta "
            "jutellaan. Mukaan voi tulla, vaikka osaisi vasta vähän suomea.",
            "Neuvonnassa saat apua arjen asioihin, kuten lomakkeisiin ja asunnon hakemiseen. Neuvoja puhuu suomea ja "
            "arabiaa. Aikaa ei tarvitse varata etukäteen.",
            "Naisten uintivuorolla opetellaan uimaan rauhassa kokeneen ohjaajan kanssa. Uimapuvun saa lainaksi. "
            "Ryhmä tapaa uimahallin aulassa joka maanantai, ja sieltä mennään yhdessä altaalle.",
        ],
        "official": [
            "Toiminnan tavoitteena on edistää maahanmuuttajataustaisten henkilöiden osallisuutta ja kielellisiä "
            "valmiuksia tarjoamalla vuorovaikutteista ryhmätoimintaa, jonka puitteissa osallistujat verkostoituvat.",
            "Neuvontapalvelu toteutetaan asiakaslähtöisesti, ja sen yhteydessä kartoitetaan asiakkaan yksilölliset "
            "palvelutarpeet. Mikäli asiointi edellyttää tulkkausta, tulee siitä ilmoittaa ennakkoon.",
            "Liikunnallisen toiminnan kohderyhmänä ovat naiset, joiden hyvinvointia ja toimintakykyä pyritään "
            "edistämään matalan kynnyksen uimaopetuksella. Ilmoittautuneille huomioidaan tarvittaessa varusteet.",
        ],
    },
    "sv": {
        "easy": [
            "Kom och drick kaffe. Vi talar svenska. Vi talar sakta. Kaffet är gratis. Du kan ta med ditt barn.",
            "Vi hjälper dig. Du kan fråga om blanketter. Du kan fråga om skolan. Du behöver inte boka tid. Kom bara.",
            "Vi simmar på måndagar. Simningen är för kvinnor. Du får en baddräkt av oss. Ta med en handduk.",
        ],
        "plain": [
            "I klubben övar vi på att tala svenska i små grupper. Ledaren väljer ett ämne för varje kväll. Du kan vara "
            "med även om du bara kan lite svenska.",
            "Här får du hjälp med vardagliga saker, till exempel blanketter och att söka bostad. Rådgivaren talar "
            "svenska och arabiska. Du behöver inte boka tid på förhand.",
            "På kvinnornas simtur lär man sig simma i lugn och ro tillsammans med en erfaren ledare. Baddräkt kan man "
            "låna. Gruppen träffas i simhallens aula varje måndag och går därifrån till bassängen.",
        ],
        "official": [
            "Verksamhetens syfte är att främja delaktighet och språkliga färdigheter hos personer med "
            "invandrarbakgrund genom att tillhandahålla interaktiv gruppverksamhet, inom ramen för vilken "
            "deltagarna nätverkar.",
            "Rådgivningstjänsten genomförs klientorienterat, och i samband med den kartläggs klientens individuella "
            "servicebehov. Ifall ärendet förutsätter tolkning ska detta meddelas omgående.",
            "Målgruppen för idrottsverksamheten utgörs av kvinnor, vars välbefinnande och funktionsförmåga främjas "
            "genom simundervisning med låg tröskel. Vid behov tillhandahålls utrustning.",
        ],
    },
    "en": {
        "easy": [
            "Come and have a coffee. We speak Finnish. We speak slowly. The coffee is free. You can bring your child.",
            "We help you. You can ask about forms. You can ask about school. You do not need to book a time. Come in.",
            "We swim on Mondays. The swim is for women. You get a swimsuit from us. Take a towel with you.",
        ],
        "plain": [
            "In the club we practise speaking Finnish in small groups. The leader picks a topic for each evening. You "
            "can join even if you only know a little Finnish.",
            "Here you get help with everyday matters, such as forms and looking for a home. The adviser speaks Finnish "
            "and Arabic. You do not need to book a time beforehand.",
            "In the women’s group you learn to swim in peace with an experienced leader. You can borrow a swimsuit. "
            "The group meets in the hall every Monday and goes to the pool together from there.",
        ],
        "official": [
            "The objective of the activity is to promote the inclusion and linguistic competences of individuals with "
            "an immigrant background by providing interactive group activities, within the framework of which the "
            "participants network.",
            "The advisory service is implemented in a customer-oriented manner, and the individual service needs of "
            "the customer are ascertained. If the matter requires interpretation, notification must be submitted.",
            "The target group of the exercise activities comprises women, whose wellbeing and functional capacity are "
            "enhanced by means of low-threshold swimming instruction. Equipment is provided subject to availability.",
        ],
    },
}
LONG_SENTENCE = "When you come " + "and when you stay with us " * 6 + "you are welcome."
# A wide margin over what it takes (a little over a millisecond), so that a busy machine does not fail it.
SECONDS = 1.0


def steps(language: str, register: str) -> list[int]:
    found = [threshold_of(text, language) for text in REGISTERS[language][register]]
    return [one.steps for one in found if one is not None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_easy_lies_under_plain_and_plain_under_official(language):
    easy, plain, official = (steps(language, register) for register in ("easy", "plain", "official"))
    assert len(easy) == len(plain) == len(official) == 3
    assert max(easy) <= min(plain)
    assert sum(easy) < sum(plain)
    assert max(plain) < min(official)
    assert max(plain) <= 1
    assert min(official) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_fixes_are_places_in_the_text(language):
    for text in REGISTERS[language]["official"]:
        threshold = threshold_of(text, language)
        assert threshold is not None
        assert 1 <= len(threshold.fixes) <= MOST_FIXES
        for fix in threshold.fixes:
            assert fix.words in text
            assert fix.why
            assert fix.plain or fix.what_to_do


@pytest.mark.parametrize("language", LANGUAGES)
def test_good_text_gets_no_fixes(language):
    for text in REGISTERS[language]["easy"] + REGISTERS[language]["plain"]:
        threshold = threshold_of(text, language)
        assert threshold is not None
        assert threshold.is_good
        assert threshold.fixes == ()


def test_word_of_offices_is_answered_with_the_plain_word():
    threshold = threshold_of(
        "Mikäli haluat, ilmoittaudu. Ohjaus toteutetaan ryhmissä kohderyhmälle ja toimijoille.", "fi"
    )
    assert threshold is not None
    assert [(fix.words, fix.plain) for fix in threshold.fixes][:2] == [("Mikäli", "jos"), ("toteutetaan", "tehdään")]
    phrase = threshold_of("In order to utilise the service, registration is mandatory prior to commencement.", "en")
    assert phrase is not None
    assert [(fix.words, fix.plain) for fix in phrase.fixes][:2] == [("In order to", "to"), ("utilise", "use")]


@override("en")
def test_long_sentence_is_quoted_by_its_beginning():
    threshold = threshold_of(LONG_SENTENCE, "en")
    assert threshold is not None
    assert threshold.steps >= 2
    assert threshold.fixes[0].words == "When you come and when you stay"
    assert threshold.fixes[0].is_cut
    assert threshold.fixes[0].what_to_do == "Make two sentences of it."


def test_hard_text_always_has_something_to_mend():
    threshold = threshold_of("Kauppatorilla kokoonnutaan kuuntelemaan puutarhureiden kertomuksia kasvimaista.", "fi")
    assert threshold is not None
    assert threshold.steps > 1
    assert threshold.fixes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "fi"),
        ("Tule mukaan kerhoon tänään", "fi"),
        ("1 2 3 4 5 6 €", "fi"),
        (" \n", "en"),
        ("Приходите " * 9, "ru"),
    ],
)
def test_text_that_cannot_be_judged_has_no_threshold(text, language):
    assert threshold_of(text, language) is None


def test_counts_are_what_the_page_tells():
    threshold = threshold_of("Tervetuloa kielikahvilaan maanantaina! Kahvi maksaa 2 euroa. Tule vain.", "fi")
    assert threshold is not None
    assert (threshold.sentences, threshold.words, threshold.long_words) == (3, 8, 3)
    assert round(threshold.words_per_sentence, 1) == 2.7


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("talo", 2), ("hyöty", 2), ("maanantai", 3), ("kielikahvila", 5), ("aion", 2), ("tie", 1), ("radioasema", 6)],
)
def test_finnish_syllables(word, syllables):
    assert finnish_syllables(word) == syllables


def test_formulas_are_as_published():
    assert lix(12, 0.25) == 37
    assert round(wiio(0.2), 1) == 8.7


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_list_is_well_formed(language):
    lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    written = [line.partition(" = ")[0] for line in entries]
    assert len(set(written)) == len(written)
    assert sum(" = " in line for line in entries) >= 60
    for line in entries:
        words, _equals, plain = line.partition(" = ")
        assert words == words.lower().strip()
        # No plain word may be a word of offices itself.
        assert threshold_of(f"{plain} a b c d e", language).official_words == 0, line  # type: ignore[union-attr]
    assert word_list(language).lengths


@settings(deadline=None, max_examples=200)
@given(
    text=st.one_of(
        st.text(max_size=2000),
        st.text(alphabet="aeiyäötkMSÅ .,-!?0123456789€<>\n\t\x07\u200f\u0301😀", max_size=3000),
        st.lists(
            st.sampled_from(
                ["mikäli", "toteutetaan", "in", "order", "to", "samt", ".", "\n", "5", "i", "syfte", "att", "İ"]
            ),
            max_size=400,
        ).map(" ".join),
    ),
    language=st.sampled_from(LANGUAGES),
)
def test_no_text_makes_the_meter_fail(text, language):
    threshold = threshold_of(text, language)
    if threshold is not None:
        assert 0 <= threshold.steps <= 4
        assert threshold.sentences <= threshold.words
        assert all(fix.words in readable(text[:LONGEST_TEXT]) for fix in threshold.fixes)


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a " * 50_000, "in order " * 20_000, "<" * 100_000, "İ" * 50_000, "." * 99_999]
)
def test_long_text_does_not_hang(text):
    for language in LANGUAGES:
        begin = time.process_time()
        threshold_of(text, language)
        assert time.process_time() - begin < 10 * SECONDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_of_three_thousand_letters_is_quick(language):
    text = " ".join(REGISTERS[language]["official"] * 20)[:3000]
    threshold_of(text, language)
    begin = time.process_time()
    threshold_of(text, language)
    assert time.process_time() - begin < SECONDS
