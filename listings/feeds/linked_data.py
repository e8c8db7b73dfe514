"""A listing or an organization in the words of schema.org, for programs that read pages (JSON-LD)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.conf import settings

from listings.models import Session, Version
from listings.presentation import place_names, title_of
from organizations.models import Organization
from portal.texts import text_for

from .calendars import HELSINKI
from .following import organization_path, whole

# Forms of activity that are taught.
COURSES = ("language_course", "training")
WEEKDAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
ATTENDANCE = {
    "onsite": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
COURSE_MODE = {"onsite": "Onsite", "online": "Online", "hybrid": "Blended"}
Data = dict[str, Any]


def _vocabulary(name: str) -> str:
    return f"https://schema.org/{name}"


def _present(values: Mapping[str, Any]) -> Data:
    """Without what nobody has said."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def of_organization(organization: Organization) -> Data:
    return {
        "@context": "https://schema.org",
        **_organizer(organization),
        **_present(
            {
                "sameAs": organization.website,
                "taxID": organization.business_id,
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": str(organization.municipality),
                    "addressCountry": "FI",
                },
            }
        ),
    }


def of_listing(version: Version, sessions: Iterable[Session]) -> Data:
    """A course, an event, a series of events with its next meetings, or a service where nobody said when."""
    kind = _kind(version)
    data = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": whole(version.listing.get_absolute_url()),
        **_what(version),
    }
    if kind == "Course":
        return data | {
            "provider": _organizer(version.listing.organization),
            "offers": _offer(version),
            "hasCourseInstance": _present(
                {
                    "@type": "CourseInstance",
                    "courseMode": COURSE_MODE.get(version.location_mode),
                    "courseSchedule": _schedule(version),
                    "location": _location(version),
                    **_span(version),
                }
            ),
        }
    if kind == "Service":
        return data | {
            "provider": _organizer(version.listing.organization),
            "areaServed": place_names(version),
            "offers": _offer(version),
        }
    data |= _around(version)
    if kind == "Event":
        return data | _times(version, date.fromisoformat(version.dates[0]), {one.on: one for one in sessions})
    meetings = [{"@type": "Event", **_what(version), **_around(version), **_meeting(version, one)} for one in sessions]
    return data | _present({"eventSchedule": _schedule(version), "subEvent": meetings, **_span(version)})


def _kind(version: Version) -> str:
    if {row.form_id for row in version.form_rows.all()} & set(COURSES):
        return "Course"
    if version.schedule_kind == "dates" and version.dates:
        return "Event" if len(version.dates) == 1 else "EventSeries"
    return "EventSeries" if version.schedule_kind == "weekly" and version.weekdays else "Service"


def _what(version: Version) -> Data:
    summary = text_for(version.texts("summary"), title_of(version).lang)
    return _present(
        {
            "name": str(title_of(version)),
            "description": str(summary),
            "url": whole(version.listing.get_absolute_url()),
            "inLanguage" if _kind(version) != "Service" else "availableLanguage": [
                language.pk for language in version.languages.all()
            ],
            "isAccessibleForFree": version.price_kind == "free" if version.price_kind else None,
        }
    )


def _around(version: Version) -> Data:
    """What every event has to say: who holds it, where, in which way, for how much."""
    attendance = ATTENDANCE.get(version.location_mode)
    return _present(
        {
            "organizer": _organizer(version.listing.organization),
            "eventAttendanceMode": _vocabulary(attendance) if attendance else None,
            "location": _location(version),
            "offers": _offer(version),
        }
    )


def _organizer(organization: Organization) -> Data:
    return {
        "@type": "Organization",
        "name": str(organization),
        "url": whole(organization_path(organization)),
    }


def _offer(version: Version) -> Data:
    price = version.fee_amount if version.price_kind == "fee" else 0
    if not version.price_kind or price is None:
        return {}
    return {
        "@type": "Offer",
        "price": str(price),
        "priceCurrency": "EUR",
        "category": "Free" if version.price_kind == "free" else "Paid",
        "availability": _vocabulary("InStock"),
        "url": whole(version.listing.get_absolute_url()),
    }


def _location(version: Version) -> list[Data]:
    places: list[Data] = []
    if version.location_mode != "online":
        towns, place = place_names(version), version.shown_place
        address = {
            "@type": "PostalAddress",
            "streetAddress": place.address,
            "postalCode": place.postal_code,
            "addressLocality": ", ".join(towns),
            "addressCountry": "FI",
        }
        name = place.venue or ", ".join(towns)
        places.append({"@type": "Place", **_present({"name": name, "address": _present(address)})})
    if version.location_mode in ("online", "hybrid"):
        # The way in is given by the organizer; the page says how to ask.
        places.append({"@type": "VirtualLocation", "url": whole(version.listing.get_absolute_url())})
    return places


def _schedule(version: Version) -> Data:
    if version.schedule_kind != "weekly":
        return {}
    return _present(
        {
            "@type": "Schedule",
            "repeatFrequency": "P1W",
            "byDay": [_vocabulary(WEEKDAYS[day]) for day in version.weekdays if day in WEEKDAYS],
            "startTime": _clock(version.starts),
            "endTime": _clock(version.ends),
            "scheduleTimezone": settings.TIME_ZONE,
            "exceptDate": version.exceptions,
            **_span(version),
        }
    )


def _span(version: Version) -> Data:
    """The first and the last day, where they are known."""
    if version.schedule_kind == "dates" and version.dates:
        return {"startDate": min(version.dates), "endDate": max(version.dates)}
    published = version.listing.published_at
    first = version.first_date or (published.astimezone(HELSINKI).date() if published else None)
    first = max(filter(None, (first, version.listing.paused_until)), default=None)
    return _present(
        {
            "startDate": first.isoformat() if first else None,
            "endDate": version.last_date.isoformat() if version.last_date else None,
        }
    )


def _meeting(version: Version, session: Session) -> Data:
    return _times(version, session.on, {session.on: session})


def _times(version: Version, on: date, sessions: Mapping[date, Session]) -> Data:
    is_cancelled = on in sessions and sessions[on].cancelled_at is not None
    return _present(
        {
            "startDate": _moment(on, version.starts) or on.isoformat(),
            "endDate": _moment(on, version.ends)
            if version.starts and version.ends and version.starts < version.ends
            else None,
            "eventStatus": _vocabulary("EventCancelled" if is_cancelled else "EventScheduled"),
        }
    )


def _moment(on: date, clock: time | None) -> str:
    return datetime.combine(on, clock, HELSINKI).isoformat() if clock else ""


def _clock(moment: time | None) -> str:
    return moment.isoformat(timespec="minutes") if moment else ""
