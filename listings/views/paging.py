"""Where a page stands among the pages of a list, and the addresses of the pages beside it."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.http import HttpRequest

from listings import browsing


@dataclass(frozen=True)
class ResultPage:
    """Where a page of results stands; what the pagination asks of Django's own pages."""

    number: int
    last: int

    @property
    def paginator(self) -> SimpleNamespace:
        return SimpleNamespace(num_pages=self.last)

    def has_previous(self) -> bool:
        return self.number > 1

    def has_next(self) -> bool:
        return self.number < self.last

    def has_other_pages(self) -> bool:
        return self.last > 1

    def previous_page_number(self) -> int:
        return self.number - 1

    def next_page_number(self) -> int:
        return self.number + 1


def page_number(written: str | None) -> int:
    """The number of a page as it stands in an address; 1 for what is none."""
    return max(int(written), 1) if written and written.isascii() and written.isdigit() and len(written) < 7 else 1


def page_links(request: HttpRequest, page, filters: browsing.Values) -> dict[str, str]:
    """The addresses of the pages before and after, empty where there is none."""

    def url(number: int) -> str:
        return browsing.address(request.path, filters, **({"page": number} if number > 1 else {}))

    return {
        "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
    }
