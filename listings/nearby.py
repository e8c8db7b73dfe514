"""What somebody who looks at one listing may want to see beside it: the same kind of activity, near, soon."""

from collections.abc import Iterator

from listings.models import Version
from listings.search import SOONEST, search

MOST = 3


def similar_listings(version: Version) -> list[int]:
    """The ids of at most three others of the same form: in the municipality and language, in the municipality, in the
    region; for what is online, online. Reads what came through `for_cards()`.
    """
    found: list[int] = []
    for filters in _nearer_first(version):
        ids = search("", filters, per_page=MOST + 1, order=SOONEST, section=version.listing.section).ids
        found += [pk for pk in ids if pk != version.listing_id and pk not in found]
        if len(found) >= MOST:
            break
    return found[:MOST]


def _nearer_first(version: Version) -> Iterator[dict[str, list[str]]]:
    forms = {"form": [row.form_id for row in version.form_rows.all()]}
    languages = {"language": [language.pk for language in version.languages.all()]}
    municipalities = list(version.municipalities.all())
    if not forms["form"]:
        return
    if version.location_mode == "online" or not municipalities:
        yield {**forms, **languages, "online": ["yes"]}
        yield {**forms, "online": ["yes"]}
        return
    here = {"municipality": [row.pk for row in municipalities]}
    yield {**forms, **languages, **here}
    yield {**forms, **here}
    yield {**forms, "region": sorted({row.region_id for row in municipalities})}
