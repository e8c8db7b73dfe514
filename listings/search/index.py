"""Keeps the index true: writes a listing's terms in the transaction of the action that shows, changes or hides it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet

from listings.models import Document, Listing, Session, Version, VersionForm

from . import postings
from .terms import Relations, terms_of
from .words import ANALYSER


def terms_of_versions(versions: QuerySet[Version]) -> Iterator[tuple[Version, set[str]]]:
    """The terms of some versions, in a constant number of queries. Related rows are read as codes, not as models."""
    rows = list(versions.select_related("listing__organization"))
    relations = _relations(rows)
    for version in rows:
        yield version, terms_of(version.listing, version, relations[version.pk])


def _relations(versions: Sequence[Version]) -> dict[int, Relations]:
    keys = [version.pk for version in versions]
    found: dict[int, Relations] = defaultdict(Relations)
    forms = VersionForm.objects.filter(version__in=keys).order_by("position", "pk")
    for pk, form in forms.values_list("version", "form"):
        found[pk].forms.append(form)
    for field, kept in (("languages", "languages"), ("target_groups", "groups")):
        through = getattr(Version, field).through
        column = through._meta.get_field(getattr(Version, field).field.m2m_reverse_field_name()).attname
        for pk, code in through.objects.filter(version__in=keys).values_list("version_id", column):
            getattr(found[pk], kept).append(code)
    places = Version.municipalities.through.objects.filter(version__in=keys)
    for pk, place, region in places.values_list("version_id", "municipality_id", "municipality__region"):
        found[pk].municipalities.append(place)
        found[pk].regions.append(region)
    version_of = {version.listing_id: version.pk for version in versions}
    days = Session.objects.filter(listing__in=version_of, cancelled_at__isnull=True)
    for listing, day in days.values_list("listing", "on").order_by():
        found[version_of[listing]].days.append(day)
    return found


@transaction.atomic
def refresh_listing(listing: Listing) -> None:
    """Bring the index in line with what readers see of a listing now."""
    state = postings.locked_state()
    state.version = postings.next_version(state)
    old = Document.objects.filter(generation=state.generation, listing=listing).first()
    shown = Version.objects.public().filter(listing=listing)
    terms = next((terms for _version, terms in terms_of_versions(shown)), None)
    if terms is not None:
        number, before = state.next_number, old.number if old else None
        document = old or Document(generation=state.generation, listing=listing)
        document.number = number
        document.save()
        postings.add(state.generation, number, terms, state.version, instead_of=before)
        state.next_number += 1
    elif old is not None:
        postings.remove(state.generation, old.number, state.version)
        old.delete()
    state.analyser = state.analyser or ANALYSER
    state.save(force_update=True)


def refresh_listings(listings: Iterable[Listing]) -> None:
    """The same for several, as when an organization is suspended."""
    for listing in listings:
        refresh_listing(listing)
