"""What needs doing at an organization's desk, in the order in which it should be done."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from listings.forms.desk import TO_CONFIRM
from listings.models import BrokenLink, Listing, Report
from listings.standing import with_standing
from organizations.models import Membership, Organization

# What listings need, most urgent first: the sentence, and the state by which the desk's list shows them.
SENTENCES = {
    "returned": (
        ngettext_lazy(
            "%(count)s listing came back. Change it and send it again.",
            "%(count)s listings came back. Change them and send them again.",
            "count",
        ),
        "returned",
    ),
    "gone": (
        ngettext_lazy(
            "Readers no longer see %(count)s listing, because nobody has confirmed it.",
            "Readers no longer see %(count)s listings, because nobody has confirmed them.",
            "count",
        ),
        TO_CONFIRM,
    ),
    TO_CONFIRM: (
        ngettext_lazy(
            "%(count)s listing runs out soon. Confirm it.",
            "%(count)s listings run out soon. Confirm them.",
            "count",
        ),
        TO_CONFIRM,
    ),
    "draft": (
        ngettext_lazy("%(count)s draft is not finished.", "%(count)s drafts are not finished.", "count"),
        "draft",
    ),
}


@dataclass(frozen=True)
class Need:
    """One thing to do, as a sentence that is a link."""

    text: str
    url: str


@dataclass
class _Listings:
    """How many listings need the same thing, and one of them."""

    count: int = 0
    first: int = 0

    def add(self, count: int, first: int) -> None:
        self.count += count
        self.first = self.first or first


@dataclass
class _Waiting:
    """All that is counted for one organization."""

    listings: dict[str, _Listings] = field(default_factory=lambda: defaultdict(_Listings))
    reports: _Listings = field(default_factory=_Listings)
    links: _Listings = field(default_factory=_Listings)
    main_users: int = 0
    requests: int = 0
    claims: int = 0
    branches: int = 0


def needs_of(memberships: Iterable[Membership]) -> dict[int, list[Need]]:
    """What the person of these memberships can do, by organization, in as many queries for one as for twenty."""
    mine = {one.organization_id: one for one in memberships}
    waiting: dict[int, _Waiting] = defaultdict(_Waiting)
    _count_listings(mine, waiting)
    _count_reports(mine, waiting)
    _count_links(mine, waiting)
    _count_people(mine, waiting)
    return {
        pk: [
            *_of_reports(waiting[pk]),
            *_of_listings(pk, waiting[pk]),
            *_of_links(waiting[pk]),
            *(_of_people(pk, waiting[pk]) if _keeps_people(one) else []),
        ]
        for pk, one in mine.items()
    }


def _keeps_people(membership: Membership) -> bool:
    is_open = membership.organization.state not in Organization.CLOSED_STATES
    return is_open and membership.role == Membership.Role.MAIN_USER


def _count_listings(organizations: Iterable[int], waiting: dict[int, _Waiting]) -> None:
    counted = (
        with_standing(Listing.objects.filter(organization__in=organizations))
        .exclude(organization__state__in=Organization.CLOSED_STATES)
        .order_by()
        .values("organization_id", "standing", "is_to_confirm")
        .annotate(count=Count("pk"), first=Min("pk"))
    )
    for row in counted:
        listings = waiting[row["organization_id"]].listings
        is_gone = row["is_to_confirm"] and row["standing"] == "expired"
        listings[row["standing"]].add(row["count"], row["first"])
        if row["is_to_confirm"]:
            listings["gone" if is_gone else TO_CONFIRM].add(row["count"], row["first"])


def _count_reports(organizations: Iterable[int], waiting: dict[int, _Waiting]) -> None:
    counted = (
        Report.objects.for_organizations()
        .filter(listing__organization__in=organizations)
        .exclude(listing__organization__state__in=Organization.CLOSED_STATES)
        .order_by()
        .values_list("listing__organization_id")
        .annotate(count=Count("pk"), first=Min("pk"))
    )
    for pk, count, first in counted:
        waiting[pk].reports.add(count, first)


def _count_links(organizations: Iterable[int], waiting: dict[int, _Waiting]) -> None:
    counted = (
        BrokenLink.objects.broken()
        .filter(listing__organization__in=organizations, listing__withdrawn_at=None)
        .exclude(listing__organization__state__in=Organization.CLOSED_STATES)
        .order_by()
        .values_list("listing__organization_id")
        .annotate(count=Count("listing", distinct=True), first=Min("listing"))
    )
    for pk, count, first in counted:
        waiting[pk].links.add(count, first)


def _count_people(organizations: Iterable[int], waiting: dict[int, _Waiting]) -> None:
    people = (
        Membership.objects.filter(organization__in=organizations, user__is_active=True)
        .exclude(state=Membership.State.REMOVED)
        .values_list("organization_id", "state", "role", "claimed_at")
    )
    for pk, state, role, claimed_at in people:
        one = waiting[pk]
        one.requests += state == Membership.State.ASKED
        is_active = state == Membership.State.ACTIVE
        one.main_users += is_active and role == Membership.Role.MAIN_USER
        one.claims += is_active and role == Membership.Role.EDITOR and claimed_at is not None
    for pk in Organization.objects.filter(asked_parent__in=organizations).values_list("asked_parent_id", flat=True):
        waiting[pk].branches += 1


def _of_reports(waiting: _Waiting) -> list[Need]:
    """The link leads to the oldest; the others follow."""
    if not waiting.reports.count:
        return []
    text = ngettext(
        "%(count)s reader says that something is wrong. Answer.",
        "%(count)s readers say that something is wrong. Answer them.",
        waiting.reports.count,
    )
    return [Need(text % {"count": waiting.reports.count}, reverse("report_answer", args=[waiting.reports.first]))]


def _of_listings(organization: int, waiting: _Waiting) -> list[Need]:
    """Of one listing the link leads there, of several to the list of them."""
    desk = reverse("organization_desk", args=[organization])
    needs = []
    for code, (sentence, state) in SENTENCES.items():
        found = waiting.listings.get(code)
        if found is not None:
            url = reverse("listing_manage", args=[found.first]) if found.count == 1 else f"{desk}?state={state}"
            needs.append(Need(sentence % {"count": found.count}, url))
    return needs


def _of_links(waiting: _Waiting) -> list[Need]:
    """The link leads to the oldest listing; the others follow."""
    if not waiting.links.count:
        return []
    text = ngettext(
        "A link in %(count)s listing does not work. Change it.",
        "Links in %(count)s listings do not work. Change them.",
        waiting.links.count,
    )
    return [Need(text % {"count": waiting.links.count}, reverse("listing_manage", args=[waiting.links.first]))]


def _of_people(organization: int, waiting: _Waiting) -> list[Need]:
    people = reverse("organization_people", args=[organization])
    needs = []
    if waiting.requests:
        asking = ngettext(
            "%(count)s person asks to write for the organization.",
            "%(count)s people ask to write for the organization.",
            waiting.requests,
        )
        needs.append(Need(asking % {"count": waiting.requests}, people))
    if waiting.claims:
        needs.append(Need(_("An editor asks to become main user."), people))
    if waiting.branches:
        branches = reverse("organization_branches", args=[organization])
        needs.append(Need(_("An organization asks to belong to yours."), branches))
    if waiting.main_users == 1:
        text = _("You are the only main user. Name another one, so that somebody always has the key.")
        needs.append(Need(text, people))
    return needs
