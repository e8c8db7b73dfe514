"""Synthetic listings: only where they are wanted, as good as real ones to every rule, the same for the same seed."""

import pytest
from django.core.management import CommandError, call_command

from listings.answers import findings_of
from listings.completeness import missing_answers
from listings.eligibility import Severity
from listings.models import Listing, Version
from listings.search import search
from organizations.models import Organization

MADE = 60


def make(**options) -> None:
    call_command("make_listings", str(MADE), "--yes", **options)


def test_make_listings_refuses_where_readers_would_see_them(db, settings):
    settings.IS_DEMO = False
    with pytest.raises(CommandError, match="--yes"):
        call_command("make_listings", "10")
    assert not Listing.objects.exists()


def test_made_listings_could_be_published_and_are_found(db, capsys):
    make()
    public = list(Version.objects.public())
    assert MADE * 0.7 < len(public) < MADE
    assert search().total + search(section=Listing.PROFESSIONAL).total == len(public)
    assert {version.schedule_kind for version in public} == {"weekly", "dates", "continuous"}
    assert Organization.objects.count() == MADE // 20
    for version in public:
        assert not missing_answers(version)
        assert not [one for one in findings_of(version) if one.severity == Severity.BLOCK]
    assert f"{len(public)} listings are in the index" in capsys.readouterr().out


def test_made_listings_are_the_same_for_the_same_seed(db):
    made = []
    for seed in (1, 1, 2):
        before = set(Listing.objects.values_list("pk", flat=True))
        make(seed=seed)
        rows = Version.objects.exclude(listing__in=before).order_by("pk")
        made.append(list(rows.values_list("state", "title_fi", "description_fi", "starts", "venue")))
    assert made[0] == made[1] != made[2]
