"""The public guide: each rule has its page, the pages lead to each other, and all comes from the rules' tables."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import override

from listings import guide
from listings.eligibility import RULES, examples_of
from listings.eligibility.codes import LISTING_KINDS
from listings.notes import address_of_rule
from listings.rule_set import current_rule_set
from portal.vocabulary import codes, labels

pytestmark = pytest.mark.django_db


def html_of(client, name: str, *args: str, language: str = "fi") -> str:
    with override(language):
        url = reverse(name, args=args)
    response = client.get(url)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_every_rule_stands_once_in_the_groups():
    assert sorted(guide.ORDER) == sorted(RULES)


def test_overview_leads_to_every_rule_and_keeps_the_old_anchors(client):
    html = html_of(client, "rules")
    for code in RULES:
        assert f'id="{code}"' in html
        assert f'href="/fi/rules/{code}/"' in html
    assert 'href="/fi/rules/organizations/"' in html
    assert 'href="/fi/rules/forms/"' in html
    assert current_rule_set().version in html


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("code", RULES)
def test_page_of_a_rule_says_all_about_it(client, code, language):
    html = html_of(client, "rule", code, language=language)
    with override(language):
        rule = RULES[code]
        texts = [rule.title, rule.meaning, rule.why, rule.what_to_do, guide.what_happens(rule)]
        texts += [example.text for example in examples_of(code, current_rule_set())]
        assert len(texts) > 6
        assert [str(text) for text in texts if str(text) not in html] == []


def test_rule_that_does_not_exist_is_not_found(client):
    assert client.get("/fi/rules/not-here/").status_code == 404


def test_finding_links_to_the_page_of_its_rule(client):
    with override("sv"):
        assert address_of_rule("no-referral") == "/sv/rules/no-referral/"


def test_walk_from_rule_to_rule_passes_them_all():
    walked = [guide.ORDER[0]]
    while (following := guide.neighbours_of(walked[-1]).next) is not None:
        assert guide.neighbours_of(following.code).previous == RULES[walked[-1]]
        walked.append(following.code)
    assert sorted(walked) == sorted(RULES)
    assert guide.neighbours_of(walked[0]).previous is None


def test_limits_of_the_settings_show(client, settings):
    settings.ELIGIBILITY_FEE_REVIEW_LIMIT = "75"
    settings.ELIGIBILITY_SINGLE_EVENTS_ALLOWED = False
    assert "above 75 €" in html_of(client, "rule", "non-commercial", language="en")
    notice = "an activity with one date can be listed too"
    assert notice not in html_of(client, "rule", "not-single-event", language="en")
    settings.ELIGIBILITY_SINGLE_EVENTS_ALLOWED = True
    assert notice in html_of(client, "rule", "not-single-event", language="en")


def test_organizations_page_names_the_kinds_that_may_list_and_no_other(client):
    html = html_of(client, "rules_organizations")
    names = {code: labels("organization_kind", code)["fi"] for code in codes("organization_kind")}
    shown = [code for code, name in names.items() if f"<strong>{name}<" in html]
    assert sorted(shown) == sorted(LISTING_KINDS)
    with override("fi"):
        assert f'href="{reverse("organization_register")}"' in html


def test_forms_page_leads_to_the_list_of_each_form(client):
    html = html_of(client, "rules_forms")
    forms = codes("form")
    assert len(forms) == 19
    for code in forms:
        assert f"pictograms.svg#{code}" in html
        assert f'href="/fi/activities/?form={code}"' in html
        assert labels("form", code)["fi"] in html
