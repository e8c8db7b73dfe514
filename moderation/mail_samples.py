"""Every mail as an example, for those who write, translate and check them. Nothing is read from the database.

All samples draw on one set of words, so that a new mail needs one only when it speaks of something new.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import override

from listings.eligibility import RULES
from listings.models import Report
from listings.report_mails import Reader
from moderation.judging.noting import field_notes
from moderation.models import Duty
from organizations.mails import Invited
from organizations.models import Invitation, Membership, Organization, User
from portal.languages import full_languages
from portal.mail.kinds import DIGEST, KINDS
from portal.mail.writing import Written, absolute_url, write
from portal.models import DigestItem, Feedback

_DAY = date(2027, 3, 1)
_MOMENT = datetime(2027, 3, 1, 12, tzinfo=ZoneInfo(settings.TIME_ZONE))
# Who has no account.
_WITHOUT_ACCOUNT = {
    "invitation": lambda language: Invited("kutsuttu@example.org", language),
    "report_answered": lambda language: Reader("lukija@example.org", language),
    "feedback_answered": lambda language: Reader("lukija@example.org", language),
}
# What the daily mail holds.
_IN_DIGEST = ("listings_to_confirm", "invitation_answered")


@dataclass(frozen=True)
class _RunningOut:
    title: str
    runs_out_on: date

    @property
    def url(self) -> str:
        return absolute_url("listing_confirm_by_link", "example")


@dataclass(frozen=True)
class _Case:
    title: str
    promised_on: date

    @property
    def url(self) -> str:
        return absolute_url("moderation_queue")


def _person(name: str, email: str, language: str) -> User:
    # No account has this number: the links of a sample do nothing.
    return User(pk=0, name=name, email=email, preferred_language=language)


def _words(language: str) -> dict[str, Any]:
    """What the templates speak of."""
    asker = _person("Aino Esimerkki", "aino@example.org", language)
    organization = Organization(pk=0, name_fi="Kotikulman kyläyhdistys ry", slug="kotikulma")
    membership = Membership(
        user=asker,
        organization=organization,
        role=Membership.Role.MAIN_USER,
        message="Ohjaan kielikahvilaa <torstaisin> & autan.",
        claim="Hallitus valitsi minut.",
        asked_at=_MOMENT,
    )
    message = "Kerro vielä, kuinka mukaan pääsee.\nMuuten <kaikki> on hyvin."
    return {
        "organization": organization,
        "gone": "Kotikulman yhdistys",
        "parent": "Kotien liitto ry",
        "branch": "Kotikulman nuoret ry",
        "membership": membership,
        "invitation": Invitation(
            organization=organization,
            email="kutsuttu@example.org",
            role=Membership.Role.EDITOR,
            invited_by=asker,
            expires_at=_MOMENT + timedelta(days=settings.INVITATION_DAYS),
        ),
        "title": "Kielikahvila & tee",
        "message": message,
        "decision": SimpleNamespace(
            message=message, field_notes=list(field_notes({"description": "Kerro, kenelle tämä sopii."}))
        ),
        "reasons": [RULES["no-referral"], RULES["non-commercial"]],
        "remark": SimpleNamespace(text="Ovi on auki kello 17–19."),
        "report": Report(
            reason=Report.Reason.OVER,
            words="Ovi oli <kiinni>.",
            outcome=Report.Outcome.CHANGED,
            reply="Kiitos, korjasimme ajan.",
        ),
        "feedback": Feedback(
            words="Kuvassa <ei> ole selitystä.", answer="Kiitos.\nLisäsimme selityksen.", made_at=_MOMENT
        ),
        "running_out": [_RunningOut("Kielikahvila & tee", _DAY), _RunningOut("Läksykerho", _DAY + timedelta(days=2))],
        "broken": [
            SimpleNamespace(link="https://kahvila.example.org/ohjelma", titles=["Kielikahvila & tee", "Läksykerho"]),
        ],
        "erased_on": _DAY,
        "duty": Duty(moderator=asker, away_from=_DAY, away_until=_DAY + timedelta(days=7)),
        "late": [_Case("Kielikahvila & tee", _DAY), _Case("Läksykerho", _DAY)],
        "late_count": 2,
        "soon": [_Case("Ompelukerho", _DAY + timedelta(days=2))],
        "soon_count": 1,
        "more": 3,
        "may_decide": True,
    }


def _digest_items(language: str) -> list[DigestItem]:
    mails = [(name, sample(name, language)) for name in _IN_DIGEST]
    return [DigestItem(kind=name, subject=mail.subject, text=mail.body, url=mail.url) for name, mail in mails]


def sample(name: str, language: str) -> Written:
    """One mail of a kind, in a language of mails."""
    words = _words(language)
    if name == DIGEST:
        words["items"] = _digest_items(language)
    without = _WITHOUT_ACCOUNT.get(name)
    person = without(language) if without else _person("Esa Esimerkki", "esa@example.org", language)
    with override(language):
        return write(person, name, words, ("desk",))


def samples() -> list[tuple[str, str]]:
    """Every kind in every language of mails."""
    return [(name, language) for name in KINDS for language, _autonym in full_languages()]
