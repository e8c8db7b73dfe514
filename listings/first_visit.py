"""What somebody has to know before coming for the first time: sentences from the facts alone."""

from django.utils.translation import gettext as _

from listings.models import Listing, Version
from portal import moments
from portal.texts import isolated
from portal.vocabulary import label

# Of the target groups, those with whom children come.
WITH_CHILDREN = {"children", "families", "parents_at_home"}


def first_visit(version: Version) -> list[str]:
    """In the order of the questions: must I tell, where, who meets me, what does it cost, a child, whom do I ask."""
    steps = [_telling(version), _place(version), _welcome(version), _price(version), _children(version)]
    if version.contact_name:
        steps.append(_("If you want to ask something first, ask: %(name)s.") % {"name": isolated(version.contact_name)})
    return list(filter(None, steps))


def _telling(version: Version) -> str:
    if version.participation == "open":
        return _("You do not need to sign up. Just come.")
    if version.participation != "registration":
        return ""
    if version.contact_phone and version.contact_email:
        return _("Sign up first. Call or write to the organizer.")
    if version.contact_phone:
        return _("Sign up first. Call the organizer.")
    return _("Sign up first. Write to the organizer.")


def _place(version: Version) -> str:
    if version.location_mode == "online":
        return _("You take part by phone or computer. The organizer gives you the link.")
    if version.is_discreet:
        return _("Ask the organizer where it is. The place is not shown here.")
    where = ", ".join(filter(None, [version.venue, version.address]))
    return _("Come to this place: %(place)s.") % {"place": isolated(where)} if where else ""


def _welcome(version: Version) -> str:
    return label("welcome", version.welcome) if version.welcome else ""


def _price(version: Version) -> str:
    if version.price_kind == "fee" and version.fee_amount is not None:
        return _("It costs %(amount)s.") % {"amount": moments.euros(version.fee_amount)}
    return _("It costs nothing.") if version.price_kind == "free" else ""


def _children(version: Version) -> str:
    """An answer for everybody but those who come for their work, and those who do not go anywhere."""
    if version.childcare:
        return _("You can bring your child. There is child care.")
    if version.listing.section != Listing.ACTIVITY or version.location_mode == "online":
        return ""
    if WITH_CHILDREN & {group.pk for group in version.target_groups.all()}:
        return label("interface", "children_welcome")
    return _("Do you want to bring a child? Ask the organizer first.")
