"""How the rules fare: counted from decisions as they were kept, shown to moderators."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from listings.eligibility import RULES
from listings.eligibility.rule_sets import RuleSet
from moderation import actions
from moderation.models import Decision
from moderation.rule_use import count_use
from tests import factories
from tests.bending import unguarded

FEE = {"price_kind": "fee", "fee_purpose": "materials", "fee_amount": 90}


def found(*codes):
    return [{"code": code, "severity": "review", "field": "description"} for code in codes]


def use_of(decisions, code):
    return next(use for use in count_use(decisions)[1] if use.code == code)


@pytest.mark.parametrize(
    ("decision", "counted"),
    [
        (("returned", found("volunteering"), ["volunteering"]), {"noticed": 1, "agreed": 1}),
        (("rejected", found("volunteering"), ["volunteering", "no-referral"]), {"noticed": 1, "agreed": 1}),
        (("taken_down", found("volunteering"), ["volunteering"]), {"noticed": 1, "agreed": 1}),
        (("published", found("volunteering"), []), {"noticed": 1, "accepted": 1}),
        # The ticks are there beforehand; whoever publishes leaves them.
        (("published", found("volunteering"), ["volunteering"]), {"noticed": 1, "accepted": 1}),
        (("kept", found("volunteering"), ["volunteering"]), {"noticed": 1, "accepted": 1}),
        (("published", [], ["volunteering"]), {}),
        (("returned", found("volunteering"), ["no-referral"]), {"noticed": 1, "other_reasons": 1}),
        (("returned", [], ["volunteering"]), {"missed": 1}),
        (("returned", found("a-rule-of-old"), ["another-one"]), {}),
    ],
)
def test_decision_counts_for_what_it_says(decision, counted):
    use = use_of([decision], "volunteering")
    names = ("noticed", "agreed", "accepted", "other_reasons", "missed")
    assert {name: getattr(use, name) for name in names if getattr(use, name)} == counted
    assert use.noticed == use.agreed + use.accepted + use.other_reasons
    assert use.is_silent == (not counted)


def test_shares_are_of_what_was_noticed_and_of_what_was_a_reason():
    decisions = [("returned", found("no-referral"), ["no-referral"])] * 3
    decisions += [("published", found("no-referral"), [])] + [("rejected", [], ["no-referral"])] * 2
    use = use_of(decisions, "no-referral")
    assert (use.precision, use.recall) == (0.75, 0.6)
    assert use_of([], "no-referral").precision is use_of([], "no-referral").recall is None
    total, uses = count_use(decisions)
    assert (total, [use.code for use in uses]) == (6, list(RULES))


@pytest.fixture
def look(client, moderator):
    client.force_login(moderator)

    def at(query=""):
        with translation.override("en"):
            response = client.get(reverse("moderation_rules") + query)
        assert response.status_code == 200
        return response

    return at


@pytest.fixture
def decided(organization, editor, moderator):
    """One published although a rule noticed its fee, one sent back for that."""
    dear = [factories.draft(organization, by=editor, venue=venue, **FEE) for venue in ("A", "B")]
    actions.publish(factories.submitted(dear[0], by=editor), by=moderator)
    actions.send_back(factories.submitted(dear[1], by=editor), by=moderator, reasons=["non-commercial"], message="")
    factories.OrganizationFactory()
    return moderator


def test_page_counts_decisions(look, decided):
    context = look().context
    assert context["total"] == 2
    row = context["rows"][0]
    assert (row["use"].code, row["use"].noticed, row["use"].agreed, row["use"].accepted) == ("non-commercial", 2, 1, 1)
    assert (row["precision"], row["recall"]) == ("50%", "100%")
    assert len(context["silent"]) == len(RULES) - 1


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 2),
        ("?period=30", 1),
        ("?period=all", 3),
        ("?period=all&rule_set=2026.1", 2),
        ("?period=all&rule_set=2020.1", 1),
        ("?rule_set=2020.1", 0),
        ("?period=rubbish&rule_set=%00", 2),
        ("?period=all&rule_set=never", 3),
        ("?period=-1&period=30", 1),
    ],
)
def test_period_and_rule_set_choose_the_decisions(look, decided, query, total):
    first, last = Decision.objects.order_by("pk")
    with unguarded():
        Decision.objects.filter(pk=last.pk).update(at=timezone.now() - timedelta(days=40))
    Decision.objects.create(
        version=first.version,
        outcome="returned",
        language="fi",
        rule_set="2020.1",
        moderator=decided,
        at=timezone.now() - timedelta(days=4000),
    )
    assert look(query).context["total"] == total


def test_page_is_kind_before_the_first_decision(look):
    response = look()
    assert response.context["rows"] == []
    assert "No decisions in this period yet." in response.content.decode()


def test_history_tells_what_holds_and_what_the_operator_has_set(look, monkeypatch, settings):
    today = timezone.localdate()
    rule_sets = (
        RuleSet("2026.1", date(2026, 1, 1), what_changed="First."),
        RuleSet("9.1", today, fee_review_limit=Decimal(30), what_changed="Fees over 30 euros are judged."),
        RuleSet("9.2", today + timedelta(days=9), what_changed="Later."),
    )
    monkeypatch.setattr("listings.rule_set.RULE_SETS", rule_sets)
    history = look().context["history"]
    assert [(one["edition"].version, one["is_in_force"], one["is_to_come"]) for one in history] == [
        ("9.2", False, True),
        ("9.1", True, False),
        ("2026.1", False, False),
    ]
    assert [one["other_fee_limit"] for one in history] == ["", "", ""]
    settings.ELIGIBILITY_FEE_REVIEW_LIMIT = "20"
    settings.ELIGIBILITY_SINGLE_EVENTS_ALLOWED = True
    page = look().content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Fees over 30 euros are judged." in page
    assert "in this portal 20 €" in page
    assert "in this portal they can be" in page
