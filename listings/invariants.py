"""What must always be true of listings and of their index. Each function yields what is not, in plain words."""

import random
from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from listings.models import Document, Listing, Report, Version
from listings.search import checking, postings
from listings.search.rebuild import is_outdated
from listings.search.words import ANALYSER
from portal.models import AuditEvent

ROWS_AT_ONCE = 2000
# Comparing all terms of all listings takes hours when there are many: `check_search` does it, this looks at so many.
LISTINGS_COMPARED = 500
# What `make_listings` writes for measuring, without the actions.
SYNTHETIC = Q(slug__startswith="synthetic-") | Q(slug=None, organization__slug__startswith="esimerkki-")

# In each state, what has to have been done to the version.
TRACES: dict[str, tuple[str, ...]] = {
    Version.State.SUBMITTED: ("submitted", "reconsidered"),
    Version.State.RETURNED: ("returned",),
    Version.State.REJECTED: ("rejected", "took_down"),
    Version.State.PUBLISHED: ("published", "published_unreviewed"),
    Version.State.SUPERSEDED: ("published", "published_unreviewed"),
}


def versions_are_one_of_a_kind() -> Iterator[str]:
    """A listing has one published and one open version at most, and each of its numbers once."""
    versions = Version.objects.order_by()
    kinds = {
        "published versions": versions.filter(state=Version.State.PUBLISHED).values("listing_id"),
        "open versions": versions.filter(state__in=("draft", "submitted", "returned")).values("listing_id"),
        "versions of one number": versions.values("listing_id", "number"),
    }
    for what, rows in kinds.items():
        for row in rows.annotate(count=Count("pk")).filter(count__gt=1).iterator():
            yield f"Listing {row['listing_id']} has {row['count']} {what}."
    empty = Listing.objects.filter(~Exists(Version.objects.filter(listing=OuterRef("pk")))).order_by("pk")
    for pk in empty.values_list("pk", flat=True).iterator():
        yield f"Listing {pk} has no version."


def published_listings_have_their_dates() -> Iterator[str]:
    """What was published has an address, and the days of its publication and of its last confirmation."""
    shown = Version.objects.filter(listing=OuterRef("pk"), state=Version.State.PUBLISHED)
    lacking = Q(slug=None) | Q(published_at=None) | Q(confirmed_on=None)
    for pk in Listing.objects.filter(lacking, Exists(shown)).order_by("pk").values_list("pk", flat=True).iterator():
        yield f"Listing {pk} is published without an address or without its days."


def hidden_listings_have_reports() -> Iterator[str]:
    """A listing is hidden only while reports with that reason wait for an answer."""
    waiting = Report.objects.waiting().filter(listing=OuterRef("pk"), reason=OuterRef("hidden_for"))
    hidden = Listing.objects.filter(~Exists(waiting.order_by()), hidden_at__isnull=False).order_by("pk")
    for pk in hidden.values_list("pk", flat=True).iterator():
        yield f"Listing {pk} is hidden, and no report waits that says why."


def versions_left_a_trace() -> Iterator[str]:
    """Each version came into its state by an action, which the audit has. Listings made for measuring are left out."""
    made = Listing.objects.filter(SYNTHETIC, pk=OuterRef("listing_id"))
    for state, verbs in TRACES.items():
        done = AuditEvent.objects.filter(noun="version", noun_id=OuterRef("pk"), verb__in=verbs)
        untold = Version.objects.filter(~Exists(done), ~Exists(made), state=state).order_by("pk")
        for pk in untold.values_list("pk", flat=True).iterator():
            yield f"Version {pk} is {state}, and the audit does not say how that came."
    withdrawn = Listing.objects.filter(
        ~Exists(AuditEvent.objects.filter(noun="listing", noun_id=OuterRef("pk"), verb="withdrew")),
        withdrawn_at__isnull=False,
    ).exclude(SYNTHETIC)
    for pk in withdrawn.order_by("pk").values_list("pk", flat=True).iterator():
        yield f"Listing {pk} is withdrawn, and the audit does not say who did it."


def index_has_what_is_public() -> Iterator[str]:
    """Readers find every listing that they can see."""
    state = postings.state()
    live = checking.live_numbers(state.generation)
    entry = Document.objects.filter(generation=state.generation, listing=OuterRef("pk"))
    public = Listing.objects.public().order_by("pk")
    for pk in public.filter(~Exists(entry)).values_list("pk", flat=True).iterator():
        yield f"Listing {pk} is public and not in the index. Run rebuild_search."
    numbers = public.filter(documents__generation=state.generation).values_list("pk", "documents__number")
    for pk, number in numbers.iterator(chunk_size=ROWS_AT_ONCE):
        if number not in live:
            yield f"Listing {pk} is public and taken out of the index. Run rebuild_search."


def index_has_nothing_else() -> Iterator[str]:
    """Readers find no listing that they cannot see. What ran out is left out by its day when somebody searches."""
    state = postings.state()
    live = checking.live_numbers(state.generation)
    shown = Listing.objects.public().filter(pk=OuterRef("listing_id"))
    kept = Document.objects.filter(~Exists(shown), generation=state.generation)
    for number, pk in kept.values_list("number", "listing_id").iterator(chunk_size=ROWS_AT_ONCE):
        if number in live and not _has_run_out(pk):
            yield f"Listing {pk} is in the index and not public. Run rebuild_search."


def _has_run_out(pk: int) -> bool:
    """Whether its days are over, and nothing else keeps readers from it."""
    listing = Listing.objects.select_related("organization").get(pk=pk)
    is_kept = listing.withdrawn_at is None and listing.hidden_at is None and listing.organization.is_public
    is_over = listing.runs_out_on is not None and listing.runs_out_on < timezone.localdate()
    return is_kept and is_over and listing.published_version is not None


def postings_agree() -> Iterator[str]:
    """What is found for a word is what the listing says: of some listings, chosen anew each time."""
    state = postings.state()
    if is_outdated():
        yield f"The words were analysed by {state.analyser or 'nothing'}, not by {ANALYSER}. Run rebuild_search."
        return
    last = Document.objects.filter(generation=state.generation).order_by("-number").values_list("number", flat=True)
    first = random.randint(0, max((last.first() or 0) - LISTINGS_COMPARED, 0))  # noqa: S311
    public = Listing.objects.public().filter(pk=OuterRef("listing_id"))
    rows = Document.objects.filter(Exists(public), generation=state.generation, number__gte=first).order_by("number")
    numbers = dict(rows.values_list("listing_id", "number")[:LISTINGS_COMPARED])
    for difference in checking.compare(state.generation, sorted(numbers), numbers):
        terms = ", ".join(difference.terms)
        yield f"Listing {difference.listing_id} {difference.what} in the index: {terms}. Run rebuild_search."
