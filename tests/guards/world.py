"""One person for each role, organizations in each state, listings in each situation: what the guards walk through.

Everything is made when it is first asked for, so that a guard pays only for what it looks at.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from io import BytesIO
from secrets import token_hex
from typing import Any, cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from PIL import Image
from post_office.models import STATUS, Email

from listings import actions as listing_actions
from listings.models import Listing, Report, Version
from listings.rule_set import current_rule_set
from listings.schedule import WEEKDAYS
from listings.search.index import refresh_listing, refresh_listings
from moderation import actions as moderation_actions
from moderation.models import Decision, Duty, Recheck, SavedView
from organizations import actions as organization_actions
from organizations.models import Invitation, Membership, Organization, OrganizationChange, User
from portal.feedback import give_feedback
from portal.models import Feedback
from tests import factories
from tests.bending import unguarded

OUR_APPS = ("portal", "organizations", "listings", "moderation")


# Where listings meet that are alike in all that a moderator judges.
TWINS = "Kaksoset"

# Texts in one language only, for readers of another one.
ARABIC = {
    "title": {"ar": "مقهى اللغة"},
    "summary": {"ar": "نتحدث الفنلندية معًا."},
    "description": {"ar": "نشرب القهوة ونتحدث."},
    "language_support": {"ar": "نتحدث ببطء."},
}


def person(**traits: Any) -> User:
    return cast(User, factories.UserFactory(**traits))


def member(organization: Organization, **traits: Any) -> Membership:
    return cast(Membership, factories.MembershipFactory(organization=organization, **traits))


def an_organization(**traits: Any) -> Organization:
    return cast(Organization, factories.OrganizationFactory(**traits))


@dataclass
class Home:
    """An organization with its people and listings, in one of its states."""

    world: "World"
    state: str = Organization.State.ACTIVE
    # Answers that all its listings give, unless they have others.
    answers: dict[str, Any] = field(default_factory=dict)
    organization: Organization = field(init=False)

    def __post_init__(self) -> None:
        self.organization = an_organization(active=True)
        self.main_user = member(self.organization, main_user=True).user
        self.editor = member(self.organization).user
        self.request = member(self.organization, asked=True)
        self._versions: dict[str, Version] = {}
        self.become(self.state)

    @cached_property
    def deputy(self) -> User:
        """A second main user."""
        return member(self.organization, main_user=True).user

    @cached_property
    def former(self) -> User:
        """Somebody who was removed, as the main user of another organization might have been."""
        return member(self.organization, state=Membership.State.REMOVED).user

    @cached_property
    def invitation(self) -> Invitation:
        """An invitation that waits, with its key. It was sent while people could join, an hour ago."""
        state = self.organization.state
        self.become(Organization.State.ACTIVE)
        sent = organization_actions.invite(
            self.organization, by=self.main_user, email=f"invited{self.organization.pk}@example.org", role="editor"
        )
        Invitation.objects.filter(pk=sent.pk).update(made_at=timezone.now() - timedelta(hours=1))
        self.become(state)
        return sent

    @cached_property
    def invited(self) -> User:
        """Whom the invitation is for."""
        return person(email=self.invitation.email)

    @cached_property
    def claim(self) -> Membership:
        """The editor's offer to be main user, where nobody answers any more."""
        return organization_actions.claim_organization(
            self.organization, by=self.editor, claim="Hallitus valitsi minut."
        )

    @cached_property
    def change(self) -> OrganizationChange:
        """A new name that waits for a moderator."""
        state = self.organization.state
        self.become(Organization.State.ACTIVE)
        names = {"fi": f"Uudistunut yhdistys {self.organization.pk} ry"}
        change = organization_actions.change_organization(self.organization, by=self.main_user, names=names)
        self.become(state)
        assert change is not None
        return change

    @cached_property
    def with_logo(self) -> Organization:
        """The organization, with a logo."""
        picture = BytesIO()
        Image.new("RGB", (64, 32)).save(picture, "WEBP")
        self.organization.logo.save(f"{token_hex(16)}.webp", ContentFile(picture.getvalue()), save=False)
        Organization.objects.filter(pk=self.organization.pk).update(
            logo=self.organization.logo.name, logo_alt="Talo", logo_width=64, logo_height=32
        )
        self.organization.refresh_from_db()
        return self.organization

    @cached_property
    def parent(self) -> Organization:
        """The organization that it belongs to."""
        parent = cast(Organization, member(an_organization(active=True), main_user=True).organization)
        Organization.objects.filter(pk=self.organization.pk).update(parent=parent)
        return parent

    @cached_property
    def asking_branch(self) -> Organization:
        """One that asks to belong to it."""
        branch = cast(Organization, member(an_organization(active=True), main_user=True).organization)
        Organization.objects.filter(pk=branch.pk).update(asked_parent=self.organization)
        return branch

    @cached_property
    def last_month(self) -> str:
        """A month that is over, in which there were decisions."""
        published, rejected = self.version("published"), self.version("rejected")
        a_month_ago = timezone.now() - timedelta(days=31)
        with unguarded():
            Decision.objects.filter(version__in=[published, rejected]).update(at=a_month_ago)
        return f"{timezone.localdate(a_month_ago):%Y-%m}"

    def become(self, state: str) -> None:
        if self.organization.state != state:
            Organization.objects.filter(pk=self.organization.pk).update(state=state)
            self.organization.refresh_from_db()
            refresh_listings(Listing.objects.filter(organization=self.organization))

    def version(self, kind: str) -> Version:
        """A version in one of the situations of `SITUATIONS`, of a listing of its own."""
        if kind not in self._versions:
            # What an organization has, it made while it was active.
            state = self.organization.state
            self.become(Organization.State.ACTIVE)
            self._versions[kind] = SITUATIONS[kind](self)
            self.become(state)
        version = self._versions[kind]
        version.refresh_from_db()
        return version

    def draft(self, **changes: Any) -> Version:
        # A venue of its own: a second draft with the same answers would be taken for a second click.
        changes.setdefault("venue", f"Talo {Version.objects.count()}")
        return factories.draft(self.organization, by=self.editor, **{**self.answers, **changes})

    def submitted(self, **changes: Any) -> Version:
        return factories.submitted(self.draft(**changes), by=self.editor)

    def published(self, **changes: Any) -> Version:
        return factories.published(self.submitted(**changes), by=self.world.judge)

    def withdrawn(self) -> Version:
        version = self.published()
        listing_actions.withdraw_listing(version.listing, by=self.editor)
        return version

    def paused(self) -> Version:
        version = self.published()
        until = timezone.localdate() + timedelta(days=40)
        listing_actions.pause_listing(version.listing, by=self.editor, until=until)
        return version

    def with_a_cancelled_meeting(self) -> Version:
        version = self.published()
        listing_actions.cancel_session(version.listing.sessions.first(), by=self.editor)
        return version

    def run_out(self, **when: Any) -> Version:
        version = self.published()
        Listing.objects.filter(pk=version.listing_id).update(**when)
        # As if it had been written so. That the index sees a day pass by itself is tested with the search.
        refresh_listing(Listing.objects.get(pk=version.listing_id))
        return version

    def sent_back(self) -> Version:
        version = self.submitted()
        moderation_actions.send_back(version, by=self.world.judge, reasons=["no-referral"], message="Mutka matkassa.")
        return version

    def come_again(self) -> Version:
        """Sent back with a note at one answer, changed, and sent again with an answer; then both sides wrote."""
        version = self.submitted()
        moderation_actions.send_back(
            version, by=self.world.judge, reasons=["no-referral"], message="Hyvä alku.", notes={"title": "Missä?"}
        )
        answers = {"title": {"fi": "Kielikahvila torilla"}, "weekdays": ["tue"], "contact_phone": "040 123 4567"}
        version = listing_actions.save_answers(version, by=self.editor, answers=answers)
        version = listing_actions.submit_with_answer(version, by=self.editor, answer="Lisäsin paikan.")
        listing_actions.remark(version, by=self.editor, text="Voiko tulla kesken?")
        listing_actions.remark_as_moderator(version, by=self.world.judge, text="Voi tulla.")
        return version

    def explained(self) -> Version:
        """Submitted with a finding that the moderator has to judge, and with what the writer says about it."""
        version = self.draft(price_kind="fee", fee_amount=90, fee_purpose="materials")
        listing_actions.explain_findings(version, by=self.editor, explanations={"non-commercial": "Kanootin vuokra."})
        return factories.submitted(version, by=self.editor)

    def rejected(self) -> Version:
        version = self.submitted()
        moderation_actions.reject(version, by=self.world.judge, reasons=["right-section"], message="Väärä osa.")
        return version

    def undecided(self) -> Version:
        """A published version in which the rules find something that no moderator has seen, and its open re-check."""
        version = self.submitted(price_kind="fee", fee_amount=90, fee_purpose="materials")
        version = listing_actions.publish_version(version, by=self.world.judge)
        moderation_actions.recheck_listing(version.listing, by=self.world.judge, rule_set=current_rule_set())
        return version

    def recheck(self) -> Recheck:
        return self.version("undecided").listing.rechecks.get()

    def sampled(self) -> Version:
        """A version that is public without a decision, as only the place is another, and was drawn to be checked."""
        version = listing_actions.open_new_version(self.published().listing, by=self.editor)
        listing_actions.save_answers(version, by=self.editor, answers={"venue": "Nuorisotalo"})
        with override_settings(SAMPLE_PERCENT=100):
            return factories.submitted(Version.objects.get(pk=version.pk), by=self.editor)

    def sample(self) -> Recheck:
        return self.version("sampled").listing.rechecks.get()

    def reported(self, reason: str, readers: int = 1) -> Version:
        """A published version of which readers have said that something is wrong, each from a network of their own."""
        version = self.published()
        for number in range(readers):
            listing_actions.report_listing(
                version.listing,
                reason=reason,
                words="Ovi oli kiinni.",
                reader_email=f"lukija{number}@example.org",
                language="fi",
                network_address=f"192.0.{version.pk % 256}.{number}",
            )
        return version

    def report(self, kind: str) -> Report:
        return self.version(kind).listing.reports.get()

    def superseded(self) -> Version:
        """A version in whose place readers see a newer one."""
        published = self.published()
        version = listing_actions.open_new_version(published.listing, by=self.editor)
        listing_actions.save_answers(version, by=self.editor, answers={"venue": "Nuorisotalo"})
        factories.submitted(Version.objects.get(pk=version.pk), by=self.editor)
        return published

    def changed(self) -> Version:
        """A submitted change of a published listing."""
        published = self.published()
        version = listing_actions.open_new_version(published.listing, by=self.editor)
        answers = {"title": {"fi": "Uusi nimi kahvilalle"}, "summary": {"fi": "Puhutaan hitaasti suomea."}}
        version = listing_actions.save_answers(version, by=self.editor, answers=answers)
        return factories.submitted(version, by=self.editor)


SITUATIONS: dict[str, Callable[[Home], Version]] = {
    "draft": lambda home: home.draft(),
    "empty": lambda home: listing_actions.start_listing(
        home.organization, by=home.editor, section=Listing.ACTIVITY, answers={}
    ),
    "stopped": lambda home: home.draft(participation="referral", price_kind="fee", fee_purpose="profit"),
    "with dates": lambda home: home.draft(
        schedule_kind="dates", weekdays=[], dates=["2030-01-07", "2030-01-14"], last_date=None
    ),
    "continuous": lambda home: home.draft(
        schedule_kind="continuous", weekdays=[], starts=None, ends=None, last_date=None
    ),
    "submitted": lambda home: home.submitted(),
    "worrying": lambda home: home.explained(),
    "worrying draft": lambda home: home.draft(price_kind="fee", fee_amount=90, fee_purpose="materials"),
    "returned": lambda home: home.sent_back(),
    "come again": lambda home: home.come_again(),
    "rejected": lambda home: home.rejected(),
    "published": lambda home: home.published(),
    "superseded": lambda home: home.superseded(),
    "undecided": lambda home: home.undecided(),
    "sampled": lambda home: home.sampled(),
    "first twin": lambda home: home.submitted(venue=f"{TWINS} 1"),
    "second twin": lambda home: home.submitted(venue=f"{TWINS} 2"),
    "changed": lambda home: home.changed(),
    "reported": lambda home: home.reported("over"),
    "accused": lambda home: home.reported("unsuitable"),
    "hidden": lambda home: home.reported("unsuitable", settings.REPORTS_THAT_HIDE),
    "withdrawn": lambda home: home.withdrawn(),
    "over": lambda home: home.run_out(last_session_on=timezone.localdate() - timedelta(days=1)),
    "unconfirmed": lambda home: home.run_out(
        last_session_on=None,
        confirmed_on=timezone.localdate() - timedelta(days=settings.LISTING_CONFIRMATION_DAYS + 1),
    ),
    "running out": lambda home: home.run_out(
        last_session_on=None,
        confirmed_on=timezone.localdate() - timedelta(days=settings.LISTING_CONFIRMATION_DAYS - 10),
    ),
    "paused": lambda home: home.paused(),
    "with a cancelled meeting": lambda home: home.with_a_cancelled_meeting(),
    "every day": lambda home: home.draft(weekdays=list(WEEKDAYS), last_date=None),
    "arabic": lambda home: home.published(**ARABIC),
    "arabic draft": lambda home: home.draft(**ARABIC),
    "online": lambda home: home.published(
        location_mode="online",
        municipalities=[],
        venue="",
        address="",
        postal_code="",
        participation="registration",
        price_kind="fee",
        fee_amount=5,
        fee_purpose="materials",
        childcare=True,
        contact_phone="040 123 4567",
        contact_url="https://www.example.org/",
        language_support={"fi": "Puhumme hitaasti.", "en": "We speak slowly."},
    ),
    "professional": lambda home: factories.published(
        factories.submitted(
            factories.draft(home.organization, by=home.editor, section=Listing.PROFESSIONAL, audience="professionals"),
            by=home.editor,
        ),
        by=home.world.judge,
    ),
}


class World:
    """All that the guards need, each thing made once."""

    @cached_property
    def judge(self) -> User:
        """The moderator who decided what is decided already."""
        return person(moderator=True)

    @cached_property
    def duty(self) -> Duty:
        """Of a moderator who is away today, and in whose place another one stands."""
        today = timezone.localdate()
        duty = Duty.objects.create(moderator=self.judge, away_from=today, away_until=today, stand_in=self.moderator)
        duty.regions.set(["17", "19"])
        return duty

    @cached_property
    def like_the_waiting(self) -> list[Organization]:
        """Organizations with the name of the one that waits, or in its municipality."""
        waiting = self.waiting.organization
        return [
            an_organization(name_fi=waiting.names["fi"], active=True),
            an_organization(name_fi="Kotoutumishanke 2030", municipality=waiting.municipality),
        ]

    @cached_property
    def home(self) -> Home:
        return Home(self)

    @cached_property
    def other(self) -> Home:
        return Home(self)

    @cached_property
    def declined(self) -> Home:
        return Home(self, Organization.State.DECLINED)

    @cached_property
    def suspended(self) -> Home:
        return Home(self, Organization.State.SUSPENDED)

    @cached_property
    def waiting(self) -> Home:
        return Home(self, Organization.State.PENDING)

    @cached_property
    def of_two(self) -> Home:
        """Its main user belongs to another organization, too, and waits to be let into a third."""
        home = Home(self)
        member(self.home.organization, user=home.main_user)
        member(self.other.organization, user=home.main_user, asked=True)
        return home

    @cached_property
    def changing(self) -> Home:
        """A new name waits."""
        home = Home(self)
        _waiting = home.change
        return home

    @cached_property
    def pictured(self) -> Home:
        """It has a logo."""
        home = Home(self)
        _shown = home.with_logo
        return home

    @cached_property
    def below(self) -> Home:
        """A branch, which asks to belong to another one, too."""
        home = Home(self)
        Organization.objects.filter(pk=home.organization.pk).update(
            parent=home.parent, asked_parent=self.other.organization
        )
        return home

    @cached_property
    def above(self) -> Home:
        """It has a branch, and another one asks."""
        home = Home(self)
        _asking = home.asking_branch
        an_organization(active=True, parent=home.organization)
        return home

    @cached_property
    def orphaned(self) -> Home:
        """Its main user has not signed in for long."""
        home = Home(self)
        User.objects.filter(pk=home.main_user.pk).update(
            last_login=timezone.now() - timedelta(days=settings.ORPHAN_AFTER_DAYS + 1)
        )
        return home

    @cached_property
    def forsaken(self) -> Home:
        """Nobody answers for it, and nobody has offered to."""
        home = Home(self)
        User.objects.filter(pk=home.main_user.pk).update(is_active=False)
        return home

    @cached_property
    def failed_mail(self) -> Email:
        """A mail that a server does not take."""
        mail = Email.objects.create(
            from_email="no-reply@example.org", to=["poissa@example.org"], subject="Koodi", status=STATUS.failed
        )
        mail.logs.create(status=STATUS.failed, exception_type="SMTPRecipientsRefused", message="550 No such user")
        return mail

    @cached_property
    def feedback(self) -> Feedback:
        """What somebody wrote about accessibility, with an address."""
        return give_feedback(
            words="En löydä hakua.", email="lukija@example.org", language="fi", network_address="192.0.2.9"
        )

    @cached_property
    def saved_view(self) -> SavedView:
        """A part of the queue that the moderator has given a name."""
        return moderation_actions.save_view("Omat", "kind=version", by=self.moderator)

    def in_hand(self, home: Home) -> tuple[str, int]:
        """What the moderator has in hand."""
        case = moderation_actions.take_case("version", home.version("submitted").pk, by=self.moderator)
        return case.kind, case.pk

    @cached_property
    def nobody(self) -> User:
        return person()

    @cached_property
    def moderator(self) -> User:
        return person(moderator=True)

    @cached_property
    def operator(self) -> User:
        return person(operator=True)


# Each role: who it is, and whose things it asks for.
ROLES: dict[str, Callable[[World], tuple[User | None, Home]]] = {
    "anonymous": lambda world: (None, world.home),
    "nobody": lambda world: (world.nobody, world.home),
    "asked": lambda world: (world.home.request.user, world.home),
    "editor": lambda world: (world.home.editor, world.home),
    "main_user": lambda world: (world.home.main_user, world.home),
    "stranger": lambda world: (world.other.main_user, world.home),
    "declined": lambda world: (world.declined.main_user, world.declined),
    "suspended": lambda world: (world.suspended.main_user, world.suspended),
    "moderator": lambda world: (world.moderator, world.home),
    "operator": lambda world: (world.operator, world.home),
    "former": lambda world: (world.home.former, world.home),
    "invited": lambda world: (world.home.invited, world.home),
}
# Those whom an organization knows, and who may do no more there than anybody.
LIKE_NOBODY = ("former", "invited")


def client_of(user: User | None, **options: Any) -> Client:
    """A browser in which the person has signed in."""
    client = Client(**options)
    if user is not None:
        client.force_login(user)
    return client


def address(name: str, args: tuple[Any, ...] = (), language: str = "fi") -> str:
    """A page's address in a language, whichever language an earlier request has left behind."""
    with override(language):
        return reverse(name, args=args)
