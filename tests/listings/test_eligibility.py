"""Every rule, from both sides: what breaks it, what does not, and where it does not hold."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from listings.eligibility import RULES, Answers, Finding, Place, RuleSet, Severity, check, rule, verdict
from listings.eligibility.messages import BY_TEXT, MESSAGES
from listings.eligibility.structured import STRUCTURED_CHECKS
from listings.eligibility.text import TEXT_CHECKS

from .eligibility_data import FEE, ONE_DATE, PROFESSIONAL, TWO_DATES, check_with, codes_with, fine_answers

BLOCK, REVIEW = Severity.BLOCK, Severity.REVIEW

# Changes of a fine listing, and the one finding that they cause: code, severity, field, detail.
BREAKING = [
    ({"organization_kind": "other"}, ("organization-kind", BLOCK, "organization_kind", "")),
    ({"organization_kind": "guild"}, ("organization-kind", BLOCK, "organization_kind", "")),
    ({"organization_kind": "company", **FEE}, ("free-of-charge", BLOCK, "price_kind", "")),
    ({"organization_kind": "cooperative", **FEE}, ("free-of-charge", BLOCK, "price_kind", "")),
    ({**FEE, "fee_purpose": "profit"}, ("non-commercial", BLOCK, "fee_purpose", "profit")),
    (
        {**FEE, "fee_amount": Decimal("50.01")},
        ("non-commercial", REVIEW, "fee_amount", "fee_above_limit"),
    ),
    ({"participation": "referral"}, ("no-referral", BLOCK, "participation", "referral")),
    (
        {"participation": "client_relationship"},
        ("no-referral", BLOCK, "participation", "client_relationship"),
    ),
    ({"statutory": True}, ("not-statutory", BLOCK, "statutory", "")),
    ({"study": "degree"}, ("not-degree-study", BLOCK, "study", "degree")),
    ({"study": "self_motivated"}, ("not-degree-study", BLOCK, "study", "self_motivated")),
    ({"political": True}, ("not-political", BLOCK, "political", "")),
    ({"religious": True}, ("not-religious", BLOCK, "religious", "")),
    ({"schedule_kind": "dates"}, ("not-single-event", BLOCK, "dates", "no_dates")),
    (ONE_DATE, ("not-single-event", BLOCK, "dates", "one_date")),
    ({**ONE_DATE, "dates": (date(2026, 10, 5),) * 2}, ("not-single-event", BLOCK, "dates", "one_date")),
    ({"volunteering": "general"}, ("volunteering", BLOCK, "volunteering", "general")),
    ({"volunteering": "supporter_training"}, ("volunteering", BLOCK, "volunteering", "supporter_training")),
    ({"audience": "professionals"}, ("right-section", BLOCK, "section", "to_professional")),
    ({"section": "professional"}, ("right-section", BLOCK, "section", "to_activity")),
    (
        {"section": "professional", "audience": "open_to_all"},
        ("right-section", BLOCK, "section", "to_activity"),
    ),
    ({"aims": ()}, ("integration-aim", BLOCK, "aims", "")),
    ({"audience": "open_to_all"}, ("language-access", BLOCK, "language_support", "")),
    (
        {"audience": "open_to_all", "language_support": {"fi": " \n\u200b", "sv": ""}},
        ("language-access", BLOCK, "language_support", ""),
    ),
]

# Changes of a fine listing that break nothing: the other side of each rule, and the exemptions.
FINE_CHANGES = [
    {},
    *({"organization_kind": kind} for kind in ("municipality", "lutheran_parish", "chamber_of_commerce")),
    {"organization_kind": "company"},
    {"organization_kind": "cooperative"},
    {"organization_kind": "educational_institution", **FEE},
    {**FEE, "fee_purpose": "materials"},
    {**FEE, "fee_amount": Decimal("50.00")},
    {**FEE, "fee_amount": None, "fee_purpose": ""},
    {**FEE, "price_kind": "free", "fee_amount": Decimal("80"), "fee_purpose": "profit"},
    {"participation": "registration"},
    {"study": "liberal_adult_education"},
    TWO_DATES,
    {"schedule_kind": "continuous"},
    {"volunteering": "for_participants"},
    {"audience": "open_to_all", "language_support": {"fi": "", "sv": "Vi talar långsamt."}},
    PROFESSIONAL,
    {**PROFESSIONAL, "audience": ""},
    # What holds for activities does not hold for workers and volunteers.
    {**PROFESSIONAL, **ONE_DATE},
    {**PROFESSIONAL, "aims": ()},
    {**PROFESSIONAL, "volunteering": "supporter_training"},
    {**PROFESSIONAL, "volunteering": "general"},
]


@pytest.mark.parametrize(("changes", "expected"), BREAKING)
def test_rule_broken_by_an_answer(changes, expected):
    (finding,) = check_with(changes)
    assert (finding.code, finding.severity, finding.field, finding.detail) == expected
    assert finding.words == finding.places == ()
    assert hasattr(fine_answers(), finding.field)
    assert verdict([finding]) == finding.severity.value


@pytest.mark.parametrize("changes", FINE_CHANGES)
def test_fine_listing_has_no_findings(changes):
    assert check_with(changes) == []
    assert verdict([]) == "eligible"


def test_unanswered_listing_breaks_nothing():
    assert check(Answers(), RuleSet()) == []


def test_unanswered_activity_breaks_only_the_aim():
    assert [finding.code for finding in check(Answers(section="activity"), RuleSet())] == ["integration-aim"]


def test_none_is_an_unanswered_question():
    nothing = dict.fromkeys(Answers.__dataclass_fields__)
    assert Answers(**nothing) == Answers()


def test_missing_translations_are_left_out():
    assert Answers(title={"fi": "Kahvila", "sv": None}).title == {"fi": "Kahvila"}


def test_audience_open_to_all_in_professional_section_needs_no_language_support():
    assert codes_with({"section": "professional", "audience": "open_to_all"}) == ["right-section"]


def test_supporter_training_for_professionals_in_activity_breaks_both_rules():
    changes = {"audience": "professionals", "volunteering": "supporter_training"}
    assert codes_with(changes) == ["volunteering", "right-section"]


def test_profit_is_worse_than_a_high_fee():
    (finding,) = check_with({**FEE, "fee_purpose": "profit", "fee_amount": Decimal("500")})
    assert (finding.severity, finding.field) == (Severity.BLOCK, "fee_purpose")


def test_high_fee_of_a_company_is_two_findings():
    findings = check_with({"organization_kind": "company", **FEE, "fee_amount": Decimal("60")})
    assert [(finding.code, finding.severity) for finding in findings] == [
        ("free-of-charge", Severity.BLOCK),
        ("non-commercial", Severity.REVIEW),
    ]
    assert verdict(findings) == "block"


def test_fee_limit_is_the_rule_sets():
    changes = {**FEE, "fee_amount": Decimal("20")}
    assert codes_with(changes) == []
    assert codes_with(changes, RuleSet(fee_review_limit=Decimal("19.99"))) == ["non-commercial"]


def test_single_event_is_fine_when_the_rule_set_allows_it():
    assert codes_with(ONE_DATE, RuleSet(single_events_allowed=True)) == []


def test_findings_come_in_the_order_of_the_rules():
    everything = {
        "organization_kind": "other",
        "organization_names": ("Arki-hanke",),
        **FEE,
        "fee_purpose": "profit",
        "participation": "referral",
        "statutory": True,
        "study": "degree",
        "political": True,
        "religious": True,
        **ONE_DATE,
        "volunteering": "general",
        "audience": "professionals",
        "aims": (),
    }
    # Those left out: the first needs a company, the second has no structured answer, the third is not for
    # professionals.
    left_out = {"free-of-charge", "equal-treatment", "language-access"}
    assert codes_with(everything) == [code for code in RULES if code not in left_out]


def test_words_join_the_finding_of_the_same_rule(monkeypatch):
    places = (Place("title", "fi", ("lähete",)), Place("description", "sv", ("remiss", "lähete")))
    monkeypatch.setitem(TEXT_CHECKS, "no-referral", lambda answers: places)
    (blocked,) = check_with({"participation": "referral"})
    assert (blocked.severity, blocked.field, blocked.detail) == (Severity.BLOCK, "participation", "referral")
    assert (blocked.words, blocked.places) == (("lähete", "remiss"), places)
    (reviewed,) = check_with({})
    assert (reviewed.severity, reviewed.field, reviewed.language) == (Severity.REVIEW, "title", "fi")
    assert (reviewed.words, reviewed.places) == (("lähete", "remiss"), places)


def test_words_cause_nothing_where_the_rule_does_not_hold(monkeypatch):
    monkeypatch.setitem(TEXT_CHECKS, "volunteering", lambda answers: [Place("title", "fi", ("talkoot",))])
    assert codes_with(PROFESSIONAL) == []
    assert codes_with({}) == ["volunteering"]


def test_verdict_does_not_count_advice():
    advice = Finding("language-access", Severity.ADVICE, "language_support")
    assert verdict([advice]) == "eligible"
    assert verdict([advice, Finding("equal-treatment", Severity.REVIEW, "title")]) == "review"


def test_every_rule_that_can_block_has_a_check():
    assert set(STRUCTURED_CHECKS) == {code for code, entry in RULES.items() if entry.can_block}


def test_only_rules_that_can_be_reviewed_look_at_text():
    assert TEXT_CHECKS
    assert set(TEXT_CHECKS) <= {code for code, entry in RULES.items() if entry.can_review}


def test_every_case_has_its_message():
    of_answers = {(code, detail) for _, (code, _, _, detail) in BREAKING}
    of_text = {(code, BY_TEXT) for code, entry in RULES.items() if entry.can_review}
    assert set(MESSAGES) == of_answers | of_text


@override("en")
def test_finding_speaks_for_its_case():
    (finding,) = check_with({"volunteering": "supporter_training"})
    assert finding.rule is rule("volunteering")
    assert str(finding.what) == "Training for volunteers who support immigrants belongs to another section."
    assert str(finding.what_to_do) == "List the training in the section for workers and volunteers."
    assert finding.why == finding.rule.why


def test_finding_without_a_message_of_its_own_says_the_rule():
    finding = Finding("equal-treatment", Severity.BLOCK, "title", detail="unheard-of")
    assert (finding.what, finding.what_to_do) == (finding.rule.meaning, finding.rule.what_to_do)
