"""What fits each rule and what does not, shown by examples: data beside the rules, for the public guide.

An example is the part of a listing that matters for its rule: what the text says, and the answers that give the text
its meaning. All other answers are those of a listing that no rule finds fault with. A test sends every example through
the check in Finnish, Swedish and English, so that the guide never promises what the check does not hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .answers import TEXT_FIELDS, Answers
from .checking import ELIGIBLE, check, verdict
from .codes import ACTIVITY, PROFESSIONAL
from .findings import Severity
from .rule_sets import RuleSet

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_FINE: Mapping[str, Any] = {
    "organization_kind": "association",
    "section": ACTIVITY,
    "audience": "immigrants",
    "aims": ("interaction",),
    "price_kind": "free",
    "participation": "open",
    "schedule_kind": "weekly",
    "volunteering": "none",
    "study": "none",
    "statutory": False,
    "political": False,
    "religious": False,
}
_ONE_DATE = {"schedule_kind": "dates", "dates": (date(2026, 10, 5),)}
_TWO_DATES = {"schedule_kind": "dates", "dates": (date(2026, 10, 5), date(2026, 10, 12))}


@dataclass(frozen=True)
class Example:
    """Part of a listing and what the rules say about it.

    `outcome` is a verdict: "eligible", "review" or "block". `text` stands in the description. `answers` are the
    answers that matter, by their names in `Answers`; texts and names among them are message ids.
    """

    outcome: str
    text: "StrPromise"
    answers: Mapping[str, Any]

    def listing(self, language: str) -> Answers:
        """The whole listing, written in one language."""
        with override(language):
            told = {name: _told(name, value, language) for name, value in self.answers.items()}
            return Answers(**{**_FINE, **told, "description": {language: str(self.text)}})


def _told(name: str, value: Any, language: str) -> Any:
    """An answer in one language."""
    if name in TEXT_FIELDS:
        return {language: str(value)}
    return tuple(map(str, value)) if name == "organization_names" else value


def examples_of(code: str, rule_set: RuleSet) -> list[Example]:
    """A rule's examples, without those that a rule set with other limits and switches decides otherwise."""
    return [one for one in EXAMPLES[code] if verdict(check(one.listing("en"), rule_set)) == one.outcome]


def _fits(text: "StrPromise", **answers: Any) -> Example:
    return Example(ELIGIBLE, text, answers)


def _to_moderator(text: "StrPromise", **answers: Any) -> Example:
    return Example(Severity.REVIEW.value, text, answers)


def _stops(text: "StrPromise", **answers: Any) -> Example:
    return Example(Severity.BLOCK.value, text, answers)


def _fee(amount: int, purpose: str) -> dict[str, Any]:
    return {"price_kind": "fee", "fee_amount": Decimal(amount), "fee_purpose": purpose}


EXAMPLES: dict[str, tuple[Example, ...]] = {
    "organization-kind": (
        _fits(
            _("Our association meets in the library on Tuesdays. We talk and drink tea."),
            organization_kind="association",
        ),
        _fits(_("The town’s youth centre is open for young people on Fridays."), organization_kind="municipality"),
        _fits(_("The parish has a language café in the parish hall."), organization_kind="lutheran_parish"),
        _stops(
            _("We are five neighbours who play football in the park. We have no association."),
            organization_kind="other",
        ),
        _stops(_("The wellbeing services county has an exercise group on Mondays."), organization_kind="other"),
    ),
    "project-as-organization": (
        _fits(
            _("We sew together on Wednesdays. The project Sew Together pays for the machines."),
            organization_names=(_("The Neighbours ry"),),
        ),
        _fits(_("We cook and eat together once a week."), organization_names=(_("Home Project ry"),)),
        _to_moderator(_("We sew together on Wednesdays."), organization_names=(_("Sew Together project"),)),
        _to_moderator(_("We help you to look for work."), organization_names=(_("Paths to Work 2025–2027 (ESF+)"),)),
    ),
    "free-of-charge": (
        _fits(
            _("Learn to repair your bicycle in our workshop. Tools and coffee cost you nothing."),
            organization_kind="company",
            price_kind="free",
        ),
        _fits(
            _("We cook together in the cooperative’s kitchen. You do not pay for the food."),
            organization_kind="cooperative",
            price_kind="free",
        ),
        _fits(
            _("We paint and draw. The fee pays for paint and paper."),
            organization_kind="association",
            **_fee(5, "materials"),
        ),
        _stops(
            _("We dance in our own hall on Thursdays."),
            organization_kind="company",
            **_fee(10, "participation"),
        ),
        _to_moderator(
            _("We cook together. Bring four euros in cash for the food."),
            organization_kind="cooperative",
            price_kind="free",
        ),
    ),
    "non-commercial": (
        _fits(_("We knit together. The fee pays for yarn and needles."), **_fee(5, "materials")),
        _fits(_("We play volleyball the whole autumn. The fee pays for the hall."), **_fee(20, "participation")),
        _fits(_("We go to a shop together and learn the names of foods in Finnish."), price_kind="free"),
        _stops(_("We teach the basics of massage."), **_fee(40, "profit")),
        _to_moderator(_("We teach you to ride a horse, five times."), **_fee(120, "participation")),
        _to_moderator(
            _("The first time is free. After that you can buy our ten-time card at a good price."), price_kind="free"
        ),
    ),
    "no-referral": (
        _fits(_("You do not need a referral or an appointment. Just come in."), participation="open"),
        _fits(
            _("Your social worker may tell you about the group. You can also come on your own."),
            participation="registration",
        ),
        _fits(_("The group is for women who have come to Finland as refugees."), participation="open"),
        _stops(_("We walk in the forest and calm down together."), participation="referral"),
        _stops(_("We practise for a job interview."), participation="client_relationship"),
        _to_moderator(
            _("The employment area signs you up for the group. You cannot sign up yourself."),
            participation="registration",
        ),
    ),
    "not-statutory": (
        _fits(_("We help you to read letters and to fill in forms."), statutory=False),
        _fits(_("Homework help in the library on Mondays. All pupils are welcome."), statutory=False),
        _stops(_("Morning group for children under school age."), statutory=True),
        _to_moderator(
            _("The integration training begins in August. You study Finnish on five days a week."), statutory=False
        ),
        _to_moderator(_("Here we make your integration plan with you."), statutory=False),
    ),
    "not-degree-study": (
        _fits(
            _("Learn to read and write in peace. The group is open to everyone."),
            organization_kind="educational_institution",
            study="liberal_adult_education",
        ),
        _fits(_("We talk about professions and schools in Finland, and visit two workplaces."), study="none"),
        _stops(_("Study to become a practical nurse."), organization_kind="educational_institution", study="degree"),
        _stops(
            _("Study Finnish every day for six months."),
            organization_kind="educational_institution",
            study="self_motivated",
        ),
        _to_moderator(_("You get five credits when you have passed the course."), study="none"),
    ),
    "not-political": (
        _fits(_("We tell how people vote in Finland. We do not speak for any party."), political=False),
        _fits(_("The workers’ association has a cooking club on Thursdays."), political=False),
        _stops(_("We plan together how our party gets more supporters."), political=True),
        _to_moderator(_("Come and meet our candidate, and help us to win the election."), political=False),
    ),
    "not-religious": (
        _fits(
            _("Language café in the parish hall. We talk about everyday life."),
            organization_kind="lutheran_parish",
            religious=False,
        ),
        _fits(_("We cook food for Christmas and Eid and sing the songs of the feasts."), religious=False),
        _stops(_("We read the Bible in easy Finnish."), organization_kind="lutheran_parish", religious=True),
        _to_moderator(_("First we drink coffee. Then we pray together."), religious=False),
    ),
    "equal-treatment": (
        _fits(_("The swimming group is for women and girls.")),
        _fits(_("A meeting place for young people who speak Arabic.")),
        _fits(_("The group is for sexual and gender minorities.")),
        _to_moderator(_("The group is only for Christians.")),
        _to_moderator(_("We repair cars. We do not take women.")),
    ),
    "not-single-event": (
        _fits(_("We go to the forest twice. First we pick berries, then mushrooms."), **_TWO_DATES),
        _fits(_("You may come every week or just once."), schedule_kind="weekly"),
        _stops(_("We go to the forest and make coffee on a fire."), **_ONE_DATE),
        _to_moderator(_("Open doors on 5 October 2026 from 12 to 15. Welcome."), schedule_kind="weekly"),
    ),
    "volunteering": (
        _fits(
            _("Bake with us for the café. You learn Finnish while you work, and a little Finnish is enough."),
            volunteering="for_participants",
        ),
        _fits(_("Volunteers lead the group. You can just come and talk."), volunteering="none"),
        _stops(_("We are looking for a treasurer for our board."), volunteering="general"),
        _stops(_("The training teaches you to be a friend to a refugee."), volunteering="supporter_training"),
        _to_moderator(
            _("We drink coffee and talk. We also need more volunteers to lead the evenings."), volunteering="none"
        ),
    ),
    "right-section": (
        _fits(_("We play board games and speak easy Finnish."), section=ACTIVITY, audience="immigrants"),
        _fits(
            _("How do you teach adults to read? A day of training for teachers."),
            section=PROFESSIONAL,
            audience="professionals",
        ),
        _stops(
            _("Workers share what they have learned from working with refugees."),
            section=ACTIVITY,
            audience="professionals",
        ),
        _stops(
            _("Families meet and play in the park on Saturdays."),
            section=PROFESSIONAL,
            audience="immigrants",
        ),
    ),
    "integration-aim": (
        _fits(_("We practise how to speak on the phone with a landlord."), aims=("knowledge_and_skills",)),
        _fits(_("We walk and talk with people who live nearby."), aims=("wellbeing", "interaction")),
        _stops(_("We change lamps and wash the windows of our house."), aims=()),
        _stops(_("Our members rehearse for a concert."), aims=()),
    ),
    "language-access": (
        _fits(
            _("The choir is open to everyone. You do not need to read music."),
            audience="open_to_all",
            language_support=_("We sing slowly and tell what the words mean. You can also just listen."),
        ),
        _fits(
            _("We mend clothes together. Everyone is welcome."),
            audience="open_to_all",
            language_support=_("We show how it is done. One of us speaks Arabic."),
        ),
        _stops(_("The choir is open to everyone."), audience="open_to_all", language_support=""),
        _to_moderator(
            _("The reading group is open to everyone. You must speak fluent Finnish."),
            audience="open_to_all",
            language_support=_("You can ask us if you do not understand a word."),
        ),
    ),
}
