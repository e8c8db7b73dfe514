"""What has to be true when all is over: everything settles, nothing told is lost, each mail went once."""

import json
from collections import Counter
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from post_office.models import STATUS, Email

from listings.models import Listing, Version
from moderation.models import Decision
from organizations.models import User
from portal.mail.delivery import waiting
from portal.models import TaskRun
from portal.watching.health import OK, parts
from scripts.faults.scene import Scene

SETTLED_SECONDS = 180
QUEUES = ("mail", "today", "long", "unacked")


def settles(scene: Scene) -> None:
    """No mail and no task waits, beat has gone on, and the portal calls itself well."""
    begin = timezone.now()
    scene.until(lambda: not waiting().exists(), "mails still wait", SETTLED_SECONDS)
    client = scene.redis
    lengths = lambda: {name: _length(client, name) for name in QUEUES}  # noqa: E731
    scene.until(lambda: not any(lengths().values()), f"tasks still wait: {lengths()}", SETTLED_SECONDS)
    recent = TaskRun.objects.filter(task="portal.tasks.seal_audit", succeeded_at__range=(begin, _soon()))
    scene.until(recent.exists, "beat does not go on", SETTLED_SECONDS)
    unwell = lambda: [part.name for part in parts() if part.state != OK]  # noqa: E731
    scene.until(lambda: not unwell(), f"not well: {unwell()}", SETTLED_SECONDS)
    dead = [name for name, process in scene.production.processes.items() if not process.is_alive]
    scene.check(not dead, f"do not run: {dead}")


def _soon() -> object:
    return timezone.now() + timedelta(seconds=2 * SETTLED_SECONDS)


def _length(client, name: str) -> int:
    return client.hlen(name) if name == "unacked" else client.llen(name)


def invariants_hold(scene: Scene) -> str:
    """Gives how many were asked."""
    try:
        said = scene.production.manage("check_invariants", "--json")
    except RuntimeError as error:
        said = str(error)
    try:
        answer, _end = json.JSONDecoder().raw_decode(said, said.index("{"))
    except ValueError:
        scene.check(False, f"check_invariants: {said[-1000:]}")
        return "not asked"
    found = [f"{one['name']}: {one['problems'][:3]}" for one in answer["invariants"] if one["count"]]
    scene.check(not answer["problems"], f"check_invariants: {found}")
    return f"{len(answer['invariants'])} asked, {answer['problems']} problems"


def writes_are_there(scene: Scene) -> str:
    """All that somebody was told is done. Gives how many of which kind."""
    told = scene.told
    newest: dict[int, Version] = {}
    for version in Version.objects.filter(listing__in=[key for key, _ in told.of("begun")]).order_by("number"):
        newest[version.listing_id] = version
    for pk, _value in told.of("begun"):
        scene.check(pk in newest, f"listing {pk} is gone")
    for what in ("title", "venue"):
        # What somebody wrote last stands in the newest version.
        for pk, value in dict(told.of(what)).items():
            found = newest[int(pk)].title_en if what == "title" else newest[int(pk)].venue
            scene.check(found == value, f"{what} of listing {pk} is {found!r}, not {value!r}")
    # Who opens a listing again and is stopped by the end of the run leaves a draft.
    last = {key: what for what, key, _value in told.acknowledged if what in ("submitted", "opened again")}
    for pk in (key for key, what in last.items() if what == "submitted"):
        scene.check(newest[int(pk)].state != Version.State.DRAFT, f"listing {pk} was not sent")
    for version_pk, outcome in told.of("decided"):
        count = Decision.objects.filter(version=version_pk, outcome=outcome).count()
        scene.check(count == 1, f"version {version_pk} has {count} decisions {outcome!r}")
    twice = Decision.objects.filter(outcome="published").values("version").annotate(n=Count("pk")).filter(n__gt=1)
    scene.check(not twice.exists(), f"published twice: {list(twice)}")
    addresses = Counter(str(key) for key, _value in told.of("signed up"))
    accounts = Counter(User.objects.filter(email__startswith="newcomer").values_list("email", flat=True))
    scene.check(set(addresses) <= set(accounts), f"accounts are gone: {sorted(set(addresses) - set(accounts))[:5]}")
    scene.check(len(accounts) == accounts.total(), "two accounts have one address")
    kinds = Counter(what for what, *_rest in told.acknowledged)
    return ", ".join(f"{number} {what}" for what, number in kinds.most_common())


def public_listings() -> int:
    return Listing.objects.public().count()


def mails_went_once(scene: Scene) -> str:
    """Every row was received, and nothing else; twice only what was in the hands of somebody who died."""
    rows = dict(Email.objects.values_list("message_id", "status"))
    got = Counter(message_id for _at, message_id, _to in scene.mailbox.received)
    unsent = Counter(status for status in rows.values() if status != STATUS.sent)
    scene.check(not unsent, f"mails that did not go: {dict(unsent)}")
    scene.check(set(rows) == set(got), f"{len(set(rows) - set(got))} never came, {len(set(got) - set(rows))} unknown")
    doubles = got.total() - len(got)
    most = scene.deaths["worker"] + scene.deaths["database"]
    scene.check(doubles <= most, f"{doubles} mails came twice, after {most} deaths")
    for email, _value in scene.told.of("signed up"):
        if not any(to == email for _at, _id, to in scene.mailbox.received):
            scene.check(False, f"{email} never got a mail")
    return f"{len(rows)} rows, {got.total()} received, {doubles} twice (at most {most} may)"
