"""The audit log: what it finds, what it shows to whom, its pages and its file."""

import ast
import csv
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from listings import actions
from listings.activity_log import PLACE
from listings.activity_sentences import MEMBERS, MODERATORS
from moderation.audit import trail as audit_trail
from moderation.audit.form import AuditForm
from moderation.audit.sentences import OTHERS
from moderation.audit.trail import events_seen_by, page_after, told
from organizations.actions.erasing import erase_account
from portal import csv_cells
from portal.audit import record
from portal.models import AuditEvent
from tests import factories
from tests.bending import unguarded
from tests.guards.world import OUR_APPS, address, client_of
from tests.listings.test_activity_log import calls_of, texts_in


@pytest.fixture
def operator(db):
    return factories.UserFactory(operator=True)


def found(user, **asked) -> list[AuditEvent]:
    form = AuditForm(asked)
    assert form.is_valid(), form.errors
    return list(form.found(events_seen_by(user))[0])


def in_words(events, reader) -> list[str]:
    with override("en"):
        return [str(one) for one in told(events, reader)]


def test_every_trace_without_an_organization_has_its_sentence():
    verbs: set[str] = set()
    for app in OUR_APPS:
        for file in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for call in calls_of(ast.parse(file.read_text(encoding="utf-8")), "record"):
                if not any(keyword.arg == "organization_id" for keyword in call.keywords):
                    verbs |= texts_in(call.args[0])
    assert len(verbs) > 5
    known = {verb for verb, _noun in (*MEMBERS, *MODERATORS, *OTHERS)}
    assert verbs - known == set(), "without a sentence"


def test_every_place_in_a_sentence_is_one_that_is_filled():
    for sentence in OTHERS.values():
        assert set(PLACE.findall(str(sentence))) <= {"who", "title", "account"}, sentence


@pytest.mark.django_db
def test_filters_find_what_fits_and_nothing_else(organization, editor, published, operator, stranger):
    theirs = factories.draft(stranger.memberships.get().organization, by=stranger)
    listing = published.listing
    of_listing = found(operator, listing=str(listing.pk))
    assert {(one.verb, one.noun) for one in of_listing} == {
        ("started", "listing"),
        ("submitted", "version"),
        ("published", "version"),
    }
    assert found(operator, listing=f"https://example.org{listing.get_absolute_url()}") == of_listing
    assert [one.noun_id for one in found(operator, what="started listing")] == [theirs.listing_id, listing.pk]
    assert {one.actor_id for one in found(operator, who=editor.email)} == {editor.pk}
    assert {one.actor_id for one in found(operator, who=str(editor.pk))} == {editor.pk}
    assert found(operator, who="nobody at all") == []
    organizations = {one.organization_id for one in found(operator, organization=str(organization.pk))}
    assert organizations == {organization.pk}
    assert organization.pk in {one.organization_id for one in found(operator, organization=organization.names["fi"])}


@pytest.mark.django_db
def test_period_holds_both_of_its_days(organization, main_user, operator):
    noon = timezone.localtime().replace(hour=12)
    for days in range(4):
        event = record("changed", organization, by=main_user, organization_id=organization.pk, fields=[])
        with unguarded():
            AuditEvent.objects.filter(pk=event.pk).update(at=noon - timedelta(days=days))

    def day(days: int) -> str:
        return f"{noon - timedelta(days=days):%d.%m.%Y}"

    assert len(found(operator, since=day(2), until=day(1))) == 2
    assert len(found(operator, since=day(1))) == 2
    assert len(found(operator, until=day(3))) == 1


@pytest.mark.django_db
def test_words_are_found_in_the_data_also_beyond_ascii(organization, main_user, operator, monkeypatch):
    for name in ("Åbo mötesplats", "Toinen yhdistys"):
        record("merged", organization, by=main_user, organization_id=organization.pk, name=name)
    assert [one.details["name"] for one in found(operator, words="mötesplats åbo".replace("å", "Å"))] == [
        "Åbo mötesplats"
    ]
    assert [one.details["name"] for one in found(operator, words="YHDISTYS")] == ["Toinen yhdistys"]
    assert found(operator, words="100%") == []
    monkeypatch.setattr(audit_trail, "LOOKED_THROUGH", 1)
    form = AuditForm({"words": "mötesplats"})
    assert form.is_valid()
    events, is_cut = form.found(events_seen_by(operator))
    assert (list(events), is_cut) == ([], True)


@pytest.mark.django_db
def test_wrong_filter_is_said_at_its_field_and_finds_nothing(moderator, published):
    client = client_of(moderator)
    wrong = {"organization": "ei ole", "listing": "x", "what": "rubbish", "since": "eilen", "until": "31.2.2026"}
    for name, value in wrong.items():
        form = AuditForm({name: value})
        assert not form.is_valid()
        assert set(form.errors) == {name}
        for page in ("audit_log", "audit_log_csv"):
            response = client.get(address(page), {name: value})
            assert response.status_code == 400
            assert f'value="{value}"' in response.content.decode() or name == "what"
    assert set(AuditForm({"since": "2.1.2026", "until": "1.1.2026"}).errors) == {"until"}


@pytest.mark.django_db
def test_moderator_does_not_see_what_people_do_with_their_accounts(moderator, operator, organization, main_user):
    record("ended_session", main_user, by=main_user)
    record("changed", organization, by=main_user, organization_id=organization.pk, fields=["website"])
    assert [one.verb for one in found(moderator)] == ["changed"]
    assert {one.verb for one in found(operator)} >= {"changed", "ended_session"}


@pytest.mark.django_db
def test_pages_follow_each_other_without_a_gap_when_many_happen_at_once(organization, main_user, operator):
    for _number in range(7):
        record("changed", organization, by=main_user, organization_id=organization.pk, fields=[])
    with unguarded():
        AuditEvent.objects.update(at=timezone.now())
    everything = [one.pk for one in events_seen_by(operator)]
    seen, last, has_more = [], None, True
    while has_more:
        page, has_more = page_after(events_seen_by(operator), last, 2)
        seen += [one.pk for one in page]
        last = page[-1]
        record("changed", organization, by=main_user, organization_id=organization.pk, fields=[])
    assert seen == everything


@pytest.mark.django_db
def test_events_name_people_and_erased_accounts_as_such(organization, editor, moderator, operator, published):
    assert in_words(found(operator, what="published version"), operator)[0].endswith(
        "published the listing “Language café in the library”."
    )
    erase_account(editor, by=editor)
    (started,) = found(operator, what="started listing")
    assert in_words([started], operator)[0].startswith(f"An erased account ({editor.pk}) began a listing")
    page = client_of(operator).get(address("audit_log", (), "en"), {"who": str(editor.pk)}).content.decode()
    assert "Erased account" in page
    assert editor.email not in page


@pytest.mark.django_db
def test_file_has_the_selection_and_no_formula(organization, main_user, operator, moderator):
    main_user.name = "=HYPERLINK(1)"
    main_user.save()
    record("merged", organization, by=main_user, organization_id=organization.pk, name="+358")
    record("ended_session", operator, by=operator)
    response = client_of(operator).get(address("audit_log_csv", (), "en"), {"what": "merged organization"})
    rows = list(csv.reader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert rows[0][:4] == ["Time", "Who", "Account number", "In words"]
    assert len(rows) == 2
    assert rows[1][1] == "'=HYPERLINK(1)" or not str(main_user).startswith("=")
    assert rows[1][3] == "'=HYPERLINK(1) joined another organization to this one: +358."
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row)


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@x", "\t=1", "\n=1"])
def test_cell_that_begins_a_formula_is_quoted(value):
    assert csv_cells.cell(value) == f"'{value}"
    assert csv_cells.cell(f"x{value}") == f"x{value}"


@pytest.mark.django_db
def test_saving_is_in_the_trace_of_its_listing(draft, editor, operator):
    actions.save_answers(draft, by=editor, answers={"venue": "Nuorisotalo"})
    actions.save_answers(draft, by=editor, answers={"venue": "Nuorisotalo"})
    assert [one.verb for one in found(operator, listing=str(draft.listing_id))] == [
        "saved_the_same",
        "saved",
        "started",
    ]
