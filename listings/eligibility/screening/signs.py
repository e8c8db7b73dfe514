"""Finds what no word pattern can name: sums of money, dates, and hours from start to end.

They become tags of the sentence, so that frames can speak of `@sum`, `@amount`, `@date` and
`@hours`.
"""

import re
from collections.abc import Iterator

from .lexicon import Span, Tags
from .words import Sentence

NUMBER_WORDS = {
    "fi": "yhden kaksi kahden kahdella kolme kolmen kolmella neljä neljän neljällä viisi viiden viidellä kuusi kuuden "
    "kuudella seitsemän seitsemällä kahdeksan kahdeksalla yhdeksän yhdeksällä kymmenen kymmenellä yksitoista "
    "kaksitoista kolmetoista viisitoista viidentoista kaksikymmentä kahdenkymmenen kahdellakymmenellä "
    "kaksikymmentäviisi kolmekymmentä kolmenkymmenen neljäkymmentä puoli viisikymmentä viidenkymmenen sata "
    "sadan pari parin parilla muutaman muutamalla muutama yksi tuhat",
    "sv": "halv halvannan en ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton "
    "arton nitton tjugo tjugoett tjugoen tjugotvå tjugotre tjugofyra tjugofem tjugosex tjugosju tjugoåtta tjugonio "
    "trettio trettiofem fyrtio fyrtiofem femtio sextio sjuttio åttio nittio hundra några par tusen",
    "en": "half one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty twenty-two twenty-four twenty-five thirty thirty-five forty forty-five "
    "fifty sixty seventy eighty ninety hundred few couple some thousand",
}
CURRENCY_WORDS = {
    "fi": "€ e eur euro egeä euroa euron eurolla eurosta euroon euroja eurot ,- :-",
    "sv": "€ e eur euro euros eurona ,- :-",
    "en": "€ e eur euro euros ,- :-",
}
CURRENCY = {language: frozenset(words.split()) for language, words in CURRENCY_WORDS.items()}
NUMBERS = {language: frozenset(words.split()) for language, words in NUMBER_WORDS.items()}

MONTHS = {
    "fi": r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu(?:ta|n|ssa)",
    "sv": r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)",
    "en": r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)",
}
# "5.12" and "12/4" are dates only after a weekday or before the hours.
WEEKDAY = (
    r"(?:ma|ti|ke|to|pe|la|su|må|ti|on|to|fr|lö|sö|mon|tue|wed|thu|fri|sat|sun"
    r"|\w{3,8}dag(?:en)?|\w{3,7}day|\w{4,9}(?:tai|kko)(?:na)?)"
)
SHORT_DATE = (
    rf"(?<=\b){WEEKDAY}\.? (?:den )?(?:[12]\d|3[01]|0?[1-9])[./](?:1[0-2]|0?[1-9])(?![\d])"
    r"|(?<![\d.,/])(?:[12]\d|3[01]|0?[1-9])[./](?:1[0-2]|0?[1-9])(?= (?:kl|klo|kello)\b)"
)
# "5.10." and "5.10.2026", but not the time "17.30" or a version "2.1".
NUMERIC_DATE = r"(?<![\d.,])(?:[12]\d|3[01]|0?[1-9])\.(?:1[0-2]|0?[1-9])\.(?!\d{1,2}(?!\d))(?:\d{4})?"
DATES = {
    "fi": re.compile(rf"(?<!\d)\d{{1,2}}\.? {MONTHS['fi']}|{NUMERIC_DATE}|{SHORT_DATE}"),
    "sv": re.compile(rf"(?<!\d)\d{{1,2}}(?::?e)? {MONTHS['sv']}\b|{NUMERIC_DATE}|{SHORT_DATE}"),
    "en": re.compile(
        rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTHS['en']}\b|\b{MONTHS['en']} \d{{1,2}}(?:st|nd|rd|th)?\b"
        rf"|{NUMERIC_DATE}|{SHORT_DATE}"
    ),
}
CLOCK = r"\d{1,2}(?:[.:]\d\d)?(?: ?[ap]\.?m\.?)?"
HOURS = re.compile(
    rf"(?<![\d.]){CLOCK} ?(?:[–—-]|to|till|until|ja|och|and|kello|från|til) ?(?:kello |klo |kl\.? )?{CLOCK}"
)
# One time of the day; two of them in a sentence are a start and an end, whatever stands between.
TIME = re.compile(
    r"(?:kello|klo\.?|kl\.?|at) ?\d{1,2}(?:[.:]\d\d)?(?![\d.]*\d)"
    r"|(?<![\d.])\d{1,2} ?[ap]\.?m\b|(?<![\d.])\d{1,2}[.:][0-5]\d(?![\d.]*\d)"
)
# "3,50" after a word for a price: the currency is often left out.
IS_AMOUNT = re.compile(r"[1-9]\d{0,3},\d\d|0,[1-9]\d")
IS_SUM = re.compile(r"[\d.,:]*[1-9][\d.,:]*")


def add_signs(sentence: Sentence, text: str, language: str, tags: Tags) -> None:
    """Add the sums, dates and hours of a sentence to its tags."""
    for span in _sums(sentence, language):
        tags["sum"] = (*tags.get("sum", ()), span)
    for number, word in enumerate(sentence):
        if IS_AMOUNT.fullmatch(word.text):
            tags["amount"] = (*tags.get("amount", ()), (number, number + 1))
    if not any(word.text[0].isdigit() for word in sentence):
        return
    first, last = sentence[0].start, sentence[-1].end
    # One more character: the full stop that ends "5.10." stands after the word.
    small = text[first : last + 1].lower()
    for tag, pattern in (("date", DATES[language]), ("hours", HOURS)):
        for match in pattern.finditer(small):
            place = _span(sentence, first + match.start(), first + match.end())
            if place:
                tags[tag] = (*tags.get(tag, ()), place)
    times = list(TIME.finditer(small))
    if "hours" not in tags and len(times) > 1:
        place = _span(sentence, first + times[0].start(), first + times[-1].end())
        tags.update({"hours": (place,)} if place else {})


def date_names(sentence: Sentence, text: str, language: str) -> Iterator[str]:
    """Yield each date of a sentence, written in one way."""
    small = text[sentence[0].start : sentence[-1].end + 1].lower()
    for match in DATES[language].finditer(small):
        name = re.sub(rf"^{WEEKDAY}\W+(?=\d|den )(?:den )?", "", match.group())
        yield re.sub(r"[\W_]+|(?:st|nd|rd|th|of)\b", " ", name).strip()


def _sums(sentence: Sentence, language: str) -> Iterator[Span]:
    texts = [word.text for word in sentence]
    for number, word in enumerate(texts[:-1]):
        # "a couple of euros"
        end = number + 2 if texts[number + 1] == "of" and number + 2 < len(texts) else number + 1
        pair = (texts[end], word) if word == "€" else (word, texts[end])
        if pair[1] in CURRENCY[language] and _is_number(pair[0], language):
            yield (number, end + 1)


def _is_number(word: str, language: str) -> bool:
    return word in NUMBERS[language] or IS_SUM.fullmatch(word) is not None


def _span(sentence: Sentence, start: int, end: int) -> Span | None:
    inside = [number for number, word in enumerate(sentence) if word.start < end and word.end > start]
    return (inside[0], inside[-1] + 1) if inside else None
