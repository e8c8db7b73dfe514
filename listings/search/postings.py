"""Postings: for each term the numbers of its documents, kept as roaring bitmaps by segments of 65,536 documents."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db import OperationalError, transaction
from django.db.models import Q
from psycopg import Cursor
from pyroaring import BitMap

from listings.models import Posting, SearchState
from portal import freshness
from portal.replicas import database, database_in_use

from .terms import DAY, ENDS, LIVE, START, day_term, is_word

SEGMENT_BITS = 16
ROWS_AT_ONCE = 500


def state() -> SearchState:
    """The state of the index; a blank one before the first listing."""
    return SearchState.objects.order_by("pk").first() or SearchState()


def present() -> tuple[int, int]:
    """The generation and version of the index. By hand: every page asks for it, also those that are kept.

    It is the first question of a request, so it tells as well whether the connection still holds: Django need not ask
    that by itself, which would double the time of a kept page.
    """
    connection = database()
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return _present()
    except OperationalError:
        if connection.in_atomic_block:
            raise
        connection.close()  # the database has been away; a new connection finds it again
        return _present()


def _present() -> tuple[int, int]:
    with database().cursor() as cursor:
        cursor.execute(f"SELECT generation, version FROM {SearchState._meta.db_table} ORDER BY id LIMIT 1")
        return cursor.fetchone() or (0, 0)


@transaction.atomic
def raise_version() -> None:
    """Make pages anew that show what the index does not hold: an organization's details, a text of the operator's."""
    state = locked_state()
    state.version = next_version(state)
    state.save(update_fields=["version"])


def next_version(state: SearchState) -> int:
    """A number that no version had before: it grows with the clock, so that one rolled back is not given again."""
    return max(state.version + 1, time.time_ns() // 1000)


def locked_state() -> SearchState:
    """The state, locked until the end of the transaction, so that writers go one after the other."""
    locked = SearchState.objects.select_for_update()
    found = locked.filter(pk=1).first()
    if found is None:
        SearchState.objects.get_or_create(pk=1)
        found = locked.get(pk=1)
    return found


def segment_of(number: int) -> int:
    return number >> SEGMENT_BITS


def beginning_after(number: int) -> int:
    """The first number of the next segment of which nothing is in use when the numbers below this one are."""
    return segment_of(number + (1 << SEGMENT_BITS) - 1) << SEGMENT_BITS


def add(generation: int, number: int, terms: Iterable[str], version: int, *, instead_of: int | None = None) -> None:
    """Put a document's number under its terms; the number that it had, `instead_of` which it has this, goes."""
    segment = segment_of(number)
    if instead_of is not None and segment_of(instead_of) != segment:
        remove(generation, instead_of, version)
    names = [term.encode() for term in terms]
    known = {term: BitMap.deserialize(numbers) for term, numbers in _read(generation, names, segment)}
    changed = {name.decode(): known.get(name, BitMap()) for name in names}
    for numbers in changed.values():
        numbers.add(number)
    if instead_of is not None:
        changed[LIVE].discard(instead_of)
    write(generation, segment, changed, version)


def remove(generation: int, number: int, version: int) -> None:
    """Take a document out of what readers find; its other postings are cleared by the next rebuild."""
    segment = segment_of(number)
    row = Posting.objects.filter(generation=generation, segment=segment, term=LIVE.encode()).first()
    if row is not None:
        live = BitMap.deserialize(bytes(row.numbers))
        live.discard(number)
        write(generation, segment, {LIVE: live}, version)


def _read(generation: int, names: Sequence[bytes], segment: int | None = None) -> Iterator[tuple[bytes, bytes]]:
    """The postings of exact terms, of one segment or of all. By hand where it is faster than the ORM."""
    where, values = ("", []) if segment is None else (" AND segment = %s", [segment])
    connection = database()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        # Django's cursor gets bytes as hexadecimal text; this one gets them as they are.
        with Cursor(connection.connection) as cursor:
            cursor.execute(
                f"SELECT term, numbers FROM {Posting._meta.db_table} WHERE generation = %s AND term = ANY(%b){where}",
                [generation, list(names), *values],
                binary=True,
            )
            yield from cursor
        return
    for start in range(0, len(names), ROWS_AT_ONCE):
        rows = Posting.objects.filter(generation=generation, term__in=names[start : start + ROWS_AT_ONCE])
        if segment is not None:
            rows = rows.filter(segment=segment)
        yield from ((bytes(term), bytes(numbers)) for term, numbers in rows.values_list("term", "numbers"))


_REPLACE = (
    "ON CONFLICT (generation, term, segment) DO UPDATE SET numbers = excluded.numbers, version = excluded.version"
)
_COLUMNS = "generation, segment, version, term, is_facet, numbers"


def version_of(term: str, version: int) -> int:
    """The version under which a posting is kept: that of words, which are read anew for each query, never changes.

    So PostgreSQL changes their rows without touching an index.
    """
    return 0 if is_word(term) else version


def write(generation: int, segment: int, postings: Mapping[str, BitMap], version: int) -> None:
    """Write whole postings of one segment. By hand: a publication waits for it, and the ORM takes twice as long."""
    rows = [
        (version_of(term, version), term.encode(), not is_word(term), numbers.serialize())
        for term, numbers in sorted(postings.items())
    ]
    into = f"INSERT INTO {Posting._meta.db_table} ({_COLUMNS})"
    connection = database()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        # Django's cursor writes bytes as hexadecimal text into the statement; this one sends them as they are.
        with Cursor(connection.connection) as cursor:
            cursor.execute(
                f"{into} SELECT %s, %s, *"
                f" FROM unnest(%b::bigint[], %b::bytea[], %b::boolean[], %b::bytea[]) {_REPLACE}",
                [generation, segment, *map(list, zip(*rows, strict=True))],
            )
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            f"{into} VALUES (%s, %s, %s, %s, %s, %s) {_REPLACE}",
            [(generation, segment, *row) for row in rows],
        )


def words(seen: "Snapshot", exact: Iterable[str], beginnings: Iterable[str], most: int) -> dict[str, BitMap]:
    """The postings of word terms, and of those that begin so: of each beginning the first so many terms."""
    found: dict[str, BitMap] = {}
    rows = Posting.objects.filter(generation=seen.generation)
    names = sorted({term.encode() for term in exact})
    if names:
        _collect(_read(seen.generation, names), found)
    for beginning in sorted(set(beginnings)):
        start = beginning.encode()
        following = rows.filter(term__gte=start, term__lt=_after(start)).order_by("term", "segment")
        # A term has a row in each segment at most, so these rows have the first terms whole.
        begun: dict[str, BitMap] = {}
        _collect(following[: most * seen.segments].values_list("term", "numbers"), begun)
        found |= {term: begun[term] for term in list(begun)[:most]}
    return found


def _after(start: bytes) -> bytes:
    """The first bytes that no longer begin so."""
    return start[:-1] + bytes([start[-1] + 1])  # UTF-8 never ends in 0xFF


def _collect(rows: Iterable[tuple[bytes, bytes]], found: dict[str, BitMap]) -> None:
    for term, numbers in rows:
        name = bytes(term).decode()
        bitmap = BitMap.deserialize(bytes(numbers))
        found[name] = found[name] | bitmap if name in found else bitmap


class Snapshot:
    """All facet postings at one version of the index, as this process knows them, with what a day makes of them."""

    def __init__(self, generation: int, version: int, facets: dict[str, BitMap]) -> None:
        self.generation = generation
        self.version = version
        self.facets = facets
        self._live: tuple[date, BitMap] | None = None
        self._weekdays: tuple[date, dict[int, BitMap]] | None = None
        self.remembered: dict = {}

    @property
    def segments(self) -> int:
        """How many segments there are."""
        live = self.of(LIVE)
        return segment_of(live.max()) + 1 if live else 1

    def of(self, term: str) -> BitMap:
        return self.facets.get(term) or BitMap()

    def live(self, today: date) -> BitMap:
        """The documents that readers see on a day: those whose last day is not over."""
        if self._live is None or self._live[0] != today:
            first = f"{ENDS}{today:%Y-%m-%d}"
            over = [numbers for term, numbers in self.facets.items() if term.startswith(ENDS) and term < first]
            self._live = today, self.of(LIVE) - BitMap.union(*over) if over else self.of(LIVE)
        return self._live[1]

    def days_from(self, today: date) -> list[tuple[date, BitMap]]:
        """The coming days on which something meets, in order."""
        key = ("days", today)
        if key not in self.remembered:
            first = day_term(today)
            self.remembered[key] = [
                (date.fromisoformat(term.removeprefix(DAY)), self.facets[term])
                for term in sorted(self.facets)
                if term.startswith(DAY) and term >= first
            ]
        return self.remembered[key]

    def hours(self) -> list[BitMap]:
        """The documents by the half hour in which their meetings begin, in order; those without a time last."""
        if "hours" not in self.remembered:
            terms = sorted(term for term in self.facets if term.startswith(START))
            self.remembered["hours"] = [self.facets[term] for term in terms]
        return self.remembered["hours"]

    def meeting_on(self, weekday: int, today: date) -> BitMap:
        """The documents that meet on a weekday, 0 for Monday, on any coming day."""
        if self._weekdays is None or self._weekdays[0] != today:
            by_day: dict[int, BitMap] = {number: BitMap() for number in range(7)}
            for day, numbers in self.days_from(today):
                by_day[day.weekday()] |= numbers
            self._weekdays = today, by_day
        return self._weekdays[1][weekday]


# By the database that was read: a replica may be some versions behind the primary. They share what is the same.
_known: dict[str, Snapshot] = {}


def snapshot() -> Snapshot:
    """The present facets. One small query when nothing has changed; else the changed segments are read."""
    generation, version = freshness.version()
    known = _nearest(generation, version)
    if known is not None and known.version == version:
        _known[database_in_use()] = known
        return known
    facets = dict(known.facets) if known is not None else {}
    changed = Q(version__gt=known.version) if known is not None else Q()
    rows = Posting.objects.filter(changed, generation=generation, is_facet=True)
    parts: dict[str, list[tuple[int, BitMap]]] = {}
    for term, segment, numbers in rows.values_list("term", "segment", "numbers").iterator(chunk_size=2000):
        parts.setdefault(bytes(term).decode(), []).append((segment, BitMap.deserialize(bytes(numbers))))
    for name, segments in parts.items():
        whole = facets[name].copy() if name in facets else BitMap()
        for segment, _numbers in segments:
            whole.remove_range(segment << SEGMENT_BITS, (segment + 1) << SEGMENT_BITS)
        facets[name] = BitMap.union(whole, *(numbers for _segment, numbers in segments))
    # Another thread may have done the same: either result is right for the version it names.
    _known[database_in_use()] = present = Snapshot(generation, version, facets)
    return present


def _nearest(generation: int, version: int) -> Snapshot | None:
    """The newest facets that are known and not newer than this version: what changed since can be added to them."""
    known = [one for one in [*_known.values()] if one.generation == generation and one.version <= version]
    return max(known, key=lambda one: one.version, default=None)


def forget() -> None:
    """Let the next reader read everything anew; for tests, whose databases go back in time."""
    _known.clear()
