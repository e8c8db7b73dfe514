"""The street: every form of activity as a house with a door, most wanted first."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy

from listings.models import ActivityForm
from portal.facts import names_of, rows_of

# The eight houses of the start page: what most people come for, with a verb for each.
STREET = {
    "language_club": gettext_lazy("Speak Finnish or Swedish"),
    "meeting_place": gettext_lazy("Meet people"),
    "guidance": gettext_lazy("Ask for advice"),
    "sports": gettext_lazy("Move"),
    "family": gettext_lazy("With children and family"),
    "working_life": gettext_lazy("Look for work"),
    "crafts_and_food": gettext_lazy("Make things, cook food"),
    "digital_skills": gettext_lazy("Learn to use a phone"),
}


def street(counts: Mapping[str, int], url_of: Callable[[str], str]) -> tuple[list[dict], list[dict]]:
    """The houses of the street, and the doors of all other forms: each with its count and where it leads."""
    forms = {form.pk: form for form in rows_of(ActivityForm)}
    names = names_of(ActivityForm)

    def house(code: str) -> dict:
        return {
            "url": url_of(code),
            "label": STREET.get(code, names[code]),
            "count": counts.get(code, 0),
            "form": code,
            "family": forms[code].family,
        }

    return [house(code) for code in STREET], [house(code) for code in forms if code not in STREET]
