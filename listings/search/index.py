"""Writes the search row of a listing, in the transaction of the action that publishes it."""

from collections.abc import Iterator

from listings.models import Listing, SearchRow, Version
from portal.languages import LISTING_LANGUAGE_CODES
from portal.texts import texts_of
from portal.vocabulary import labels

from .words import index_words


def _texts(listing: Listing, version: Version) -> Iterator[tuple[str, str]]:
    """Each text that describes the listing, with its language: its own, and the labels in every language."""
    for field in Version.TEXT_FIELDS:
        yield from version.texts(field).items()
    yield from listing.organization.names.items()
    yield "fi", f"{version.venue} {version.address}"
    for row in version.form_rows.select_related("form"):
        yield from texts_of(row.form, "name").items()
    for link in ("target_groups", "languages", "municipalities"):
        for row in getattr(version, link).all():
            yield from texts_of(row, "name").items()
    for municipality in version.municipalities.select_related("region"):
        yield from texts_of(municipality.region, "name").items()
    facts = [("price", version.price_kind), ("participation", version.participation)]
    facts += [("interface", "childcare_provided")] if version.childcare else []
    for group, code in facts:
        yield from ((language, text) for language, text in labels(group, code).items() if "-simple" not in language)
    for weekday in version.weekdays if version.schedule_kind == "weekly" else []:
        names = labels("weekday", weekday)
        yield from ((code, names[code]) for code in LISTING_LANGUAGE_CODES if code in names)


def index_listing(listing: Listing, version: Version) -> None:
    """Write the words of the version that readers see."""
    words: set[str] = set()
    for language, text in _texts(listing, version):
        words |= index_words(text, language)
    SearchRow.objects.update_or_create(listing=listing, defaults={"words": f" {' '.join(sorted(words))} "})


def unindex_listing(listing: Listing) -> None:
    """Take away the words of a listing that has no published version any more."""
    SearchRow.objects.filter(listing=listing).delete()
