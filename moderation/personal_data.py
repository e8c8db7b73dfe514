"""The personal data of moderators at work, and of those on whose listings they decide."""

from django.utils.translation import gettext_lazy as _

from portal.personal_data.held import DELETED, Held

HELD = (
    Held(
        "moderation.Decision",
        _("Decisions of moderators"),
        ("moderator", "message", "notes"),
        _("Which moderator decided, and what they wrote to the author."),
        _("A decision has reasons, and it can be looked into later."),
        _("As long as the listing or the organization is kept. A decision is never changed."),
        _("Stays, under a number that names nobody: the organization has a right to the reasons."),
        by_person=("moderator",),
    ),
    Held(
        "moderation.InternalNote",
        _("Notes of moderators to each other"),
        ("author", "text"),
        _("What a moderator wrote down for the other moderators about an organization or a listing, and when."),
        _("Moderators decide the same way, and know what another one has found out."),
        _("As long as the listing or the organization is kept. Only moderators see them."),
        _("Stays, under a number that names nobody: the other moderators need it."),
        by_person=("author",),
        named=("organization",),
    ),
    Held(
        "moderation.Hold",
        _("What moderators have in hand"),
        ("moderator",),
        _("Which case a moderator has in hand, and until when."),
        _("Two moderators never decide the same thing. The other moderators see it."),
        _("Until it is decided or given back, or a day after its time is over."),
        DELETED,
        by_person=("moderator",),
        is_deleted=True,
    ),
    Held(
        "moderation.SavedView",
        _("Saved views of the review queue"),
        ("moderator", "name", "query"),
        _("Which part of the review queue a moderator looks at, and the name they gave it."),
        _("You come back to it with one click. Nobody else sees it."),
        _("Until you delete it."),
        DELETED,
        by_person=("moderator",),
        is_deleted=True,
    ),
    Held(
        "moderation.Duty",
        _("Which regions moderators look after"),
        ("moderator", "away_from", "away_until", "stand_in"),
        _("Which regions a moderator has chosen, on which days they are away, and who stands in for them."),
        _("No case waits for somebody who is not there. The other moderators and the operators see it."),
        _("Until you change it."),
        DELETED,
        by_person=("moderator",),
        others=("stand_in",),
        is_deleted=True,
    ),
)
