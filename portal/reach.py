"""Which addresses mail does not reach: what was sent there last was refused for good."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, QuerySet, TextField
from django.db.models.functions import Lower
from post_office.models import STATUS, Email, RecipientDeliveryStatus


def _last(mails: QuerySet[Email], addresses: Iterable[str]) -> dict[str, datetime]:
    """When each address, in small letters, had the last of these mails. Each of ours goes to one address."""
    by_address = mails.annotate(address=Lower("to", output_field=TextField())).filter(address__in=list(addresses))
    return dict(by_address.order_by().values_list("address").annotate(last=Max("last_updated")))


def not_reached(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that refused a mail for good and have taken none since.

    One query among the few failed mails; only when it finds something, a second one among those sent since.
    """
    hard = RecipientDeliveryStatus.HARD_BOUNCED
    by_small = {address.lower(): address for address in addresses}
    refused = _last(Email.objects.filter(status=STATUS.failed, recipient_delivery_status=hard), by_small)
    if not refused:
        return set()
    since = min(refused.values())
    taken = _last(Email.objects.filter(status=STATUS.sent, last_updated__gt=since), refused)
    return {by_small[address] for address, at in refused.items() if address not in taken or taken[address] <= at}
