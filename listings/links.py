"""Addresses on the pages of listings that no longer answer: found every week, told once, gone when they answer again.

A link is broken when two runs, a day apart at least, found nothing there; a site that is down for an afternoon is not.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from urllib.parse import urlsplit

from django.db import models, transaction
from django.utils import timezone

from listings import mails
from listings.models import BrokenLink, Listing, Version
from organizations.models import Organization
from portal import outgoing


class Problem(models.TextChoices):
    """Why nothing was found at an address."""

    GONE = "gone"
    FAILS = "fails"
    SILENT = "silent"
    NO_NAME = "no_name"
    NOT_ASKED = "not_asked"
    ENDLESS = "endless"


# In a text an address ends before what belongs to the sentence.
IN_TEXT = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]]", re.IGNORECASE)
LONGEST = 400
# Each asks one host after the other; so no host is asked twice at the same time.
ASKED_AT_ONCE = 6
# Somebody is there, and turns programs away or asks people to sign in.
NOT_FOR_US = (401, 403, 405, 406, 407, 409, 423, 429, 451)


def links_of(version: Version) -> list[str]:
    """The addresses that readers are led to from the page of a listing."""
    texts = (text for field in (*Version.TEXT_FIELDS, "easy_summary") for text in version.texts(field).values())
    in_texts = (url for text in texts for url in IN_TEXT.findall(text))
    found = (version.contact_url, version.listing.organization.website, *in_texts)
    return list(dict.fromkeys(url for url in found if url and len(url) <= LONGEST))


def problem_at(url: str, may_ask: outgoing.MayAsk = outgoing.is_open) -> str:
    """What is wrong with an address; empty when a reader would find something there."""
    for method in ("HEAD", "GET"):  # many sites answer the first with an error, and the second well
        problem = _problem(url, method, may_ask)
        if not problem or problem in (Problem.NO_NAME, Problem.NOT_ASKED):
            return problem
    return problem


def _problem(url: str, method: str, may_ask: outgoing.MayAsk) -> str:
    try:
        status = outgoing.fetch(url, method=method, may_ask=may_ask).status
    except outgoing.Untrusted:
        return ""  # browsers know more certificates than this machine
    except outgoing.NotAsked:
        return Problem.NOT_ASKED
    except outgoing.NoSuchName:
        return Problem.NO_NAME
    except outgoing.TooManyRedirects:
        return Problem.ENDLESS
    except outgoing.NoAnswer:
        return Problem.SILENT
    if status < 400 or status in NOT_FOR_US:
        return ""
    return Problem.GONE if status in (404, 410) else Problem.FAILS


def public_links() -> dict[str, list[int]]:
    """Every address on a public page, with the listings on whose pages it stands."""
    found: dict[str, list[int]] = defaultdict(list)
    versions = Version.objects.public().select_related("listing__organization").order_by("pk")
    for version in versions.iterator(chunk_size=500):
        for url in links_of(version):
            found[url].append(version.listing_id)
    return dict(found)


def _problems(urls: Iterable[str], may_ask: outgoing.MayAsk) -> Iterator[tuple[str, str]]:
    """Each address with its problem, as the answers come. One host is asked by one thread."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[urlsplit(url).netloc.casefold()].append(url)
    with ThreadPoolExecutor(ASKED_AT_ONCE) as threads:
        answers = threads.map(lambda ours: [(url, problem_at(url, may_ask)) for url in ours], by_host.values())
        for asked in answers:
            yield from asked


def check_links(
    *,
    now: datetime | None = None,
    may_ask: outgoing.MayAsk = outgoing.is_open,
    on_progress: Callable[[int], object] = lambda count: None,
    links: Mapping[str, list[int]] | None = None,
) -> int:
    """Ask for every address on the public pages, and tell of those that are broken; give how many are told.

    Can be stopped and run again: what was found stays, and what was told is not told again.
    """
    now = now or timezone.now()
    links = public_links() if links is None else links
    seen: set[tuple[int, str]] = set()
    for url, problem in _problems(links, may_ask):
        for listing in links[url]:
            _keep(listing, url, problem, now)
        if problem:
            seen.update((listing, url) for listing in links[url])
        on_progress(1)
    for row in BrokenLink.objects.all():
        if (row.listing_id, row.url) not in seen:  # changed meanwhile, or readers no longer see the listing
            row.delete()
    return tell_of_broken_links(now)


def _keep(listing: int, url: str, problem: str, now: datetime) -> None:
    if not problem:
        BrokenLink.objects.filter(listing=listing, url=url).delete()
        return
    BrokenLink.objects.update_or_create(
        listing_id=listing,
        url=url,
        defaults={"problem": problem, "last_seen_at": now},
        create_defaults={"problem": problem, "first_seen_at": now, "last_seen_at": now},
    )


def tell_of_broken_links(now: datetime) -> int:
    """One mail for each organization with links that it has not been told of; give how many links."""
    untold = BrokenLink.objects.broken().filter(told_at=None)
    keys = sorted(set(untold.order_by().values_list("listing__organization", flat=True)))
    return sum(_tell(one, now) for one in Organization.objects.filter(pk__in=keys).order_by("pk"))


@transaction.atomic
def _tell(organization: Organization, now: datetime) -> int:
    """The listings are locked, so that a second run at the same time finds what the first has told."""
    listings = Listing.objects.select_for_update(of=("self",)).filter(
        organization=organization, broken_links__told_at=None
    )
    keys = {listing.pk for listing in listings.order_by("pk")}
    rows = list(BrokenLink.objects.broken().filter(told_at=None, listing__in=keys).select_related("listing"))
    if rows and mails.tell_of_broken_links(organization, rows):
        BrokenLink.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
        return len(rows)
    return 0


def forget_changed_links(version: Version) -> None:
    """What no longer stands on the page is not broken. Called by the action that publishes the version."""
    BrokenLink.objects.filter(listing=version.listing_id).exclude(url__in=links_of(version)).delete()
