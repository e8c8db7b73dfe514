"""Who works at the portal during the faults. They are made past the portal; all that they do then goes through it."""

import time
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from listings.models import Listing
from moderation.actions import approve_organization
from organizations.actions import register_organization
from organizations.models import User
from portal.models import Municipality
from scripts.faults.browser import Browser, NotDone
from scripts.faults.told import Told
from scripts.production import Production

PASSWORD = "three quiet rivers"  # noqa: S105 (of a portal that is gone in some minutes)
READER_ADDRESS, WORKER_ADDRESS = "127.0.1.{}", "127.0.2.{}"


@dataclass(frozen=True)
class Account:
    """`secret` is that of a moderator's second factor; `organization` is where an editor writes."""

    email: str
    secret: str = ""
    organization: int = 0


def _user(email: str, **powers: bool) -> User:
    user = User(email=email, name=email.partition("@")[0].title(), preferred_language="en", **powers)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def make_editor(number: int, by: User) -> Account:
    """The main user of an organization of their own, which a moderator has approved."""
    user = _user(f"editor{number}@example.org")
    organization = register_organization(
        by=user,
        names={"fi": f"Kylän asukasyhdistys {number} ry"},
        kind="association",
        municipality=Municipality.objects.get(name_fi="Oulu"),
        contact_email=user.email,
    )
    approve_organization(organization, by=by)
    return Account(user.email, organization=organization.pk)


def approver() -> User:
    """Who approves them; does nothing else."""
    return _user("approver@example.org", is_moderator=True)


def make_moderator(number: int) -> Account:
    user = _user(f"moderator{number}@example.org", is_moderator=True)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return Account(user.email, secret=secret)


def fill(production: Production, root: Path, more: int) -> None:
    """The listings of the demonstration, and as many more."""
    demo = root / "listings" / "imports" / "demo_listings.jsonl"
    production.manage("import_listings", str(demo), "--publish", "--move-dates")
    production.manage("make_listings", str(more), "--yes")


def public_slugs(most: int) -> list[str]:
    return list(Listing.objects.public().order_by("pk").values_list("slug", flat=True)[:most])


def signed_in(production: Production, told: Told, kind: str, account: Account, number: int) -> Browser:
    """A browser in which somebody has signed in, with their second factor if they need one."""
    browser = Browser(production.url, production.trust, told, kind, WORKER_ADDRESS.format(number))
    page = browser.open("/en/account/login/")
    to = browser.send(page, "/login/", {"login": account.email, "password": PASSWORD})
    if account.secret:
        code = format_hotp_value(hotp_value(account.secret, int(time.time()) // 30))
        to = browser.send(browser.open(to), "/authenticate/", {"code": code})
    if not browser.open(to).url.path.startswith("/en/desk/"):
        raise NotDone(f"{account.email} could not sign in")
    return browser
