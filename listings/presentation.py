"""A version as one reader sees it: a card in a list, or a page. Reads rows that were fetched with `for_cards()`.

The views hand these to the templates, so that no template asks the database or chooses a language.
"""

from dataclasses import dataclass
from datetime import date, time

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from listings.directions import directions_to
from listings.first_visit import first_visit
from listings.models import Listing, Session, Version, VersionForm
from listings.schedule import next_meeting_day, upcoming_days, weekday_of
from portal import moments
from portal.languages import EASY_LANGUAGES, full_language, in_language, language_name, writing_language
from portal.texts import Text, isolated, text_for
from portal.vocabulary import hint, label

MEETINGS_SHOWN = 3
MEETINGS_READ = 12  # so many are looked at, for those that take place among cancelled ones
# English writes weekdays with a capital everywhere; the others only at the beginning.
CAPITAL_WEEKDAYS = ("en",)


def with_next_meeting(versions: QuerySet[Version]) -> QuerySet[Version]:
    """With the day of the next meeting as `next_on`."""
    next_session = (
        Session.objects.upcoming(timezone.localdate())
        .filter(listing=OuterRef("listing_id"), cancelled_at__isnull=True)
        .values("on")[:1]
    )
    return versions.annotate(next_on=Subquery(next_session))


def for_cards(versions: QuerySet[Version]) -> QuerySet[Version]:
    """All that a card needs, in a constant number of queries."""
    return (
        with_next_meeting(versions)
        .select_related("listing__organization")
        .prefetch_related(
            Prefetch("form_rows", VersionForm.objects.select_related("form")), "languages", "municipalities"
        )
    )


@dataclass(frozen=True)
class Plate:
    """The house-number plate: the next meeting, or words where there is none."""

    weekday: str = ""
    date: str = ""
    time: str = ""
    words: str = ""


@dataclass(frozen=True)
class Card:
    """A listing in a list."""

    url: str
    title: Text
    summary: Text
    form: str
    family: str
    door: str
    door_word: str
    plate: Plate
    place: str
    languages: list[str]
    level: str
    price: str
    is_free: bool
    break_until: str


def reader_language() -> str:
    return get_language() or "fi"


def title_of(version: Version) -> Text:
    """The title that the reader is shown, in its own language; words in the reader's where there is none yet."""
    reader = reader_language()
    return text_for(version.texts("title"), reader) or Text(_("No title yet"), reader, reader)


def summary_of(version: Version) -> Text:
    """What it is in short. A reader of an easy wording is shown the easy one, where somebody wrote it."""
    reader = reader_language()
    easy = version.texts("easy_summary").get(full_language(reader), "")
    is_easy = bool(easy) and full_language(reader) != reader
    return Text(easy, reader, reader) if is_easy else text_for(version.texts("summary"), reader)


def _easy_summary(version: Version) -> Text | None:
    """The easy wording for those who read the language itself."""
    reader = reader_language()
    text = version.texts("easy_summary").get(reader, "")
    return Text(text, EASY_LANGUAGES[reader].code, reader) if text else None


def break_label(listing: Listing) -> str:
    """`On a break until 1.9.2027`; empty while it meets."""
    until = listing.break_until
    return _("On a break until %(date)s") % {"date": moments.full_date(until)} if until else ""


def _meets_since(version: Version) -> date:
    """Today, or the day on which its break ends."""
    return version.listing.break_until or timezone.localdate()


def _plate(version: Version, next_on: date | None) -> Plate:
    if next_on is not None:
        return Plate(
            weekday=moments.weekday_short(next_on),
            date=moments.day_and_month(next_on),
            time=moments.clock_range(version.starts, version.ends),
        )
    if version.listing.break_until is not None:
        return Plate(words=_("On a break"))
    if version.schedule_kind == "continuous":
        return Plate(words=label("interface", "online") if version.location_mode == "online" else _("Ongoing"))
    return Plate(words=_("Ask for the time"))


def _door(version: Version) -> tuple[str, str]:
    if version.location_mode == "online":
        return "online", label("location_mode", "online")
    if version.participation == "registration":
        return "registration", _("Sign up first")
    if version.participation == "open":
        return "open", _("Just come")
    return "referral", _("Cannot be listed like this") if version.participation else _("Not answered yet")


def place_names(version: Version) -> list[str]:
    return [str(municipality) for municipality in version.municipalities.all()]


def in_a_row(labels: list[str]) -> list[str]:
    """Labels that will stand in one line: only the first keeps its capital."""
    return labels[:1] + [one[:1].lower() + one[1:] for one in labels[1:]]


def _place(version: Version) -> str:
    if version.location_mode == "online":
        return _("Online, anywhere")
    return ", ".join(filter(None, [version.shown_place.venue, *place_names(version)[:3]]))


def price_label(version: Version) -> str:
    """`Free of charge`, or the sum with what it is for."""
    if version.price_kind != "fee":
        return label("price", "free") if version.price_kind else ""
    amount = moments.euros(version.fee_amount) if version.fee_amount is not None else ""
    purpose = label("fee_purpose", version.fee_purpose) if version.fee_purpose else label("price", "fee")
    return " · ".join(filter(None, [amount, purpose]))


def card_of(version: Version, url: str | None = None) -> Card:
    """The card of a version that came through `for_cards()`, or of a draft for its preview."""
    reader = reader_language()
    form_rows = list(version.form_rows.all())
    form = form_rows[0].form if form_rows else None
    door, door_word = _door(version)
    next_on = version.next_on if hasattr(version, "next_on") else next_meeting_day(version, _meets_since(version))
    return Card(
        url=url if url is not None else version.listing.get_absolute_url(),
        title=text_for(version.texts("title"), reader),
        summary=summary_of(version),
        form=form.code if form else "meeting_place",
        family=form.family if form else "ochre",
        door=door,
        door_word=door_word,
        plate=_plate(version, next_on),
        place=_place(version),
        languages=[str(language) for language in version.languages.all()],
        level=label("language_level", version.language_level) if version.language_level else "",
        price=price_label(version),
        is_free=version.price_kind == "free",
        break_until=break_label(version.listing),
    )


def _left_out(version: Version) -> list[date]:
    """The coming days of its rhythm on which it does not meet."""
    today = timezone.localdate()
    days = sorted(map(date.fromisoformat, version.exceptions))
    return [day for day in days if day >= today and weekday_of(day) in version.weekdays]


def schedule_label(version: Version) -> str:
    """The rhythm in words: `Monday, Wednesday 17.00–18.30, until 9.12.2026`."""
    times = moments.clock_range(version.starts, version.ends)
    times = isolated(times) if times else ""
    if version.schedule_kind == "weekly":
        days = pgettext("between items of a list", ", ").join(label("weekday", day) for day in version.weekdays)
        if reader_language() not in CAPITAL_WEEKDAYS:
            days = days.lower()
        parts = [label("schedule", "weekly"), f"{days} {times}".strip()]
        if version.first_date and version.first_date > timezone.localdate():
            parts.append(_("from %(date)s") % {"date": isolated(moments.full_date(version.first_date))})
        if version.last_date:
            parts.append(_("until %(date)s") % {"date": isolated(moments.full_date(version.last_date))})
        if left_out := _left_out(version):
            parts.append(_("not on %(dates)s") % {"dates": ", ".join(map(moments.day_and_month, left_out))})
        return " · ".join(filter(None, parts))
    if version.schedule_kind:
        return label("schedule", version.schedule_kind)
    return ""


def _meeting(on: date, starts: time | None, ends: time | None) -> dict:
    """A meeting in words: `maanantai`, `23. marraskuuta`; `soon` is `Today` or `Tomorrow`."""
    days = (on - timezone.localdate()).days
    return {
        "weekday": moments.weekday_long(on),
        "date": moments.day_in_words(on),
        "time": moments.clock_range(starts, ends),
        "soon": {0: _("Today"), 1: _("Tomorrow")}.get(days, ""),
        "is_cancelled": False,
    }


def coming_meetings(listing: Listing, most: int) -> list[dict]:
    """The next meetings that readers know of, cancelled ones among them."""
    return [
        _meeting(session.on, session.starts, session.ends)
        | {"pk": session.pk, "is_cancelled": session.cancelled_at is not None}
        for session in listing.sessions.upcoming(timezone.localdate())[:most]
    ]


def _meetings(version: Version) -> list[dict]:
    """The next meetings that take place, and the cancelled ones before the last of them; a draft's by its schedule."""
    if version.state != Version.State.PUBLISHED:
        days = upcoming_days(version, _meets_since(version))[:MEETINGS_SHOWN]
        return [_meeting(day, version.starts, version.ends) for day in days]
    meetings = coming_meetings(version.listing, MEETINGS_READ)
    taking_place = [number for number, one in enumerate(meetings, 1) if not one["is_cancelled"]]
    return meetings[: taking_place[MEETINGS_SHOWN - 1]] if len(taking_place) >= MEETINGS_SHOWN else meetings


def _place_facts(version: Version) -> dict:
    names, place = place_names(version), version.shown_place
    address = " ".join(filter(None, [place.postal_code, names[0] if len(names) == 1 else ""]))
    where = ", ".join(filter(None, [place.address or place.venue, address or ", ".join(names)]))
    has_a_way = bool(place.address or place.venue) and version.location_mode != "online"
    return {
        "venue": place.venue,
        "address": place.address,
        "postal_code": place.postal_code,
        "is_hidden": version.is_discreet and version.location_mode != "online",
        "municipalities": names,
        "directions": directions_to(where if has_a_way else ""),
    }


def _other_languages(version: Version, shown: str) -> list[dict]:
    """The other languages and easy wordings in which it is written; with an address where the interface has them."""
    path = version.listing.get_absolute_url() if version.listing.slug else ""
    interface = dict(settings.LANGUAGES)
    written = [code for code in version.texts("title") if code != shown]
    written += [EASY_LANGUAGES[code].code for code in version.texts("easy_summary")]
    return [
        {
            "code": code,
            "name": writing_language(code).autonym,
            "dir": writing_language(code).direction,
            "url": in_language(path, code) if path and code in interface else "",
        }
        for code in written
        if code != reader_language()
    ]


def page_of(version: Version) -> dict:
    """Everything that a listing's page shows beside its card, as one mapping for the template."""
    reader = reader_language()
    listing = version.listing
    shown = text_for(version.texts("title"), reader).lang
    language_support = text_for(version.texts("language_support"), reader)
    phone = version.contact_phone
    return {
        "description": text_for(version.texts("description"), reader),
        "easy_summary": _easy_summary(version),
        "language_support": language_support or None,
        "form_labels": in_a_row([str(row.form) for row in version.form_rows.all()]),
        "target_group_labels": in_a_row([str(group) for group in version.target_groups.all()]),
        "language_names": [str(language) for language in version.languages.all()],
        "level_label": label("language_level", version.language_level) if version.language_level else "",
        "who": label("audience", version.audience) if version.audience else "",
        "participation_label": label("participation", version.participation) if version.participation else "",
        "participation_hint": hint("participation", version.participation) if version.participation else "",
        "price_label": price_label(version),
        "schedule_label": schedule_label(version),
        "break_until": break_label(listing),
        "meetings": _meetings(version),
        "place": _place_facts(version),
        "mode_label": label("location_mode", version.location_mode) if version.location_mode else "",
        "is_online": version.location_mode == "online",
        "ask_id": "ask",
        "contact": {
            "name": version.contact_name,
            "email": version.contact_email,
            "phone": phone,
            "phone_url": "tel:" + "".join(sign for sign in phone if sign.isdigit() or sign == "+") if phone else "",
            "url": version.contact_url,
        },
        "organization": {
            "name": str(listing.organization),
            "url": reverse("organization_detail", args=[listing.organization.slug]),
            "with_logo": listing.organization if listing.organization.logo else None,
        },
        "childcare": version.childcare,
        "accessible": version.accessible,
        "first_visit": first_visit(version),
        "text_is_in": label("interface", "text_is_in_language").format(language=language_name(shown, reader)),
        "other_languages": _other_languages(version, shown),
        "needs_no_reading": "learning_to_read_and_write" in {group.pk for group in version.target_groups.all()},
        "confirmed_on": moments.full_date(listing.confirmed_on) if listing.confirmed_on else "",
    }
