"""What must always be true of accounts and organizations. Each function yields what is not, in plain words."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q

from organizations.models import Membership, Organization, User

# What commands made in bulk, for measuring, with nobody who answers for it.
SYNTHETIC = Q(slug__startswith="esimerkki-", contact_email="info@example.org")


def organizations_have_a_main_user() -> Iterator[str]:
    """Somebody answers for every active organization.

    Lawful is one whose main user's account was closed or erased since: moderators have it on their list of those that
    nobody answers for.
    """
    people = Membership.objects.filter(organization=OuterRef("pk"))
    main_users = people.filter(state=Membership.State.ACTIVE, role=Membership.Role.MAIN_USER)
    gone = people.filter(user__is_active=False)
    alone = Organization.objects.public().filter(~Exists(main_users), ~Exists(gone)).exclude(SYNTHETIC)
    for pk in alone.order_by("pk").values_list("pk", flat=True).iterator():
        yield f"Organization {pk} is active and has no main user."


def erased_accounts_are_empty() -> Iterator[str]:
    """An erased account has no power, no key, no address and no role left."""
    erased = User.objects.filter(erased_at__isnull=False).order_by("pk")
    theirs = {
        "still has a name or a power": erased.filter(
            ~Q(name="") | Q(is_active=True) | Q(is_moderator=True) | Q(is_staff=True) | Q(is_superuser=True)
        ),
        "still has an address": erased.filter(Exists(EmailAddress.objects.filter(user=OuterRef("pk")))),
        "still has a second factor": erased.filter(Exists(Authenticator.objects.filter(user=OuterRef("pk")))),
        "is still a member of an organization": erased.filter(
            Exists(Membership.objects.filter(user=OuterRef("pk")).exclude(state=Membership.State.REMOVED))
        ),
    }
    for what, users in theirs.items():
        for pk in users.values_list("pk", flat=True).iterator():
            yield f"Account {pk} is erased and {what}."


def closed_organizations_are_left() -> Iterator[str]:
    """Nothing is a branch of an organization that was joined with another, and nobody is a member of it."""
    merged = Organization.objects.filter(state=Organization.State.MERGED).order_by("pk")
    for pk in merged.filter(branches__isnull=False).distinct().values_list("pk", flat=True).iterator():
        yield f"Organization {pk} was joined with another and still has branches."
    for pk in merged.filter(memberships__isnull=False).distinct().values_list("pk", flat=True).iterator():
        yield f"Organization {pk} was joined with another and still has members."


def logos_are_there() -> Iterator[str]:
    """Every logo that a page shows is in the storage."""
    shown = Organization.objects.exclude(logo="").order_by("pk").only("pk", "logo")
    for organization in shown.iterator():
        if not organization.logo.storage.exists(organization.logo.name):
            yield f"The logo of organization {organization.pk} is missing: {organization.logo.name}."
