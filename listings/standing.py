"""Where a listing stands, in one word, for the people who write it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from listings.models import Listing, Version
from listings.models.listing import ListingQuerySet, oldest_valid_confirmation
from listings.presentation import title_of
from portal import moments
from portal.texts import Text
from portal.vocabulary import label
from portal.working_days import AnswerPromise

# What the desk calls a listing that readers have reported.
HIDDEN = _("Hidden until checked")
# So many days before a listing runs out, its organization is asked to confirm it.
ASKED_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """A listing's place between draft and public. `code` is a version state, `withdrawn`, `hidden` or `expired`."""

    listing: Listing
    title: Text
    code: str
    label: str
    published: Version | None
    open: Version | None
    runs_out_on: date | None
    next_step: str | Promise
    is_to_confirm: bool
    changed_on: date

    @property
    def is_editable(self) -> bool:
        return self.open is not None and self.open.is_editable

    @property
    def can_be_confirmed(self) -> bool:
        """Whether it helps readers that somebody says that it is right: not when all days are over."""
        if self.published is None or self.listing.withdrawn_at is not None:
            return False
        return self.listing.last_session_on is None or self.listing.last_session_on >= timezone.localdate()

    @property
    def is_seen_earlier(self) -> bool:
        """Whether readers see an earlier version than the one that is being written or judged."""
        return self.published is not None and self.open is not None and _public_code(self.listing) == "published"


def with_standing(listings: ListingQuerySet) -> ListingQuerySet:
    """With the code of `standing_of` as `standing`, and with `is_to_confirm`, so that lists can be filtered by them."""
    today = timezone.localdate()
    versions = Version.objects.filter(listing=OuterRef("pk"))
    unconfirmed_on = Cast(
        ExpressionWrapper(
            F("confirmed_on") + timedelta(days=settings.LISTING_CONFIRMATION_DAYS), output_field=DateTimeField()
        ),
        DateField(),
    )
    return listings.annotate(
        is_published=Exists(versions.filter(state=Version.State.PUBLISHED)),
        unconfirmed_on=unconfirmed_on,
    ).annotate(
        standing=Case(
            When(
                Exists(versions.open()),
                then=Subquery(versions.open().values("state")[:1]),
            ),
            When(is_published=False, then=Subquery(versions.order_by("-number").values("state")[:1])),
            When(withdrawn_at__isnull=False, then=Value("withdrawn")),
            When(hidden_at__isnull=False, then=Value("hidden")),
            When(
                Q(confirmed_on__lt=oldest_valid_confirmation(today)) | Q(last_session_on__lt=today),
                then=Value("expired"),
            ),
            default=Value("published"),
        ),
        is_to_confirm=Case(
            When(
                Q(is_published=True, withdrawn_at__isnull=True, unconfirmed_on__lte=today + ASKED_BEFORE)
                & (
                    Q(last_session_on__isnull=True)
                    | Q(last_session_on__gt=F("unconfirmed_on"), last_session_on__gte=today)
                ),
                then=Value(True),
            ),
            default=Value(False),
        ),
    )


def _is_to_confirm(listing: Listing, published: Version | None) -> bool:
    """Whether it runs out soon, or has, only because nobody has said that it is right."""
    if published is None or listing.withdrawn_at is not None or listing.confirmed_on is None:
        return False
    today, last = timezone.localdate(), listing.last_session_on
    unconfirmed_on = listing.confirmed_on + timedelta(days=settings.LISTING_CONFIRMATION_DAYS)
    return unconfirmed_on <= today + ASKED_BEFORE and (last is None or last > unconfirmed_on and last >= today)


def _public_code(listing: Listing) -> str:
    if listing.withdrawn_at is not None:
        return "withdrawn"
    if listing.hidden_at is not None:
        return "hidden"
    if listing.runs_out_on is not None and listing.runs_out_on < timezone.localdate():
        return "expired"
    return "published"


NEXT_STEPS = {
    "draft": _("Finish it and send it."),
    "returned": _("Read what has to change, change it and send it again."),
    "rejected": _("Read why. You can make a new version."),
    "published": _("Readers see it."),
    "to_confirm": _("Readers see it. Confirm it, so that it stays."),
    "withdrawn": _("Readers do not see it. You can bring it back."),
    "hidden": _("Readers do not see it until somebody has checked what several of them reported."),
    "expired": _("Readers do not see it. Check the times and confirm it."),
}
NEXT_STEPS_SUBMITTED = _("A moderator reads it and answers by %(date)s. You get a mail.")
NEXT_STEPS_LATE = _(
    "We promised an answer by %(date)s and are late. The moderators have been reminded. You get a mail."
)


def _next_step(code: str, is_to_confirm: bool, open_version: Version | None) -> str | Promise:
    if open_version is None or code != Version.State.SUBMITTED or open_version.submitted_at is None:
        return NEXT_STEPS["to_confirm" if is_to_confirm and code == "published" else code]
    promise = AnswerPromise(open_version.submitted_at)
    words = NEXT_STEPS_LATE if promise.is_late else NEXT_STEPS_SUBMITTED
    return words % {"date": moments.full_date(promise.day)}


def standing_of(listing: Listing) -> Standing:
    """Where the listing stands. Reads `listing.versions` as they were prefetched."""
    versions = sorted(listing.versions.all(), key=lambda version: -version.number)
    published = next((one for one in versions if one.state == Version.State.PUBLISHED), None)
    open_version = next((one for one in versions if one.state in Version.OPEN_STATES), None)
    if open_version is not None:
        code = open_version.state
    elif published is not None:
        code = _public_code(listing)
    else:
        code = versions[0].state
    is_to_confirm = _is_to_confirm(listing, published)
    group = "listing_state" if code in ("withdrawn", "expired") else "version_state"
    return Standing(
        listing=listing,
        title=title_of(open_version or published or versions[0]),
        code=code,
        label=str(HIDDEN) if code == "hidden" else label(group, code),
        published=published,
        open=open_version,
        runs_out_on=listing.runs_out_on if published else None,
        next_step=_next_step(code, is_to_confirm, open_version),
        is_to_confirm=is_to_confirm,
        changed_on=timezone.localdate(versions[0].changed_at),
    )
