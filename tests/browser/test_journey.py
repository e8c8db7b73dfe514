"""The whole way of a listing, from its writer's account to its readers and back, in a real browser over real mail.

Once on a phone without JavaScript and in Finnish, once on a desk with it and in Swedish.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override
from playwright.sync_api import expect

from listings.models import Version
from organizations.models import Organization
from portal.vocabulary import label
from tests import factories
from tests.browser.again import again
from tests.browser.visitor import Visitor
from tests.services import Mailbox

pytestmark = pytest.mark.browser

INTERFACE = ("fi", "sv", "en")
OULU = "564"
ADDRESS = "aino@example.org"
MESSAGE = "Kerro, kuka ryhmää ohjaa. <b>Kiitos!</b>"

TEXTS = {
    "fi": {
        "title": "Kielikahvila naapureille",
        "summary": "Puhumme suomea yhdessä.",
        "description": "Juomme kahvia ja juttelemme.",
    },
    "sv": {
        "title": "Språkcafé för grannar",
        "summary": "Vi talar svenska tillsammans.",
        "description": "Vi dricker kaffe och pratar.",
    },
    "en": {
        "title": "Language café for neighbours",
        "summary": "We speak slowly, together.",
        "description": "We drink coffee and talk.",
    },
}
GUIDE = {
    "section": "activity",
    "audience": "immigrants",
    "participation": "open",
    "price_kind": "fee",
    "fee_purpose": "materials",
    "schedule_kind": "weekly",
    "volunteering": "none",
    "study": "none",
    "statutory": "no",
    "political": "no",
    "religious": "no",
}


def titled(language: str) -> dict[str, str]:
    """The texts of the step about what happens, by the names of its fields."""
    return {f"{answer}_{language}": text for answer, text in TEXTS[language].items()}


def word_for(language: str, written: tuple[str, ...]) -> str:
    """What a reader types: a word of the title in their language, else what the form of activity is called in it."""
    return TEXTS[language]["title"].split()[-1] if language in written else label("form", "language_club", language)


def link_in(message: EmailMessage) -> str:
    """The address that the mail wants to have opened."""
    text = message.get_body(("plain",)).get_content()
    return next(line for line in text.splitlines() if line.startswith(("http://", "https://")))


@dataclass
class Journey:
    """The writer, who prefers `language`, the moderator, and the mails between them."""

    writer: Visitor
    moderator: Visitor
    mailbox: Mailbox
    language: str

    @property
    def written(self) -> tuple[str, ...]:
        return (self.language, "en")

    @property
    def listing_url(self) -> str:
        return f"/{self.language}/desk/listings/{Version.objects.latest('pk').listing_id}/"

    def step(self, code: str) -> str:
        return f"{self.listing_url}step/{code}/"

    def words(self, message: str) -> str:
        """An interface text in the writer's language, which has to have it."""
        with override(self.language):
            words = gettext(message)
        assert words != message
        return words

    def mail(self, subject: str, number: int) -> EmailMessage:
        """The writer's newest mail, which is their mail of this number."""
        mails = self.mailbox.to(ADDRESS)
        assert [len(mails), mails[-1]["Subject"]] == [number, subject]
        html = mails[-1].get_body(("html",))
        assert html is None or f'lang="{self.language}"' in html.get_content()
        return mails[-1]

    # The writer's account and organization

    def make_an_account(self) -> None:
        writer = self.writer
        writer.go(f"/{self.language}/")
        writer.press('footer a[href$="/desk/"]')
        assert writer.path == f"/{self.language}/account/login/?next=/{self.language}/desk/"
        writer.press('main a[href*="/account/signup/"]')
        writer.write(name="Aino Ahonen", email="aino@", password1=factories.PASSWORD)
        writer.press()
        assert writer.errors() == ["id_email"]
        assert writer.written("name", "email") == {"name": "Aino Ahonen", "email": "aino@"}
        writer.write(email=ADDRESS, password1=factories.PASSWORD)
        writer.press()
        assert writer.path == f"/{self.language}/account/confirm-email/"

    def confirm_the_address(self) -> None:
        writer = self.writer
        mail = self.mail(self.words("Confirm your e-mail address"), 1)
        writer.go(link_in(mail))
        writer.press()
        assert writer.path.startswith(f"/{self.language}/account/login/")
        writer.write(login=ADDRESS, password=factories.PASSWORD)
        writer.press()
        assert writer.path == f"/{self.language}/desk/"

    def register_a_company(self) -> None:
        writer = self.writer
        writer.press('main a[href$="/desk/register/"] >> nth=0')
        writer.choose(kind="company")
        writer.write(
            name_fi="Hiljainen Kahvipaahtimo Oy",
            business_id="1234567-8",
            municipality="Olou",
            contact_email=ADDRESS,
        )
        writer.press(status=422)
        assert writer.errors() == ["id_business_id", "id_municipality"]
        writer.follow_error("id_municipality")
        assert writer.written("business_id", "municipality") == {"business_id": "1234567-8", "municipality": "Olou"}
        assert writer.chosen("kind") == {"kind": "company"}
        writer.write(business_id="1234567-1", municipality="Oulu")
        writer.press()
        assert writer.path == f"/{self.language}/desk/organizations/{Organization.objects.latest('pk').pk}/"

    def sign_in_as_moderator(self) -> None:
        self.moderator.go("/en/desk/")
        self.moderator.write(login=factories.UserFactory(moderator=True).email, password=factories.PASSWORD)
        self.moderator.press()

    def approve_the_organization(self) -> None:
        moderator = self.moderator
        self.sign_in_as_moderator()
        moderator.press('header a[href="/en/moderation/"]')
        moderator.press('th a[href*="/moderation/organizations/"]')
        moderator.press('button[formaction$="/decline/"]', status=422)
        assert moderator.errors() == ["id_message"]
        moderator.press('button[formaction$="/approve/"]')
        assert moderator.path == "/en/moderation/"
        approved = self.words("%(name)s is approved") % {"name": "Hiljainen Kahvipaahtimo Oy"}
        assert link_in(self.mail(approved, 2)).endswith(f"/{self.language}/desk/")

    # Writing

    def be_stopped_by_the_fee(self) -> None:
        writer = self.writer
        writer.go(link_in(self.mailbox.to(ADDRESS)[-1]))
        writer.press('main a[href$="/new/"]')
        writer.choose(**GUIDE)
        writer.write(fee_amount="kymmenen")
        writer.press(status=422)
        assert writer.errors() == ["id_fee_amount"]
        writer.follow_error("id_fee_amount")
        assert writer.written("fee_amount") == {"fee_amount": "kymmenen"}
        assert writer.chosen(*GUIDE) == GUIDE
        assert not Version.objects.filter(author__email=ADDRESS).exists()

        writer.write(fee_amount="12,50")
        writer.press()
        assert writer.errors() == ["id_price_kind_0"]
        assert writer.field("price_kind").locator(".finding--stop code").inner_text() == "free-of-charge"
        assert writer.chosen(*GUIDE) == GUIDE
        assert writer.written("fee_amount") == {"fee_amount": "12,50"}
        writer.follow_error("id_price_kind_0")
        writer.choose(price_kind="free")
        writer.press()
        assert writer.path == self.step("what")

    def write_in_two_languages(self) -> None:
        writer = self.writer
        own, english = titled(self.language), titled("en")
        writer.write(**own)
        writer.unfold("details:has(button[name=add_language])")
        writer.press("button[name=add_language][value=en]")
        assert writer.written(*own) == own
        assert writer.one("#id_title_en").get_attribute("lang") == "en"
        writer.write(**english)
        writer.choose(forms=["language_club"])
        writer.press("button[name=leave]")
        assert writer.path == self.listing_url
        # Another day.
        writer.go(f"/{self.language}/desk/")
        writer.press("th[scope=row] a")
        writer.press(f'main a[href="{self.step("what")}"]')
        assert writer.written(*own, *english) == own | english
        assert writer.chosen("forms") == {"forms": "language_club"}

    def answer_the_other_steps(self) -> None:
        writer = self.writer
        writer.press()
        # The rule about aims stops here, and says so at its field.
        assert writer.errors() == ["id_aims_0"]
        writer.follow_error("id_aims_0")
        writer.choose(aims=["interaction", "networks"])
        writer.press()
        assert writer.path == self.step("for-whom")
        writer.choose(target_groups=["everyone"], languages=["fi", "en"], language_level="none")
        writer.press()

        assert writer.path == self.step("when-and-where")
        last = timezone.localdate() + timedelta(days=90)
        wrong = {"starts": "25.00", "last_date": "31.2.2031", "municipalities": "Olou", "postal_code": "901"}
        writer.choose(weekdays=["mon", "thu"], location_mode="onsite")
        writer.write(**wrong, ends="18.30", venue="Pääkirjasto", address="Kirjastokatu 1")
        writer.press(status=422)
        assert writer.errors() == [f"id_{name}" for name in wrong]
        assert not writer.field("starts").locator(".finding").count()
        for name in wrong:
            writer.follow_error(f"id_{name}")
        assert writer.written(*wrong) == wrong
        assert writer.written("ends", "venue") == {"ends": "18.30", "venue": "Pääkirjasto"}
        assert writer.chosen("weekdays") == {"weekdays": ["mon", "thu"]}
        writer.write(
            starts="17", last_date=f"{last.day}.{last.month}.{last.year}", municipalities="Oulu", postal_code="90100"
        )
        writer.press()

        assert writer.path == self.step("contact")
        writer.write(contact_name="Aino", contact_phone="soita minulle")
        writer.press(status=422)
        assert writer.errors() == ["id_contact_email", "id_contact_phone"]
        assert writer.written("contact_phone") == {"contact_phone": "soita minulle"}
        writer.write(contact_phone="040 123 4567", contact_email=ADDRESS)
        writer.press()

    def send(self) -> None:
        writer = self.writer
        assert writer.path == self.step("preview")
        assert not writer.has(".error-summary")
        assert writer.text(".as-read .listing-title") == Version.objects.latest("pk").texts("title")[self.language]
        writer.press('form[action$="/submit/"] button')
        assert writer.path == self.listing_url
        assert writer.has(".badge--look")
        assert Version.objects.latest("pk").state == Version.State.SUBMITTED

    # Deciding

    def open_the_case(self) -> None:
        self.moderator.go("/en/moderation/")
        self.moderator.press('th a[href*="/moderation/versions/"]')

    def send_back(self) -> None:
        moderator = self.moderator
        self.open_the_case()
        assert moderator.has(".as-readers details[open]")
        moderator.press('button[formaction$="/return/"]', status=422)
        assert moderator.errors() == ["id_message"]
        moderator.unfold(".reasons details")
        moderator.choose(reasons=["non-commercial"])
        moderator.write(message=MESSAGE)
        moderator.press('button[formaction$="/return/"]')
        assert moderator.path == "/en/moderation/"

    def change_what_the_moderator_asked(self) -> None:
        writer = self.writer
        mail = self.mail(self.words("Please change a few things in your listing"), 3)
        text = mail.get_body(("plain",)).get_content()
        assert MESSAGE in text
        assert label("rule", "non-commercial", self.language) in text
        writer.go(link_in(mail))
        assert writer.path == self.listing_url
        assert MESSAGE in writer.text("[aria-labelledby=decision]")
        writer.press(f'main a[href="{self.step("what")}"]')
        reason = writer.field(f"description_{self.language}").locator(".finding")
        assert reason.locator("code").inner_text() == "non-commercial"
        assert writer.written(*titled("en")) == titled("en")
        writer.write(description_en="We drink coffee and talk. A volunteer leads the group.")
        writer.press()
        writer.press(f'.stages a[href="{self.step("preview")}"]')

    def publish(self, number: int) -> None:
        self.open_the_case()
        self.moderator.press('button[formaction$="/publish/"]')
        assert self.moderator.path == "/en/moderation/"
        mail = self.mail(self.words("Readers see your listing now"), number)
        assert link_in(mail).endswith(Version.objects.latest("pk").listing.slug + "/")

    # Changing and taking away

    def change_the_title(self, title: str) -> None:
        writer = self.writer
        writer.go(self.listing_url)
        writer.press('form[action$="/edit/"] button')
        assert writer.written(*titled(self.language)) == titled(self.language)
        writer.write(**{f"title_{self.language}": title})
        writer.press("button[name=leave]")
        writer.press(f'main .actions a[href="{self.step("preview")}"]')

    def take_away(self) -> None:
        self.writer.go(self.listing_url)
        self.writer.press('form[action$="/withdraw/"] button')


def find_by_filters(reader: Visitor, language: str) -> None:
    """From the start page to the listing: a place, then what one wants to do."""
    reader.go(f"/{language}/")
    reader.one("#search-municipality").select_option(OULU)
    reader.press("form.search button")
    facet = "details.facet:has(input[name=form])"
    reader.unfold(facet)
    reader.choose(form="language_club")
    if reader.has_scripts:  # the list changes by itself
        expect(reader.one("a.chip")).to_have_count(2)
    else:
        reader.press("button.button--wide[form=search]")
    assert reader.one("a.chip").count() == 2


def find_by_word(reader: Visitor, language: str, word: str) -> None:
    reader.go(f"/{language}/")
    reader.write(words=word)
    reader.press("form.search button")


def read_in_every_language(new_reader, journey: Journey, title: str) -> None:
    """Somebody without an account finds the listing, and sees in which language its texts are."""
    for language in INTERFACE:
        reader = new_reader()
        find_by_filters(reader, language)
        assert reader.one(".storey").count() == 1
        find_by_word(reader, language, word_for(language, journey.written))
        assert reader.one(".storey").count() == 1
        reader.press(".storey-title a")
        shown = language if language in journey.written else reader.one("h1").get_attribute("lang")
        assert shown in journey.written
        assert reader.text("h1") == (title if shown == journey.language else TEXTS[shown]["title"])
        assert reader.one("h1").get_attribute("lang") == shown
        # The language is named where it is not the reader's own.
        assert reader.has(".listing-head .tag") == (shown != language)
        assert reader.one(".text.foreign").count() == (shown != language)
        assert reader.context.cookies() == []


def go_the_whole_way(journey: Journey, visitor: Callable[[], Visitor]) -> None:
    """From the writer's first page to the listing that is gone again."""
    other = factories.public_listing(municipalities=["091"], forms=["sports"])
    language = journey.language
    journey.make_an_account()
    journey.confirm_the_address()
    journey.register_a_company()
    journey.approve_the_organization()

    journey.be_stopped_by_the_fee()
    journey.write_in_two_languages()
    journey.answer_the_other_steps()
    journey.send()
    journey.send_back()
    journey.change_what_the_moderator_asked()
    journey.send()
    journey.publish(number=4)
    title = TEXTS[language]["title"]
    read_in_every_language(visitor, journey, title)

    journey.change_the_title("Grannarnas kväll" if language == "sv" else "Naapurien ilta")
    journey.send()
    address = f"/{language}/activities/{Version.objects.latest('pk').listing.slug}/"
    early = visitor()
    early.go(address)
    assert early.text("h1") == title
    journey.publish(number=5)

    journey.take_away()
    late = visitor()
    late.go(address, status=404)
    late.go(f"/{language}/activities/?municipality={OULU}&form=language_club")
    assert late.has(".empty")
    # The ways on show other listings, never the one that was taken away.
    assert ("Grannarnas kväll" if language == "sv" else "Naapurien ilta") not in late.text("main")
    late.go(other.get_absolute_url())
    if journey.writer.has_scripts:
        assert journey.writer.checked == journey.writer.looked_at
        assert len(set(journey.writer.checked)) > 15


@pytest.mark.parametrize(
    ("scripts", "width", "language"),
    [
        again(False, 390, "fi", id="phone-without-scripts-fi"),
        pytest.param(True, 1280, "sv", id="desk-with-scripts-sv"),
    ],
)
def test_journey(new_visitor, mailbox, scripts, width, language):
    def visitor() -> Visitor:
        return new_visitor(scripts=scripts, width=width)

    go_the_whole_way(Journey(visitor(), visitor(), mailbox, language), visitor)
