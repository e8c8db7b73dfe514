"""Makes the people of a demonstration and something for each of them to do. Can run again: what is there stays."""

import secrets
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from listings import actions
from listings.models import Listing
from organizations import actions as organization_actions
from organizations.models import Membership, Organization, User
from portal.models import Municipality

# (role, address, name, language, what the account may do)
PEOPLE = (
    ("operator", "operator@example.org", "Operator", "fi", {"is_staff": True, "is_superuser": True}),
    ("moderator", "moderator@example.org", "Moderator", "fi", {"is_moderator": True}),
    ("main user", "main.user@example.org", "Main user", "fi", {}),
    ("editor", "editor@example.org", "Editor", "sv", {}),
)
ORGANIZATION = "Kotiportti-säätiö sr"


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("This makes accounts whose passwords are printed. Set IS_DEMO=true if you want that.")
        with transaction.atomic():
            passwords = self._people()
            self._something_to_do()
        file = Path(settings.VAR_DIR) / "demo_accounts.txt"
        if passwords:
            file.write_text("\n".join(f"{role:<10} {email:<24} {word}" for role, email, word in passwords) + "\n")
        self.stdout.write("Accounts (role, address, password):")
        self.stdout.write(file.read_text() if file.exists() else "made earlier; their passwords are not known here")

    def _people(self) -> list[tuple[str, str, str]]:
        """Make the accounts that are missing; return the roles, addresses and passwords of all when any was made."""
        if User.objects.filter(email__in=[email for _role, email, *_rest in PEOPLE]).count() == len(PEOPLE):
            return []
        made = []
        for role, email, name, language, powers in PEOPLE:
            password = secrets.token_urlsafe(9)
            user, _created = User.objects.update_or_create(
                email=email, defaults={"name": name, "preferred_language": language, **powers}
            )
            user.set_password(password)
            user.save(update_fields=["password"])
            EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
            made.append((role, email, password))
        return made

    def _something_to_do(self) -> None:
        """Members of an organization, a change that waits for the moderator, and an organization that waits too."""
        organization = Organization.objects.filter(name_fi=ORGANIZATION).first()
        if organization is None or organization.memberships.exclude(user__is_active=False).exists():
            return
        main_user = User.objects.get(email="main.user@example.org")
        editor = User.objects.get(email="editor@example.org")
        for user, role in ((main_user, Membership.Role.MAIN_USER), (editor, Membership.Role.EDITOR)):
            Membership.objects.create(organization=organization, user=user, role=role, state=Membership.State.ACTIVE)
        listing = Listing.objects.public().filter(organization=organization).first()
        if listing is not None:
            version = actions.open_new_version(listing, by=editor)
            summary = {**version.texts("summary")}
            first = next(iter(summary))
            summary[first] = f"{summary[first]} Uusi ryhmä alkaa pian."[:300]
            version = actions.save_answers(version, by=editor, answers={"summary": summary})
            actions.submit_version(version, by=editor)
            actions.copy_listing(listing, by=editor)
        organization_actions.register_organization(
            by=editor,
            names={"fi": "Esimerkkikylän naapurit ry", "sv": "Exempelbyns grannar rf"},
            kind="association",
            municipality=Municipality.objects.get(name_fi="Rauma"),
            contact_email="info@example.org",
        )
