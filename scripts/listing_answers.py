"""What an editor answers to each question of the form: for those who work in `scripts/faults` and `scripts/load`."""

from datetime import date, timedelta

Answers = dict[str, str | list[str]]

GUIDE: Answers = {
    "section": "activity",
    "audience": "immigrants",
    "participation": "open",
    "price_kind": "free",
    "schedule_kind": "weekly",
    "volunteering": "none",
    "study": "none",
    "statutory": "no",
    "political": "no",
    "religious": "no",
}
FOR_WHOM: Answers = {"target_groups": ["everyone"], "languages": ["fi", "en"], "language_level": "none"}
CONTACT: Answers = {
    "contact_name": "Ohjaaja",
    "contact_phone": "040 123 4567",
    "contact_email": "ohjaaja@example.org",
}


def when_and_where(venue: str, *, weekday: str = "mon", days: int = 90) -> Answers:
    """Each week for so many days from now."""
    last = date.today() + timedelta(days=days)
    return {
        "weekdays": [weekday],
        "starts": "17",
        "ends": "18.30",
        "last_date": f"{last.day}.{last.month}.{last.year}",
        "location_mode": "onsite",
        "municipalities": "Oulu",
        "venue": venue,
        "address": "Kirjastokatu 1",
        "postal_code": "90100",
    }
