"""Made-up things for the gallery of components: one for each state that a component can have.

Words come from the vocabulary, so that the page reads in every language; what organizations write is Finnish or Arabic,
as it may be on any page.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language

from portal import moments
from portal.facts import rows_of
from portal.forms import WordsField
from portal.models import Municipality, Region
from portal.texts import Text
from portal.vocabulary import codes, label

DARK = "@media screen and (prefers-color-scheme: dark)"
THEMES = ("light", "dark")
DOORS = {"open": "petrol", "registration": "red", "online": "moss"}
SIGNS: tuple[str, ...] = (
    "search",
    "place",
    "speech",
    "level",
    "check",
    "warning",
    "back",
    "close",
    "calendar",
    "feed",
    "share",
    "print",
)
SIGNS += ("list", "flag", "child", "wheelchair", "clock", "person", "phone", "mail", "link", "online", "plus", "price")


def word(code: str) -> str:
    return label("interface", code)


class SampleForm(forms.Form):
    """Each kind of field."""

    text = forms.CharField()
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.ChoiceField(required=False)
    words = WordsField(most=20, rows=3)
    way = forms.ChoiceField(widget=forms.RadioSelect)
    is_sure = forms.BooleanField(required=False)


def _form() -> SampleForm:
    """Sent in with mistakes, so that each field has a message and the summary above has something to sum up."""
    form = SampleForm({"day": "x", "words": "Kielikahvila " * 4, "place": "x"}, auto_id="sample_%s")
    ways = [(code, label("participation", code)) for code in ("open", "registration")]
    names = {"text": "where", "day": "when", "place": "near_me", "words": "ask_more", "way": "sign_up_first"}
    for name, code in names.items():
        form.fields[name].label = word(code)
    form.fields["text"].help_text = word("open_in_map")
    form.fields["is_sure"].label = word("children_welcome")
    for name in ("place", "way"):
        form.fields[name].choices = ways  # type: ignore[attr-defined]
    return form


def _text(value: str, language: str = "fi") -> Text:
    return Text(value, language, get_language() or "fi")


def _plate(days: int) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    return {
        "weekday": moments.weekday_short(day),
        "date": moments.day_and_month(day),
        "time": "17.30–19",
        "words": "",
    }


def _card(door: str, title: Text, summary: str, form: str, plate: dict[str, str], **more: str) -> dict[str, Any]:
    return {
        "url": "#storey",
        "title": title,
        "summary": _text(summary, title.lang),
        "form": form,
        "family": DOORS[door],
        "door": door,
        "door_word": word({"open": "just_come", "registration": "sign_up_first", "online": "online"}[door]),
        "plate": plate,
        "place": "" if door == "online" else "Oulu",
        "languages": ["suomi", "English"],
        "level": word("no_finnish_needed"),
        "price": word("free_of_charge"),
        "is_free": True,
        "break_until": more.get("break_until", ""),
    }


def _cards() -> list[dict[str, Any]]:
    """A storey for each door; one in another language, one on a break, one without a time."""
    in_words = {"weekday": "", "date": "", "time": "", "words": word("online")}
    break_until = moments.full_date(date(2027, 9, 1))
    return [
        _card("open", _text("Kielikahvila"), "Juomme teetä ja puhumme suomea.", "language_club", _plate(1)),
        _card("registration", _text("مقهى اللغة", "ar"), "نشرب القهوة ونتحدث.", "crafts_and_food", _plate(2)),
        _card("online", _text("Läksykerho"), "", "homework_help", in_words, break_until=break_until),
    ]


def _meetings() -> Iterator[dict[str, Any]]:
    for days, is_cancelled in ((1, False), (8, True), (15, False)):
        day = timezone.localdate() + timedelta(days=days)
        yield {
            "weekday": moments.weekday_long(day),
            "date": moments.full_date(day),
            "time": "17.30–19",
            "hours": "17.30–19",
            "soon": "",
            "is_cancelled": is_cancelled,
            "card": _cards()[0],
        }


def _findings() -> list[dict[str, Any]]:
    """What the rules say: it stops, it advises, it quotes, it has been mended since."""
    empty = dict.fromkeys(("number", "words", "written", "written_in", "why", "do", "section", "code", "url"), "")
    base = {**empty, "quotes": [], "is_changed": False, "severity": "", "what": word("report_problem")}
    runs = [{"text": "Tule ", "is_marked": False}, {"text": "lähetteellä", "is_marked": True}]
    return [
        {
            **base,
            "severity": "block",
            "code": "no-referral",
            "why": label("participation", "referral"),
            "url": "#finding",
        },
        {**base, "severity": "advice", "do": word("ask_more"), "section": "professional"},
        {**base, "number": 1, "quotes": [{"language": "fi", "dir": "ltr", "runs": runs}]},
        {**base, "is_changed": True, "words": "lähete", "written": "Tule vain.", "written_in": "fi"},
    ]


def _tiles() -> list[dict[str, Any]]:
    towns = {row.pk: str(row) for row in rows_of(Municipality)}
    return [
        {
            "url": "#tile_map",
            "count": number,
            "town": towns[region.town],
            "region": str(region),
            "column": region.column,
            "row": region.row,
            "width": region.width,
            "is_chosen": number == 4,
            "light": min(number // 7, 2) if number else 0,
        }
        for number, region in enumerate(rows_of(Region))
    ]


def _facts() -> dict[str, Any]:
    return {
        "schedule_label": moments.weekday_long(timezone.localdate()),
        "mode_label": word("where"),
        "place": {"venue": "Villa Victor", "municipalities": ["Oulu", "Kempele"]},
        "who": word("children_welcome"),
        "target_group_labels": [],
        "price_label": word("free_of_charge"),
        "language_names": ["suomi", "English"],
        "level_label": word("no_finnish_needed"),
        "needs_no_reading": True,
        "language_support": _text("Puhumme hitaasti."),
        "participation_label": word("just_come"),
        "participation_hint": "",
        "ask_id": "facts",
        "contact": {"name": "Aino Esimerkki"},
        "organization": {"name": "Kotikulman kyläyhdistys ry"},
    }


def _filters() -> dict[str, Any]:
    options = [
        {"name": "way", "value": code, "label": label("participation", code), "count": count, "checked": count > 5}
        for code, count in (("open", 12), ("registration", 4))
    ]
    more = [
        {"name": "level", "value": code, "label": label("language_level", code), "count": 1, "checked": False}
        for code in codes("language_level")[:2]
    ]
    group = {"code": "sample", "legend": word("filters"), "options": options, "more_options": more, "errors": []}
    return {
        "group": {**group, "is_open": True},
        "place": {
            "name": "municipality",
            "label": word("where"),
            "more": word("near_me"),
            "errors": [],
            "chosen": [],
            "groups": [("", [("564", "Oulu", 12), ("091", "Helsinki", 3)])],
        },
        "chips": [{"label": "Oulu", "url": "#chip", "name": "municipality"}],
        "understood": [{"label": "Oulu", "url": "#search_notes"}],
    }


def _threshold() -> dict[str, Any]:
    fix = {"words": "Järjestämme toimintaa", "is_cut": True, "why": "", "plain": "Teemme yhdessä", "what_to_do": ""}
    return {
        "language": "fi",
        "steps": 3,
        "words": 24,
        "sentences": 2,
        "long_words": 5,
        "official_words": 1,
        "words_per_sentence": 12,
        "level": "3",
        "is_good": False,
        "fixes": [fix],
    }


def samples() -> dict[str, Any]:
    """All that the page of the gallery shows."""
    today = timezone.localdate()
    houses = [
        {"url": "#street", "label": label("form", code), "count": number, "form": code, "family": family}
        for number, (code, family) in enumerate((("sports", "blue"), ("family", "red"), ("guidance", "moss")))
    ]
    return {
        "form": _form(),
        "doors": DOORS,
        "signs": SIGNS,
        "pictograms": codes("form"),
        "cards": _cards(),
        "plate": _plate(1),
        "meetings": list(_meetings()),
        "findings": _findings(),
        "tiles": _tiles(),
        "facts": _facts(),
        "filters": _filters(),
        "threshold": _threshold(),
        "houses": houses,
        "page_obj": Paginator(range(60), 20).page(2),
        "follow": {"title": "Kielikahvila", "calendar_path": "#follow", "feed_path": "#follow"},
        "promises": [{"is_late": is_late, "day": today} for is_late in (False, True)],
        "sentence": [{"words": word("ask_more") + " "}, {"name": "Aino Esimerkki", "url": ""}],
        "texts": [_text("Puhumme hitaasti.\n\nTule mukaan."), _text("نتحدث ببطء.", "ar")],
        "organization": SimpleNamespace(
            logo=SimpleNamespace(url=static("portal/icon.svg")), logo_width=64, logo_height=64, logo_alt="Kotikulma"
        ),
        "ways": [{"label": word("clear_filters"), "url": "#empty_state", "total": 12, "cards": []}],
        "corrections": [("kielikahvla", "kielikahvila")],
        "linked_data": {"@context": "https://schema.org", "@type": "WebPage", "name": "Kielikahvila"},
    }


def _block(css: str, opening: str) -> tuple[int, int]:
    """Where the content between the braces after `opening` begins and ends."""
    start = end = css.index("{", css.index(opening)) + 1
    depth = 1
    while depth:
        depth += {"{": 1, "}": -1}.get(css[end], 0)
        end += 1
    return start, end - 1


def theme_css(theme: str) -> str:
    """The tokens of one theme, whichever the browser asks for: taken from the one file that has them."""
    css = Path(str(finders.find("portal/portal.css"))).read_text(encoding="utf-8")
    start, end = _block(css, "@layer tokens {")
    tokens = css[start:end]
    start, end = _block(tokens, DARK)
    chosen = tokens[start:end] if theme == "dark" else tokens[: tokens.index(DARK)] + tokens[end + 1 :]
    return f"@layer tokens {{\n{chosen}\n:root {{ color-scheme: {theme}; }}\n}}\n"
