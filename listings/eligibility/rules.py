"""The rules that decide what may be listed: one table, in the order in which findings are shown.

The form, the import, the moderation queue and the public guide all take their words from here. The texts are
message ids: plain short sentences that address the writer, translated in the catalogues.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .codes import ACTIVITY, PROFESSIONAL

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

EVERYWHERE = frozenset((ACTIVITY, PROFESSIONAL))
ACTIVITIES_ONLY = frozenset((ACTIVITY,))


@dataclass(frozen=True)
class Rule:
    """A rule. `can_block`: a structured answer can break it. `can_review`: a moderator may need to judge."""

    code: str
    title: "StrPromise"
    meaning: "StrPromise"
    why: "StrPromise"
    what_to_do: "StrPromise"
    sections: frozenset[str] = EVERYWHERE
    can_block: bool = True
    can_review: bool = True

    def applies_in(self, section: str) -> bool:
        """Tell whether the rule holds in a section; in an unanswered one, only what holds everywhere does."""
        return section in self.sections if section else self.sections == EVERYWHERE


def rule(code: str) -> Rule:
    """Return the rule with this code. Raises KeyError for a code that is no rule."""
    return RULES[code]


_TABLE = (
    Rule(
        code="organization-kind",
        title=_("Who can list activities"),
        meaning=_(
            "Activities can be listed by registered associations and foundations, municipalities and "
            "joint municipal authorities, educational institutions, parishes and other registered "
            "religious communities, cooperatives, companies and chambers of commerce. A wellbeing "
            "services county, a state agency and an unregistered group cannot list activities."
        ),
        why=_("Readers need to know who arranges the activity and who answers for it."),
        what_to_do=_(
            "Check the kind of your organization. If it is right, ask an organization that can list "
            "activities to arrange the activity with you."
        ),
        can_review=False,
    ),
    Rule(
        code="project-as-organization",
        title=_("A project is not an organization"),
        meaning=_(
            "A project or a funding programme is not an organization. The organization that runs the project registers."
        ),
        why=_("A project ends. The organization goes on and answers for the activity."),
        what_to_do=_("Register the organization that runs the project, and write the project’s name in the listing."),
        can_block=False,
    ),
    Rule(
        code="free-of-charge",
        title=_("Companies and cooperatives: free of charge only"),
        meaning=_("A company or a cooperative can list only activities that cost the participant nothing."),
        why=_("Readers must be able to trust that a company does not sell to them here."),
        what_to_do=_("Make the activity free of charge. If it has a fee, do not list it."),
    ),
    Rule(
        code="non-commercial",
        title=_("Not commercial"),
        meaning=_(
            "A reasonable participation or material fee is allowed, but the aim may not be profit, and "
            "nothing may be sold or advertised."
        ),
        why=_("It is easy to come when it costs little and nobody tries to sell anything."),
        what_to_do=_("Collect only what the activity costs, and leave out everything that sells or advertises."),
    ),
    Rule(
        code="no-referral",
        title=_("No referral needed"),
        meaning=_(
            "People take part because they want to, without a referral, a decision by an authority or "
            "being an authority’s client. The activity may be meant for a group, and anyone may guide "
            "people to it."
        ),
        why=_("Readers must be able to come without asking an authority first."),
        what_to_do=_(
            "Let people also come on their own. If an authority is the only way in, do not list the activity."
        ),
    ),
    Rule(
        code="not-statutory",
        title=_("Not an authority service"),
        meaning=_(
            "A service that the law requires an authority or a municipality to give cannot be listed. "
            "Such services are for example assessments of service needs, integration plans, integration "
            "training, multilingual civic orientation, social services, early childhood education and "
            "basic education."
        ),
        why=_("The authorities tell about their own services. Here people find what they can freely join."),
        what_to_do=_("Do not list the service. You can list an open group that anyone can join."),
    ),
    Rule(
        code="not-degree-study",
        title=_("No studies for a degree"),
        meaning=_(
            "The activity does not lead to a degree, is not self-motivated study supported by "
            "unemployment benefit, and nobody’s income depends on it. Literacy education and study "
            "modules of liberal adult education can be listed when they are open and different "
            "organizations may guide people to them."
        ),
        why=_("People must be able to come and to stop without risking their income."),
        what_to_do=_("Do not list the studies. If they are open liberal adult education, choose that answer."),
    ),
    Rule(
        code="not-political",
        title=_("Not political"),
        meaning=_(
            "The organization may have a political background, but the activity may not be political, for"
            " example election work."
        ),
        why=_("Everyone must feel welcome, whatever they think of politics."),
        what_to_do=_("List only activities that have no party work or election work in them."),
    ),
    Rule(
        code="not-religious",
        title=_("Not religious"),
        meaning=_(
            "The organization may have a religious background, but the content of the activity may not be"
            " religious, for example prayer. A parish can list a language café."
        ),
        why=_("Everyone must feel welcome, whatever they believe."),
        what_to_do=_(
            "List only activities that have no worship, prayer or scripture study in them. Food, songs "
            "and feasts are fine."
        ),
    ),
    Rule(
        code="equal-treatment",
        title=_("Equal treatment"),
        meaning=_(
            "The activity may be meant for a certain group, but it may not discriminate or set groups "
            "against each other. It promotes equality and gender equality."
        ),
        why=_("Everyone has the same worth, and the law forbids discrimination."),
        what_to_do=_("Tell who the activity is meant for. Leave out who is not welcome."),
        can_block=False,
    ),
    Rule(
        code="not-single-event",
        title=_("Not just one event"),
        meaning=_(
            "An activity for people who have moved to Finland meets at least twice; put single events "
            "together into a series."
        ),
        why=_("People learn and get to know each other when they meet more than once."),
        what_to_do=_("Add more dates, or put several events together into one listing."),
        sections=ACTIVITIES_ONLY,
    ),
    Rule(
        code="volunteering",
        title=_("Volunteering"),
        meaning=_(
            "Volunteering can be listed when it is meant for people who know only a little Finnish or "
            "Swedish. Training for volunteers who support immigrants belongs to the section for workers "
            "and volunteers."
        ),
        why=_("Here people who have moved to Finland find something for themselves."),
        what_to_do=_(
            "Change the task so that people who know only a little Finnish or Swedish can do it, and "
            "choose that answer. If you cannot, do not list it."
        ),
        sections=ACTIVITIES_ONLY,
    ),
    Rule(
        code="right-section",
        title=_("Right section"),
        meaning=_(
            "Activities for people who have moved to Finland have one section, and events and training "
            "for workers and volunteers have another."
        ),
        why=_("Readers find what is meant for them when everything is in its own section."),
        what_to_do=_("Choose the section that fits the people you want to reach."),
        can_review=False,
    ),
    Rule(
        code="integration-aim",
        title=_("Supports integration"),
        meaning=_(
            "The activity supports integration in at least one way: it gives knowledge and skills, "
            "promotes wellbeing, brings people together or helps to build networks."
        ),
        why=_("The portal is for activities that help people to feel at home in Finland."),
        what_to_do=_("Choose at least one aim: knowledge and skills, wellbeing, interaction or networks."),
        sections=ACTIVITIES_ONLY,
        can_review=False,
    ),
    Rule(
        code="language-access",
        title=_("Open to people with little Finnish or Swedish"),
        meaning=_(
            "If the activity is open to everyone, people with different backgrounds and with little "
            "Finnish or Swedish can take part too."
        ),
        why=_("An activity is open to everyone only if people can take part without knowing the language well."),
        what_to_do=_("Tell how a person with little Finnish or Swedish can take part."),
        sections=ACTIVITIES_ONLY,
    ),
)

RULES: dict[str, Rule] = {entry.code: entry for entry in _TABLE}
