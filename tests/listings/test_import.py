"""Bulk import: the real file, and every way in which a line can be wrong."""

import io
import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation

from listings import actions
from listings.answers import findings_of
from listings.eligibility import verdict
from listings.models import Listing, Version
from listings.presentation import for_cards
from organizations.models import Organization, User
from tests import factories

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).parents[2] / "listings" / "imports" / "demo_listings.jsonl"


def run(file, *options):
    out = io.StringIO()
    with suppress(SystemExit):  # some lines were refused; each says so
        call_command("import_listings", str(file), *options, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def one(tmp_path):
    """The first demo listing, changed by keyword, as a file."""
    record = json.loads(DEMO.read_text(encoding="utf-8").splitlines()[0])

    def write(**changes):
        file = tmp_path / "one.jsonl"
        file.write_text(json.dumps({**record, **changes}), encoding="utf-8")
        return file

    return write


def test_place_that_is_not_to_be_shown_is_imported_so(one):
    run(one(discreet=True), "--publish", "--move-dates")
    assert Version.objects.get().is_discreet


def test_demo_file_is_imported_whole_and_once_and_each_listing_is_found(client):
    lines = run(DEMO, "--publish", "--move-dates")
    assert lines[-1] == "89 imported, 0 skipped, 0 refused"
    assert Listing.objects.public().count() == 89
    for version in for_cards(Version.objects.public()):
        section = "listing_list" if version.listing.section == "activity" else "professional_list"
        query = {
            "form": version.form_rows.all()[0].form_id,
            "municipality": [row.pk for row in version.municipalities.all()],
        }
        with translation.override("fi"):
            address = reverse(section, query=query)
        found = []
        while address:
            response = client.get(address)
            found += re.findall(r'<a href="([^"]+)"', "".join(response.context["cards"]))
            address = response.context["next_url"]
        with translation.override("fi"):
            assert version.listing.get_absolute_url() in found, version
    records = [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]
    for record in records:
        version = Version.objects.public().get(listing__external_id=record["id"])
        assert version.texts("title") == record["title"]
        assert version.texts("description") == record["description"]
        assert {row.pk for row in version.languages.all()} == set(record["languages"])
        assert [row.form_id for row in version.form_rows.all()] == record["forms"]
        assert verdict(findings_of(version)) != "block"
    # It can run again.
    counts = (Listing.objects.count(), Version.objects.count(), Organization.objects.count())
    assert run(DEMO, "--publish", "--move-dates")[-1] == "0 imported, 89 skipped, 0 refused"
    assert counts == (Listing.objects.count(), Version.objects.count(), Organization.objects.count())


def test_demo_listing_that_has_run_out_gets_new_dates(one):
    run(one(), "--publish", "--move-dates")
    Listing.objects.update(last_session_on=timezone.localdate().replace(year=2020), confirmed_on="2020-01-01")
    assert not Listing.objects.public().exists()
    assert "renewed" in run(one(), "--publish", "--move-dates")[0]
    assert Listing.objects.public().count() == 1


def test_without_publish_a_line_is_a_draft_of_a_pending_organization(one):
    run(one())
    assert Version.objects.get().state == Version.State.DRAFT
    assert Organization.objects.get().state == Organization.State.PENDING


@pytest.mark.parametrize("name", ["Raasepori", "Raseborg", "raseborg", "710"])
def test_municipality_by_finnish_name_swedish_name_or_code(one, name):
    run(one(location={"mode": "onsite", "municipalities": [name]}), "--publish", "--move-dates")
    assert [row.pk for row in Version.objects.get().municipalities.all()] == ["710"]


WRONG = {
    "rule": ({"participation": "referral"}, "no-referral"),
    "two rules": ({"statutory": True, "political": True}, "not-statutory, not-political"),
    "kind": ({"organization": {"name": "X", "kind": "other", "municipality": "Oulu"}}, "organization-kind"),
    "unknown municipality": ({"location": {"mode": "onsite", "municipalities": ["Atlantis"]}}, "Atlantis"),
    "unknown code": ({"forms": ["juggling"]}, "juggling"),
    "unknown language": ({"languages": ["xx"]}, "xx"),
    "text language": ({"title": {"xx": "Title"}}, "title.xx"),
    "easy text in a language that has none": ({"easy": {"ru": "Кофе."}}, "easy.ru"),
    "long easy text": ({"easy": {"sv": "x" * 301}}, "easy.sv"),
    "long title": ({"title": {"fi": "x" * 200}}, "title.fi"),
    "missing": ({"price": None}, "price_kind"),
    "business id": (
        {
            "organization": {
                "name": "X ry",
                "kind": "association",
                "municipality": "Oulu",
                "business_id": "1-1",
            }
        },
        "organization.business_id",
    ),
    "postal code": (
        {"location": {"mode": "onsite", "municipalities": ["Oulu"], "postal_code": "9"}},
        "postal_code",
    ),
    "time": ({"schedule": {"kind": "weekly", "weekdays": ["mon"], "starts": "five"}}, "schedule.starts"),
    "no id": ({"id": ""}, "id: "),
    "web address": ({"contact": {"email": "a@example.org", "url": "javascript:alert(1)"}}, "contact.url"),
    "mail address": ({"contact": {"email": "not an address"}}, "contact.email"),
    "website": (
        {"organization": {"name": "X", "kind": "association", "municipality": "Oulu", "website": "javascript:a()"}},
        "organization.website",
    ),
    "name in no known language": (
        {"organization": {"name": {"xx": "X"}, "kind": "association", "municipality": "Oulu"}},
        "organization.name",
    ),
    "long id": ({"id": "x" * 300}, "id: "),
    "time with a zone": (
        {"schedule": {"kind": "weekly", "weekdays": ["mon"], "starts": "17:00+02:00"}},
        "schedule.starts",
    ),
    "end before start": (
        {"schedule": {"kind": "weekly", "weekdays": ["mon"], "starts": "18:00", "ends": "17:00"}},
        "ends: ",
    ),
    "shape": ({"contact": "call us", "title": ["x"]}, "title"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_line_is_refused_whole_with_its_reason(one, name):
    changes, reason = WRONG[name]
    lines = run(one(**changes), "--publish")
    assert "refused" in lines[0]
    assert reason in lines[0]
    assert lines[-1] == "0 imported, 0 skipped, 1 refused"
    assert not Listing.objects.exists()
    assert not Organization.objects.exists()


def test_broken_line_does_not_stop_the_others(one, tmp_path):
    file = tmp_path / "two.jsonl"
    file.write_text("{broken\n[]\n\n" + one().read_text(encoding="utf-8") + "\n", encoding="utf-8")
    lines = run(file, "--publish", "--move-dates")
    assert [line.split()[1] for line in lines[:-1]] == ["refused", "refused", "imported"]


def test_text_with_a_line_separator_and_a_mark_at_the_beginning_is_one_line(one, tmp_path):
    file = tmp_path / "marked.jsonl"
    record = json.loads(one(venue="").read_text(encoding="utf-8"))
    record["summary"] = {"fi": "Yksi\u2028kaksi"}
    record["title"] = {"fi": "Nimi", "zh-Hans": "名称"}
    record["summary"]["zh-Hans"] = "一"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(record, ensure_ascii=False).encode())
    assert run(file, "--publish", "--move-dates")[-1] == "1 imported, 0 skipped, 0 refused"
    assert Version.objects.get().texts("title") == {"fi": "Nimi", "zh-hans": "名称"}


def test_rerun_leaves_an_open_draft_alone(one):
    run(one(), "--publish", "--move-dates")
    listing = Listing.objects.get()
    actions.open_new_version(listing, by=User.objects.system())
    Listing.objects.update(last_session_on="2020-01-01", confirmed_on="2020-01-01")
    assert "skipped" in run(one(), "--publish", "--move-dates")[0]


def test_organization_that_is_here_already_is_used(one):
    organization = factories.OrganizationFactory(name_fi="Oulun kaupunki", kind="municipality", active=True)
    lines = run(one(), "--publish", "--move-dates")
    # The system account is not a member of it, so it may not write for it.
    assert "refused" in lines[0]
    factories.MembershipFactory(organization=organization, user=factories.UserFactory(email="a@example.org"))
    assert "imported" in run(one(), "--by", "a@example.org")[0]
    assert Organization.objects.count() == 1


def test_file_or_person_that_does_not_exist_is_said_plainly(one):
    with pytest.raises(CommandError, match="cannot be read"):
        run("no-such-file.jsonl")
    with pytest.raises(CommandError, match="Nobody here"):
        run(one(), "--by", "nobody@example.org")
