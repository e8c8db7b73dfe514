"""A version as one reader sees it: a card in a list, or a page. Reads rows that were fetched with `for_cards()`.

The views hand these to the templates, so that no template asks the database or chooses a language.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from listings.models import Listing, Session, Version, VersionForm
from listings.schedule import next_meeting_day, upcoming_days, weekday_of
from portal import moments
from portal.languages import writing_language
from portal.texts import Text, text_for
from portal.vocabulary import hint, label

MEETINGS_SHOWN = 4
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
        summary=text_for(version.texts("summary"), reader),
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
    if version.schedule_kind == "weekly":
        days = ", ".join(label("weekday", day) for day in version.weekdays)
        if reader_language() not in CAPITAL_WEEKDAYS:
            days = days.lower()
        parts = [label("schedule", "weekly"), f"{days} {times}".strip()]
        if version.first_date and version.first_date > timezone.localdate():
            parts.append(_("from %(date)s") % {"date": moments.full_date(version.first_date)})
        if version.last_date:
            parts.append(_("until %(date)s") % {"date": moments.full_date(version.last_date)})
        if left_out := _left_out(version):
            parts.append(_("not on %(dates)s") % {"dates": ", ".join(map(moments.day_and_month, left_out))})
        return " · ".join(filter(None, parts))
    if version.schedule_kind:
        return label("schedule", version.schedule_kind)
    return ""


def coming_meetings(listing: Listing, most: int) -> list[dict]:
    """The next meetings that readers know of, cancelled ones among them."""
    return [
        {
            "pk": session.pk,
            "weekday": moments.weekday_short(session.on),
            "date": moments.day_and_month(session.on),
            "time": moments.clock_range(session.starts, session.ends),
            "is_cancelled": session.cancelled_at is not None,
        }
        for session in listing.sessions.upcoming(timezone.localdate())[:most]
    ]


def _meetings(version: Version) -> list[dict]:
    """The next meetings; a draft's come from its schedule."""
    if version.state == Version.State.PUBLISHED:
        return coming_meetings(version.listing, MEETINGS_SHOWN)
    return [
        {
            "weekday": moments.weekday_short(day),
            "date": moments.day_and_month(day),
            "time": moments.clock_range(version.starts, version.ends),
            "is_cancelled": False,
        }
        for day in upcoming_days(version, _meets_since(version))[:MEETINGS_SHOWN]
    ]


def _place_facts(version: Version) -> dict:
    names, place = place_names(version), version.shown_place
    address = " ".join(filter(None, [place.postal_code, names[0] if len(names) == 1 else ""]))
    query = ", ".join(filter(None, [place.address or place.venue, address or ", ".join(names)]))
    return {
        "venue": place.venue,
        "address": place.address,
        "postal_code": place.postal_code,
        "is_hidden": version.is_discreet and version.location_mode != "online",
        "municipalities": names,
        "map_url": "https://www.openstreetmap.org/search?" + urlencode({"query": query})
        if place.address or place.venue
        else "",
    }


def _how_to_sign_up(version: Version) -> str:
    if version.contact_phone and version.contact_email:
        return _("Sign up first. Call or write to the organizer.")
    if version.contact_phone:
        return _("Sign up first. Call the organizer.")
    return _("Sign up first. Write to the organizer.")


def _first_visit(version: Version) -> list[str]:
    """What one has to know before coming for the first time, from the facts alone."""
    steps = []
    if version.participation == "registration":
        steps.append(_how_to_sign_up(version))
    elif version.participation == "open":
        steps.append(_("You do not need to sign up. Just come."))
    if version.location_mode == "online":
        steps.append(_("You take part by phone or computer. The organizer gives you the link."))
    elif version.is_discreet:
        steps.append(_("Ask the organizer where it is. The place is not shown here."))
    elif version.venue or version.address:
        where = ", ".join(filter(None, [version.venue, version.address]))
        steps.append(_("Come to this place: %(place)s.") % {"place": where})
    if version.price_kind == "fee" and version.fee_amount is not None:
        steps.append(_("It costs %(amount)s.") % {"amount": moments.euros(version.fee_amount)})
    elif version.price_kind == "free":
        steps.append(_("It costs nothing."))
    if version.childcare:
        steps.append(_("You can bring your child. There is child care."))
    return steps


def _other_languages(version: Version, shown: str) -> list[dict]:
    """The other languages in which it is written; with an address where the interface has that language."""
    path = version.listing.get_absolute_url() if version.listing.slug else ""
    interface = dict(settings.LANGUAGES)
    return [
        {
            "code": code,
            "name": writing_language(code).autonym,
            "dir": writing_language(code).direction,
            "url": translate_url(path, code) if path and code in interface else "",
        }
        for code in version.texts("title")
        if code != shown
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
        "first_visit": _first_visit(version),
        "other_languages": _other_languages(version, shown),
        "confirmed_on": moments.full_date(listing.confirmed_on) if listing.confirmed_on else "",
    }
