"""Row locks of organizations. Several are locked in the order of their keys, so that nobody waits for each other.

They let rows be written that only name the organization (`no_key`): a listing that is being published checks that at
the end of its transaction, and holds by then what a merge waits for.
"""

from organizations.models import Organization


def locked(organization: Organization) -> Organization:
    """The organization as it is now, under a row lock."""
    return Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)


def locked_pair(one: Organization, other: Organization) -> tuple[Organization, Organization]:
    """Two organizations as they are now, under row locks, in the order in which they were given."""
    rows = {
        row.pk: row
        for row in Organization.objects.select_for_update(no_key=True).filter(pk__in=[one.pk, other.pk]).order_by("pk")
    }
    return rows[one.pk], rows[other.pk]


def locked_where_it_is_now(organization: Organization) -> Organization:
    """The organization under a row lock; when it has been joined with another one, the one that stays.

    What somebody began to write for the one that goes is then written for the one that stays.
    """
    present = locked(organization)
    return locked(present.merged_into) if present.merged_into is not None else present
