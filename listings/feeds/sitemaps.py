"""The sitemaps: every public page in every interface language, with its other languages beside it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse

from listings import browsing
from listings.models import Listing, Version
from organizations.models import Organization
from portal.models import Municipality
from portal.models import Page as ContentPage

from .following import organization_path

# Each row is an address in every language, and each of them names all languages. A file may have 50,000 addresses and
# 50 MB; it has fewer, so that one is written in about a second.
LINKS_PER_FILE = 10_000


class InEveryLanguage(Paginator):
    """Cuts the rows in the database, and gives each of a page's rows once in every language."""

    def page(self, number: int | str) -> Page:
        page = super().page(number)
        page.object_list = [(row, code) for row in page.object_list for code, _name in settings.LANGUAGES]
        return page


class PublicSitemap(Sitemap):
    i18n = True
    alternates = True
    protocol = urlsplit(settings.SITE_URL).scheme

    @property
    def paginator(self) -> Paginator:
        rows = max(1, LINKS_PER_FILE // len(settings.LANGUAGES) ** 2)
        return InEveryLanguage(cast(Sequence, self.items()), rows)

    def get_domain(self, site: Any = None) -> str:
        """The address that people type, whichever name the request came in by."""
        return urlsplit(settings.SITE_URL).netloc

    def get_latest_lastmod(self) -> None:
        """Not asked of every row; the files themselves say it."""


class ListingSitemap(PublicSitemap):
    def items(self) -> QuerySet[Version]:
        return Version.objects.public().select_related("listing").order_by("listing_id")

    def location(self, item: Version) -> str:
        return item.listing.get_absolute_url()

    def lastmod(self, item: Version) -> datetime:
        return item.changed_at


class OrganizationSitemap(PublicSitemap):
    def items(self) -> QuerySet[Organization]:
        """Those with something to find."""
        listed = Version.objects.public().values("listing__organization")
        return Organization.objects.public().filter(pk__in=listed).order_by("pk")

    def location(self, item: Organization) -> str:
        return organization_path(item)


class PageSitemap(PublicSitemap):
    """The pages that are always there, and the operator's."""

    names = ("start", "listing_list", "professional_list", "rules", "decision_reports")

    def items(self) -> list[str | ContentPage]:
        return [*self.names, *ContentPage.objects.all()]

    def location(self, item: str | ContentPage) -> str:
        return reverse(item) if isinstance(item, str) else item.get_absolute_url()

    def lastmod(self, item: str | ContentPage) -> datetime | None:
        return None if isinstance(item, str) else item.changed_at


class MunicipalitySitemap(PublicSitemap):
    """The list of activities in each municipality that has some."""

    def items(self) -> QuerySet[Municipality]:
        versions = Version.objects.public().filter(listing__section=Listing.ACTIVITY)
        through = Version.municipalities.through.objects.filter(version__in=versions)
        return Municipality.objects.filter(pk__in=through.values("municipality")).order_by("pk")

    def location(self, item: Municipality) -> str:
        return browsing.address(browsing.list_path(Listing.ACTIVITY), {"municipality": [item.pk]})


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": PageSitemap,
    "municipalities": MunicipalitySitemap,
    "organizations": OrganizationSitemap,
    "listings": ListingSitemap,
}
