"""Whole pages for visitors without a session, kept ready: made once, then only sent.

A view says with `@kept(...)` that its page is the same for all such visitors, and which parameters of the query string
it reads; all others are taken away before it runs, so that a page depends on nothing but the name under which it is
kept: address, parameters, the version of what readers see, the day and the release. What changed is never found again.
Pages stay in the memory of the process and, where Redis is, also there for the other processes.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from gzip import compress, decompress
from hashlib import sha256
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language_from_path, override

from portal import freshness
from portal.release import release
from portal.watching.metrics import PAGE_IN_MEMORY, PAGE_MADE, PAGE_SHARED

Handler = Callable[[HttpRequest], HttpResponse]
Name = tuple[Any, ...]

MEMORY_BYTES = 32 * 1024 * 1024
LARGEST_PAGE = 512 * 1024
LONGEST_QUERY = 2000
# What changes a page makes a new name, so the time only clears away what nobody asks for.
SHARED_SECONDS = 600
COMPRESSION = 4  # nine tenths of what the best gives, in a quarter of the time


def kept(*parameters: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Keep the pages of a view that reads these parameters of the query string. The outermost decorator."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        view.kept_parameters = frozenset(parameters)  # type: ignore[attr-defined]
        return view

    return decorate


@dataclass(frozen=True)
class KeptPage:
    headers: dict[str, str]
    etag: str
    body: bytes
    packed: bytes

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed)


class Memory:
    """The pages asked for last, up to a number of bytes."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._pages: OrderedDict[Name, KeptPage] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, name: Name) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(name)
            if page is not None:
                self._pages.move_to_end(name)
            return page

    def put(self, name: Name, page: KeptPage) -> None:
        with self._lock:
            before = self._pages.pop(name, None)
            self._bytes += page.size - (before.size if before else 0)
            self._pages[name] = page
            while self._bytes > self.most:
                _name, oldest = self._pages.popitem(last=False)
                self._bytes -= oldest.size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)


memory = Memory(MEMORY_BYTES)


def pages_are_kept(get_response: Handler) -> Handler:
    """The middleware. It stands before all that asks who somebody is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with freshness.read_once():
            parameters = parameters_read_at(request.path_info)
            query = request.META.get("QUERY_STRING", "")
            if parameters is None or len(query) > LONGEST_QUERY:
                return get_response(request)
            if query:
                request.META["QUERY_STRING"] = canonical(query, parameters)
            if settings.SESSION_COOKIE_NAME in request.COOKIES or not settings.PAGES_ARE_KEPT:
                return get_response(request)
            return _answer(request, get_response)

    return middleware


@lru_cache(maxsize=2048)
def match_at(path: str) -> ResolverMatch | None:
    """What answers at an address, whichever language is active; None when nothing does."""
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            return resolve(path)
        except Resolver404:
            return None


def parameters_read_at(path: str) -> frozenset[str] | None:
    """The parameters that the view of an address reads; None when its pages are not kept."""
    match = match_at(path)
    return getattr(match.func, "kept_parameters", None) if match is not None else None


@lru_cache(maxsize=2048)
def canonical(query: str, parameters: frozenset[str]) -> str:
    """The query string in one order, without empty, repeated and unknown parameters."""
    pairs = {(name, value) for name, values in QueryDict(query).lists() for value in values if value}
    known = QueryDict(mutable=True)
    for name, value in sorted(pairs):
        if name in parameters:
            known.appendlist(name, value)
    return known.urlencode()


def _answer(request: HttpRequest, get_response: Handler) -> HttpResponse:
    name = (
        # Whether it is ours, the middleware behind has seen before anything is kept.
        request.META.get("HTTP_HOST", ""),
        request.path,
        request.META.get("QUERY_STRING", ""),
        freshness.version(),
        timezone.localdate(),
        release(),
    )
    page = memory.get(name)
    if page is not None:
        PAGE_IN_MEMORY.inc()
    elif page := _shared(name):
        PAGE_SHARED.inc()
    else:
        PAGE_MADE.inc()
        # Asked whole, so that there is something to keep; whether the visitor has it already is seen below.
        known = request.META.pop("HTTP_IF_NONE_MATCH", "")
        request.META.pop("HTTP_IF_MODIFIED_SINCE", "")
        response = get_response(request)
        if not may_be_kept(request, response):
            return response
        request.META["HTTP_IF_NONE_MATCH"] = known
        page = _page_of(response)
        memory.put(name, page)
        _share(name, page)
    return _sent(page, request)


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether everybody may be sent this answer."""
    varies = {part.strip().lower() for part in response.get("Vary", "").split(",") if part.strip()}
    return (
        request.method == "GET"
        and not request.COOKIES
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "public" in response.get("Cache-Control", "")
        and "ETag" in response
        and "Content-Encoding" not in response
        and varies <= {"cookie", "accept-encoding"}
        and len(response.content) <= LARGEST_PAGE
    )


def _page_of(response: HttpResponse) -> KeptPage:
    patch_vary_headers(response, ["Accept-Encoding"])
    # Weak: the same page, whether it is sent compressed or not.
    etag = "W/" + response.headers["ETag"].removeprefix("W/")
    headers = {name: value for name, value in response.items() if name not in ("Content-Length", "ETag")}
    body = response.content
    return KeptPage(headers | {"ETag": etag}, etag, body, compress(body, COMPRESSION, mtime=0))


def _sent(page: KeptPage, request: HttpRequest) -> HttpResponse:
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if known and (known == page.etag or _is_known(page.etag, known)):
        headers = {name: page.headers[name] for name in ("Cache-Control", "ETag", "Vary")}
        return HttpResponseNotModified(headers=headers)
    is_packed = _accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    body = page.packed if is_packed else page.body
    response = HttpResponse(body if request.method == "GET" else b"", headers=page.headers)
    response.headers["Content-Length"] = str(len(body))
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _is_known(etag: str, known: str) -> bool:
    return any(tag == "*" or tag.removeprefix("W/") == etag.removeprefix("W/") for tag in parse_etags(known))


@lru_cache(maxsize=256)
def _accepts_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        coding, _sign, quality = part.replace(" ", "").partition(";q=")
        if coding in ("gzip", "*"):
            return quality.strip("0.") != "" or not quality
    return False


def _shared_name(name: Name) -> str:
    return sha256(repr(name).encode()).hexdigest()


def _shared(name: Name) -> KeptPage | None:
    """A page that another process has made."""
    found = caches["pages"].get(_shared_name(name))
    if found is None:
        return None
    headers, packed = found
    page = KeptPage(headers, headers["ETag"], decompress(packed), packed)
    memory.put(name, page)
    return page


def _share(name: Name, page: KeptPage) -> None:
    caches["pages"].set(_shared_name(name), (page.headers, page.packed), SHARED_SECONDS)
