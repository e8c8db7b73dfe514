"""Whether the index of the search is well: for probes and metrics."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from prometheus_client.core import GaugeMetricFamily, Metric

from listings.models import Document, SearchState, Version
from portal.watching.health import DEGRADED, OK, Part

from .words import ANALYSER


def health(alias: str) -> Part:
    """Words that another release has analysed are found worse, until the index is made anew."""
    state = SearchState.objects.using(alias).order_by("pk").first() or SearchState()
    is_current = state.analyser in ("", ANALYSER)
    return Part("index", OK if is_current else DEGRADED, {"generation": state.generation, "version": state.version})


def missing() -> int:
    """How many public listings the index does not have: what has changed and was not indexed."""
    generation = (SearchState.objects.order_by("pk").first() or SearchState()).generation
    indexed = Document.objects.filter(generation=generation, listing=OuterRef("listing"))
    return Version.objects.public().filter(~Exists(indexed)).order_by().count()


def figures() -> Iterator[Metric]:
    is_current = health("default").state == OK
    yield GaugeMetricFamily("portal_index_is_current", "0 when another release has analysed its words", int(is_current))
    yield GaugeMetricFamily("portal_index_missing", "Public listings that the search does not find", missing())
