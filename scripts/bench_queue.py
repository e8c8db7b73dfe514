"""Measures the moderators' queue: pages, parts of it, and taking the next case, beside very many decided ones.

5,000 cases wait beside 100,000 decided ones; with BENCH_MILLION=1, 50,000 beside a million. Half of what waits are
listings, the rest is of the other kinds. Rows are copied inside the database: what is measured is how they are read.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WAITING, DECIDED = (50_000, 1_000_000) if os.environ.get("BENCH_MILLION") else (5_000, 100_000)
ORGANIZATIONS = 5_000
PAGES = {
    "the whole queue": "",
    "a page in the middle": "?behind=version.{middle}.1",
    "one kind": "?kind=version",
    "what is late": "?late=yes",
    "with a finding": "?rule=non-commercial",
    "a region and a language": "?region=mine&language=fi",
    "one organization": "?organization={organization}",
    "with nobody": "?hold=free",
}
RUNS = 20


def copy(model: Any, template: Any, count: int, **changed: str) -> None:
    """Copy a row so many times; `changed` says in SQL what another column becomes, `n` being the number of the copy."""
    from django.db import connection

    columns = [field.column for field in model._meta.local_concrete_fields if not field.primary_key]
    values = ", ".join(changed.get(column, f't."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    numbers = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) {numbers} SELECT {values} FROM "{table}" t, numbers WHERE t.id = %s'  # noqa: S608
            if connection.vendor == "postgresql"
            else f'{numbers} INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" t, numbers WHERE t.id = %s',  # noqa: S608
            [count, template.pk],
        )


def seconds_before(moment: str, step: float) -> str:
    """SQL for a time that lies the further back the higher the number of the copy is."""
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"CAST('{moment}' AS timestamptz) - n * interval '{step} seconds'"
    return f"strftime('%Y-%m-%d %H:%M:%f', '{moment}', '-' || (n * {step}) || ' seconds')"


def fill() -> None:
    """Make what waits and what is decided, from one row of each kind."""
    from django.db import connection
    from django.utils import timezone

    from listings.models import Listing, Report, Version
    from moderation.models import Decision, Recheck
    from organizations.models import Organization, OrganizationChange
    from tests import factories

    moment = timezone.now().strftime("%Y-%m-%d %H:%M:%S")
    home = factories.MembershipFactory(main_user=True)
    judge = factories.UserFactory(moderator=True)
    waits = factories.submitted(factories.draft(home.organization, by=home.user), by=home.user)
    public = factories.submitted(factories.draft(home.organization, by=home.user, venue="Talo"), by=home.user)
    public = factories.published(public, by=judge)
    decision = Decision.objects.get(version=public)
    first = Organization.objects.order_by("pk").first()
    assert first is not None
    copy(Organization, first, ORGANIZATIONS, slug="'yhdistys-' || n")
    low = Organization.objects.exclude(pk=first.pk).order_by("pk").values_list("pk", flat=True)[0]
    of = f"{low} + n %% {ORGANIZATIONS}"
    others = WAITING // 8
    # Listings with what is decided, then those that wait: each with one version.
    top = Listing.objects.order_by("-pk")[0].pk
    copy(Listing, public.listing, DECIDED, organization_id=of, slug="'ilmoitus-' || n", external_id="'d' || n")
    copy(
        Version,
        public,
        DECIDED,
        listing_id=f"{top} + n",
        state=f"CASE WHEN n <= {4 * others} THEN 'published' ELSE 'rejected' END",
    )
    low_version = Version.objects.filter(listing__gt=top).order_by("pk").values_list("pk", flat=True)[0]
    copy(Decision, decision, DECIDED, version_id=f"{low_version} - 1 + n", at=seconds_before(moment, 30))
    places = Version.municipalities.through._meta.db_table
    waiting_from = Listing.objects.order_by("-pk")[0].pk
    count = WAITING - 4 * others
    copy(Listing, waits.listing, count, organization_id=of, external_id="'w' || n")
    noticed = "CASE WHEN n %% 20 = 0 THEN ' non-commercial ' ELSE '' END"
    copy(
        Version,
        waits,
        count,
        listing_id=f"{waiting_from} + n",
        submitted_at=seconds_before(moment, 20),
        noticed=noticed,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {places} (version_id, municipality_id) SELECT id, '564' FROM listings_version "  # noqa: S608
            "WHERE listing_id > %s AND id NOT IN (SELECT version_id FROM " + places + ")",
            [top],
        )
    pending = factories.OrganizationFactory()
    copy(Organization, pending, others, slug="'uusi-' || n", registered_at=seconds_before(moment, 60))
    change = OrganizationChange.objects.create(organization=first, names={"fi": "Uusi ry"}, kind="association")
    # One change at most waits for each organization.
    changes = min(others, ORGANIZATIONS - 1)
    copy(OrganizationChange, change, changes, organization_id=of, asked_at=seconds_before(moment, 60))
    report = Report.objects.create(listing=public.listing, reason="unsuitable", language="fi")
    copy(Report, report, others, listing_id=f"{top} + n", made_at=seconds_before(moment, 60))
    recheck = Recheck.objects.create(listing=public.listing, rule_set="1", findings=[])
    copy(Recheck, recheck, others, listing_id=f"{top} + n", opened_at=seconds_before(moment, 60))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure() -> None:
    """Measure with the database that the environment names; a line for each figure."""
    sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    import django

    django.setup()
    from bench import medians
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from moderation import actions
    from moderation.queue.cases import counts
    from moderation.queue.choosing import Choice
    from organizations.models import Organization, User

    call_command("migrate", verbosity=0)
    call_command("load_reference")
    call_command("collectstatic", verbosity=0, interactive=False)
    begin = time.perf_counter()
    fill()
    print(f"{'made, s':<28}{time.perf_counter() - begin:>9.2f}", flush=True)  # noqa: T201
    print(f"{'waiting':<28}{sum(counts().values()):>9,}", flush=True)  # noqa: T201
    moderator = User.objects.filter(is_moderator=True, is_active=True)[0]
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(moderator)
    middle = int((timezone.now() - timedelta(seconds=10 * WAITING)).timestamp() * 1e6)
    facts = {"middle": middle, "organization": Organization.objects.filter(state="active").order_by("-pk")[0].pk}

    def get(path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.get('Location')}"

    def take_and_give_back() -> None:
        case = actions.take_next(Choice(), by=moderator)
        assert case is not None
        actions.give_back(case.kind, case.pk, by=moderator)

    figures = [(label, f"/fi/moderation/{query.format(**facts)}") for label, query in PAGES.items()]
    for label, path in figures:
        _label, middle_time, high = medians(label, lambda path=path: get(path), RUNS)
        print(f"{label:<28}{middle_time:>9.2f}{high:>9.2f}", flush=True)  # noqa: T201
    _label, middle_time, high = medians("", take_and_give_back, RUNS)
    print(f"{'take the next, give back':<28}{middle_time:>9.2f}{high:>9.2f}", flush=True)  # noqa: T201


def main() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    from bench import databases

    for name, address in databases().items():
        if os.environ.get("BENCH_ONLY", name) != name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            # As in the demo, moderators need no second factor.
            environment = {**os.environ, "VAR_DIR": folder, "SECRET_KEY": "bench", "IS_DEMO": "true"}
            environment["SECOND_FACTOR_REQUIRED"] = "false"
            environment.pop("DATABASE_URL", None)
            if address:
                environment["DATABASE_URL"] = address
            print(f"\n{name + f', {WAITING:,} of {DECIDED:,}':<28}{'median':>9}{'p95':>9}  ms", flush=True)  # noqa: T201
            subprocess.run([sys.executable, __file__, "--measure"], env=environment, check=True)


if __name__ == "__main__":
    measure() if "--measure" in sys.argv else main()
