"""Reading a listing from data: what is read, what is unanswered, and what is told when it cannot be read."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from listings.eligibility import Answers, DataError, RuleSet, check

from .eligibility_data import data_with


def problem_fields(data: object) -> list[str]:
    """The keys that cannot be read."""
    with pytest.raises(DataError) as caught:
        Answers.from_data(data)
    return [problem.field for problem in caught.value.problems]


def test_listing_is_read_whole():
    assert Answers.from_data(data_with()) == Answers(
        organization_kind="association",
        organization_names=("Rannan Ystävät ry",),
        section="activity",
        audience="open_to_all",
        title={"fi": "Kielikahvila rannalla", "zh-hans": "海滩语言咖啡馆"},
        summary={"fi": "Juomme kahvia ja puhumme suomea."},
        description={"fi": "Tule mukaan joka maanantai."},
        language_support={"fi": "Puhumme hitaasti."},
        forms=("language_club", "meeting_place"),
        aims=("interaction", "networks"),
        target_groups=("women",),
        languages=("fi", "prs"),
        language_level="a1",
        price_kind="fee",
        fee_amount=Decimal("5.50"),
        fee_purpose="materials",
        participation="registration",
        schedule_kind="dates",
        dates=(date(2026, 10, 5), date(2026, 10, 12)),
        volunteering="for_participants",
        study="liberal_adult_education",
        statutory=False,
        political=False,
        religious=False,
    )


def test_listing_that_is_read_can_be_checked():
    assert check(Answers.from_data(data_with()), RuleSet()) == []
    blocked = check(Answers.from_data(data_with(language_support={"fi": "  "})), RuleSet())
    assert [finding.code for finding in blocked] == ["language-access"]


@pytest.mark.parametrize("empty", [{}, dict.fromkeys(data_with()), dict.fromkeys(data_with(), "")])
def test_missing_keys_are_unanswered_questions(empty):
    assert Answers.from_data(empty) == Answers()


def test_unknown_keys_are_ignored():
    assert Answers.from_data({"colour": ["red"], "organization": {"stars": 5}}) == Answers()


def test_names_by_language_are_read():
    answers = Answers.from_data({"organization": {"name": {"fi": "Rannan Ystävät ry", "sv": "Strandens rf"}}})
    assert answers.organization_names == ("Rannan Ystävät ry", "Strandens rf")


@pytest.mark.parametrize(
    ("amount", "read"),
    [("5", "5"), ("5.5", "5.5"), ("12,50", "12.50"), (7, "7"), (7.25, "7.25"), ("0", "0"), (None, None)],
)
def test_amount_is_read(amount, read):
    answers = Answers.from_data({"price": {"kind": "fee", "amount": amount}})
    assert answers.fee_amount == (Decimal(read) if read else None)


@pytest.mark.parametrize(
    "amount", ["five", "1,000", "5 €", "-5", "NaN", "1e3", float("nan"), float("inf"), True, ["5"], "5.123"]
)
def test_amount_that_cannot_be_read(amount):
    assert problem_fields({"price": {"kind": "fee", "amount": amount}}) == ["price.amount"]


@pytest.mark.parametrize("day", ["5.10.2026", "2026-13-01", "2026-02-30", "20261005", "2026-W40-1", 20261005])
def test_date_that_cannot_be_read(day):
    data = {"schedule": {"kind": "dates", "dates": ["2026-10-05", day]}}
    assert problem_fields(data) == ["schedule.dates"]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"organization": {"kind": "guild"}}, "organization.kind"),
        ({"section": "activities"}, "section"),
        ({"audience": "Immigrants"}, "audience"),
        ({"forms": ["language_club", "chess"]}, "forms"),
        ({"aims": ["money"]}, "aims"),
        ({"target_groups": ["cats"]}, "target_groups"),
        ({"languages": ["Finnish!"]}, "languages"),
        ({"language_level": "c1"}, "language_level"),
        ({"price": {"kind": "cheap"}}, "price.kind"),
        ({"price": {"purpose": "fun"}}, "price.purpose"),
        ({"participation": "magic"}, "participation"),
        ({"schedule": {"kind": "monthly"}}, "schedule.kind"),
        ({"volunteering": "some"}, "volunteering"),
        ({"study": "hard"}, "study"),
    ],
)
def test_unknown_code(data, field):
    assert problem_fields(data) == [field]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ([], ""),
        ("listing", ""),
        ({"organization": "Rannan Ystävät ry"}, "organization"),
        ({"organization": {"name": 5}}, "organization.name"),
        ({"section": ["activity"]}, "section"),
        ({"title": "Kielikahvila"}, "title"),
        ({"title": {"fi": ["Kielikahvila"]}}, "title.fi"),
        ({"title": {"in Finnish": "Kielikahvila"}}, "title"),
        ({"title": {"fi": "Kieli\x00kahvila"}}, "title.fi"),
        ({"title": {"fi": "Kieli\ud800kahvila"}}, "title.fi"),
        ({"aims": "interaction"}, "aims"),
        ({"price": "free"}, "price"),
        ({"schedule": ["weekly"]}, "schedule"),
        ({"schedule": {"dates": "2026-10-05"}}, "schedule.dates"),
        ({"statutory": "false"}, "statutory"),
        ({"political": 0}, "political"),
    ],
)
def test_wrong_type(data, field):
    assert problem_fields(data) == [field]


def test_all_problems_are_told_at_once():
    data = data_with(section="x", price={"kind": "fee", "amount": "y"}, religious="z")
    assert sorted(problem_fields(data)) == ["price.amount", "religious", "section"]


@override("en")
def test_problem_says_what_was_written_and_what_can_be():
    with pytest.raises(DataError) as caught:
        Answers.from_data({"section": "activities {x}", "study": "q" * 500})
    section, study = caught.value.problems
    assert str(section) == ("section: “activities {x}” is not a known code. Use one of these: activity, professional.")
    assert len(str(study)) < 160
    assert str(caught.value) == f"{section} {study}"
