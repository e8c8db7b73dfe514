"""Imports listings line by line: each is imported, skipped or refused as a whole, with the reason."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings import actions
from listings.answers import findings_of
from listings.eligibility import DataError, Severity
from listings.models import Listing, Version
from listings.schedule import last_meeting_day
from organizations import actions as organization_actions
from organizations.models import Organization, User
from organizations.permissions import can_write_listings
from portal.languages import LISTING_LANGUAGES
from portal.refusals import NotPermitted, Refused

from .reading import Places, Record, read_record


@dataclass(frozen=True)
class Line:
    """What happened to one line. `outcome` is `imported`, `skipped` or `refused`."""

    external_id: str
    outcome: str
    reason: str = ""


def moved_dates(record: Record, days: int) -> None:
    """Move all dates of a record by whole days; used for demo data only."""
    answers, step = record.answers, timedelta(days=days)
    answers["dates"] = [(date.fromisoformat(day) + step).isoformat() for day in answers["dates"]]
    for key in ("first_date", "last_date"):
        if answers[key]:
            answers[key] += step


class Importer:
    """Imports the records of one file. With `publish`, what it imports is public at once: for demo data."""

    def __init__(self, *, by: User, publish: bool = False, move_days: int = 0) -> None:
        self.by = by
        self.publish = publish
        self.move_days = move_days
        self.places = Places()

    def import_line(self, data: object) -> Line:
        """Import one object of the file. Nothing of it stays when it is refused."""
        external_id = str(data.get("id") or "") if isinstance(data, dict) else ""
        try:
            record = read_record(data, self.places)
            if self.move_days:
                moved_dates(record, self.move_days)
            with transaction.atomic():
                return self._import(record)
        except DataError as error:
            return Line(external_id, "refused", str(error))
        except actions.Blocked as refusal:
            codes = ", ".join(finding.code for finding in refusal.findings)
            return Line(external_id, "refused", f"{codes}: {refusal.findings[0].what}")
        except actions.Incomplete as refusal:
            missing = "; ".join(f"{one.field}: {one.message}" for one in refusal.missing)
            return Line(external_id, "refused", missing)
        except Refused as refusal:
            return Line(external_id, "refused", str(refusal.message))

    def _import(self, record: Record) -> Line:
        existing = Listing.objects.filter(external_id=record.external_id).first()
        if existing is not None:
            return self._again(existing, record)
        organization = self._organization(record)
        version = actions.start_listing(
            organization,
            by=self.by,
            section=record.section,
            answers=record.answers,
            external_id=record.external_id,
        )
        blocks = [finding for finding in findings_of(version) if finding.severity == Severity.BLOCK]
        if blocks:
            raise actions.Blocked(blocks)
        if not self.publish:
            return Line(record.external_id, "imported", "draft")
        return Line(record.external_id, "imported", self._publish(version))

    def _publish(self, version: Version) -> str:
        version = actions.submit_version(version, by=self.by, may_be_over=True)
        if version.state != Version.State.PUBLISHED:
            actions.publish_version(version, by=self.by)
        last = last_meeting_day(version)
        return "published, but it is over already" if last and last < timezone.localdate() else "published"

    def _again(self, listing: Listing, record: Record) -> Line:
        """A listing that is here already stays as it is; one that has run out gets its new dates when publishing."""
        has_run_out = listing.runs_out_on is not None and listing.runs_out_on < timezone.localdate()
        is_kept = listing.published_version is not None and listing.open_version is None
        if not (self.publish and self.move_days and has_run_out and is_kept):
            return Line(record.external_id, "skipped", "is here already")
        version = actions.open_new_version(listing, by=self.by)
        dates = {key: record.answers[key] for key in ("dates", "first_date", "last_date")}
        actions.save_answers(version, by=self.by, answers=dates)
        return Line(record.external_id, "imported", f"renewed: {self._publish(version)}")

    def _organization(self, record: Record) -> Organization:
        """The organization with this Business ID or this very name, else a new one."""
        organization = _known_organization(record)
        if organization is None:
            organization = organization_actions.register_organization(by=self.by, names=record.names, **record.facts)
        elif not can_write_listings(self.by, organization):
            raise NotPermitted(
                _("The organization is here already. Import with --by and the address of one of its members.")
            )
        if self.publish and organization.state == Organization.State.PENDING:
            organization = organization_actions.approve_organization(organization, by=self.by)
        return organization


def _known_organization(record: Record) -> Organization | None:
    candidates = Organization.objects.exclude(state__in=Organization.CLOSED_STATES)
    by_number = candidates.filter(business_id=record.facts["business_id"] or None).first()
    if by_number is not None:
        return by_number
    same_name = Q()
    for name in record.names.values():
        for language in LISTING_LANGUAGES:
            same_name |= Q(**{f"name_{language.column}": name})
    return candidates.filter(same_name).first()
