"""Looks at all public listings again under a rule set; what it newly finds waits for the moderators.

Needed after a new edition of the rules, a changed limit or an import. Can be stopped and run again.
"""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from listings.eligibility.rule_sets import RuleSet
from listings.models import Listing, Version
from listings.noticing import renew_noticed
from listings.rule_set import current_rule_set, editions, rule_set_of
from moderation.actions import recheck_listing
from moderation.models import Recheck
from moderation.rechecking import Difference, accepted_findings, compare, findings_under
from organizations.models import User

CHUNK = 200


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rule-set", metavar="VERSION", help="the edition, also one to come; else the one in force"
        )
        parser.add_argument("--dry-run", action="store_true", help="only print; the queue stays as it is")

    def handle(self, *args: Any, **options: Any) -> None:
        rule_set = _rule_set(options["rule_set"])
        by = None if options["dry_run"] else User.objects.system()
        counts: Counter[str] = Counter()
        with tqdm(total=Version.objects.public().count(), unit="listing", disable=not sys.stderr.isatty()) as progress:
            for versions in _chunks():
                self._look_at(versions, rule_set, by, counts)
                progress.update(len(versions))
        if by is not None:
            counts["closed"] += _close_unseen(by, rule_set)
            renew_noticed()
        self.stdout.write(
            f"{counts['read']} listings read under rule set {rule_set.version}, {counts['new']} with something new, "
            + (f"{counts['opened']} put into the queue, {counts['closed']} taken out" if by else "nothing written")
        )

    def _look_at(self, versions: list[Version], rule_set: RuleSet, by: User | None, counts: Counter[str]) -> None:
        listings = [version.listing_id for version in versions]
        accepted = accepted_findings(listings)
        waiting = set(Recheck.objects.unanswered().filter(listing__in=listings).values_list("listing", flat=True))
        for version in versions:
            listing = version.listing_id
            difference = compare(findings_under(rule_set, version), accepted.get(listing, {}))
            counts["read"] += 1
            counts["new"] += bool(difference.new)
            if difference.new or difference.gone:
                self.stdout.write(_as_text(version, difference))
            if by is not None and (difference.new or listing in waiting):
                # The action looks once more under a lock, and alone decides.
                recheck = recheck_listing(version.listing, by=by, rule_set=rule_set)
                counts["opened"] += recheck is not None and listing not in waiting
                counts["closed"] += recheck is None and listing in waiting


def _rule_set(version: str | None) -> RuleSet:
    if version is None:
        return current_rule_set()
    rule_set = rule_set_of(version)
    if rule_set is None:
        known = ", ".join(edition.version for edition, _is_in_force in editions())
        raise CommandError(f"There is no rule set {version}. There are: {known}.")
    return rule_set


def _chunks() -> Iterator[list[Version]]:
    """All that readers see, some at a time, so that memory does not grow with their number."""
    versions = (
        Version.objects.public()
        .select_related("listing__organization")
        .prefetch_related("form_rows", "target_groups", "languages", "municipalities")
        .order_by("pk")
    )
    chunk = list(versions[:CHUNK])
    while chunk:
        yield chunk
        chunk = list(versions.filter(pk__gt=chunk[-1].pk)[:CHUNK])


def _close_unseen(by: User, rule_set: RuleSet) -> int:
    """Close what waits about listings that readers no longer see; the number closed."""
    waiting = Recheck.objects.unanswered().filter(cause=Recheck.Cause.RULES)
    unseen = Listing.objects.filter(rechecks__in=waiting).exclude(pk__in=Listing.objects.public().values("pk"))
    return sum(recheck_listing(listing, by=by, rule_set=rule_set) is None for listing in list(unseen))


def _as_text(version: Version, difference: Difference) -> str:
    """Return "12 Language café (Association): now found: no-referral; no longer found: volunteering"."""
    parts = [f"now found: {', '.join(finding.code for finding in difference.new)}"] if difference.new else []
    parts += [f"no longer found: {', '.join(difference.gone)}"] if difference.gone else []
    return f"{version.listing_id} {version} ({version.listing.organization}): {'; '.join(parts)}"
