"""The activity log in words: for each thing that actions do, the sentence that tells it to the organization.

In a sentence stand `who` did it, the `title` of a listing, the `person` or the `name` of an organization to whom it was
done, the `fields` that changed and the `day` that it is about. A test goes through all actions and fails when one has
no sentence.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

# (verb, noun) as in the audit: done by the organization's people, who are named
MEMBERS: dict[tuple[str, str], Any] = {
    ("started", "listing"): _("%(who)s began a listing: “%(title)s”."),
    ("copied", "listing"): _("%(who)s made a listing as a copy of another: “%(title)s”."),
    ("saved", "version"): _("%(who)s changed the listing “%(title)s”: %(fields)s."),
    ("opened_new_version", "version"): _("%(who)s began a new version of the listing “%(title)s”."),
    ("explained", "version"): _("%(who)s explained the listing “%(title)s” to the moderator."),
    ("submitted", "version"): _("%(who)s sent the listing “%(title)s” to be checked."),
    ("submitted_changes", "version"): _(
        "%(who)s sent changes of the listing “%(title)s” to be checked. Changed: %(fields)s."
    ),
    ("remarked", "version"): _("%(who)s wrote a message about the listing “%(title)s”."),
    ("published_unreviewed", "version"): _(
        "Readers see the changes of the listing “%(title)s” at once. Changed: %(fields)s."
    ),
    ("published_new_unreviewed", "version"): _("Readers see the listing “%(title)s” at once."),
    ("took_back", "version"): _("%(who)s took the listing “%(title)s” back before it was checked."),
    ("withdrew", "listing"): _("%(who)s took the listing “%(title)s” away from readers."),
    ("restored", "listing"): _("%(who)s brought the listing “%(title)s” back to readers."),
    ("confirmed", "listing"): _("%(who)s confirmed the details of the listing “%(title)s”."),
    ("reminded", "listing"): _("The listing “%(title)s” runs out soon. Its people were asked to confirm it."),
    ("cancelled_meeting", "listing"): _("%(who)s cancelled a meeting: “%(title)s” %(day)s."),
    ("restored_meeting", "listing"): _("A cancelled meeting takes place after all: “%(title)s” %(day)s."),
    ("paused", "listing"): _("The listing “%(title)s” is on a break. It meets again on %(day)s."),
    ("ended_break", "listing"): _("%(who)s ended the break of the listing “%(title)s”."),
    ("reported", "listing"): _("A reader said that something is wrong in the listing “%(title)s”."),
    ("hid", "listing"): _("Several readers reported the listing “%(title)s”. It is hidden until somebody checks it."),
    ("answered", "listing"): _("%(who)s answered what readers said about the listing “%(title)s”."),
    ("showed_again", "listing"): _("Readers see the listing “%(title)s” again."),
    ("registered", "organization"): _("%(who)s registered the organization."),
    ("changed", "organization"): _("%(who)s changed the details of the organization: %(fields)s."),
    ("asked_for", "organizationchange"): _("%(who)s asked a moderator to accept a change: %(fields)s."),
    ("withdrew", "organizationchange"): _("%(who)s took the change that a moderator was asked for back."),
    ("changed_logo", "organization"): _("%(who)s changed the logo of the organization."),
    ("removed_logo", "organization"): _("%(who)s removed the logo of the organization."),
    ("asked_for_parent", "organization"): _("%(who)s asked that the organization belongs to another one."),
    ("accepted_branch", "organization"): _("%(who)s accepted a branch of the organization: %(name)s."),
    ("released_branch", "organization"): _("This no longer belongs to the organization: %(name)s."),
    ("left_parent", "organization"): _("%(who)s ended that the organization belongs to another one."),
    ("asked_to_join", "membership"): _("%(person)s asked to write for the organization."),
    ("took_request_back", "membership"): _("%(person)s took the request to join back."),
    ("accepted", "membership"): _("%(who)s let a person in: %(person)s."),
    ("declined", "membership"): _("%(who)s did not let a person in: %(person)s."),
    ("made_main_user", "membership"): _("%(who)s made a person main user: %(person)s."),
    ("made_editor", "membership"): _("%(who)s made a person editor: %(person)s."),
    ("handed_over", "membership"): _("%(who)s handed the organization over. The main user is now %(person)s."),
    ("stepped_down", "membership"): _("%(person)s is no longer main user, but editor."),
    ("removed", "membership"): _("%(who)s removed a person from the organization: %(person)s."),
    ("left", "membership"): _("%(person)s left the organization."),
    ("claimed", "membership"): _("%(person)s asked to become main user."),
    ("reminded", "membership"): _("The main users were reminded of a request to join: %(person)s."),
    ("passed_on", "membership"): _("Nobody answered a request to join. Now moderators can: %(person)s."),
    ("invited", "invitation"): _("%(who)s invited a person."),
    ("invited_again", "invitation"): _("%(who)s sent an invitation again."),
    ("withdrew", "invitation"): _("%(who)s took an invitation back."),
    ("accepted", "invitation"): _("%(who)s accepted an invitation."),
    ("declined", "invitation"): _("An invitation was not accepted."),
}

# Done by moderators, whose names are theirs
MODERATORS: dict[tuple[str, str], Any] = {
    ("published", "version"): _("%(who)s published the listing “%(title)s”."),
    ("returned", "version"): _("%(who)s sent the listing “%(title)s” back to be changed."),
    ("rejected", "version"): _("%(who)s did not accept the listing “%(title)s”."),
    ("reconsidered", "version"): _("%(who)s opened the decision on the listing “%(title)s” again."),
    ("took_down", "version"): _("%(who)s took the listing “%(title)s” away from readers."),
    ("dismissed", "listing"): _("%(who)s checked what readers said about the listing “%(title)s”. It stays."),
    ("kept", "version"): _("%(who)s checked the listing “%(title)s” again. It stays."),
    ("approved", "organization"): _("%(who)s approved the organization."),
    ("declined", "organization"): _("%(who)s did not approve the organization."),
    ("checked_register", "organization"): _("%(who)s looked the organization up in the business register."),
    ("suspended", "organization"): _("%(who)s hid the organization and its listings from readers."),
    ("reinstated", "organization"): _("%(who)s brought the organization and its listings back to readers."),
    ("trusted", "organization"): _("%(who)s decided that what the organization sends can be public at once."),
    ("distrusted", "organization"): _("%(who)s decided that all that the organization sends is checked before."),
    ("merged", "organization"): _("%(who)s joined another organization to this one: %(name)s."),
    ("accepted", "organizationchange"): _("%(who)s accepted the change of the organization’s name or kind."),
    ("declined", "organizationchange"): _("%(who)s did not accept the change of the organization’s name or kind."),
    ("accepted_claim", "membership"): _("%(who)s made an editor main user: %(person)s."),
    ("declined_claim", "membership"): _("%(who)s did not make an editor main user: %(person)s."),
}

# The outcome that a moderator's decision has, where one is kept beside the trace
OUTCOMES: dict[tuple[str, str], str] = {
    ("published", "version"): "published",
    ("returned", "version"): "returned",
    ("rejected", "version"): "rejected",
    ("reconsidered", "version"): "reconsidered",
    ("took_down", "version"): "taken_down",
    ("kept", "version"): "kept",
}

# Beside decisions, what the organization's people were told by mail
TOLD_BY_MAIL = frozenset({("reminded", "listing"), ("hid", "listing")})

# What tells the organization nothing: nothing changed, or another event tells it.
UNTOLD = frozenset({"saved_the_same", "opened_recheck", "renewed_recheck", "closed_recheck"})

OTHERWISE = _("%(who)s did something that has no words here yet.")

# What people call the answers, in the order in which they are told
FIELDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("title"), ("title",)),
    (_("texts"), ("summary", "easy_summary", "description")),
    (_("kind of activity"), ("forms", "aims")),
    (_("part of the portal"), ("section",)),
    (_("for whom"), ("audience", "target_groups", "childcare", "accessible")),
    (_("languages"), ("languages", "language_level", "language_support")),
    (_("price"), ("price_kind", "fee_amount", "fee_purpose")),
    (_("how one joins"), ("participation",)),
    (_("answers to the rules"), ("volunteering", "study", "statutory", "political", "religious")),
    (_("time"), ("schedule_kind", "weekdays", "dates", "starts", "ends", "first_date", "last_date", "exceptions")),
    (_("place"), ("location_mode", "municipalities", "venue", "address", "postal_code", "is_discreet")),
    (_("name"), ("name", "names")),
    (_("kind of organization"), ("kind",)),
    (_("register numbers"), ("business_id", "association_number")),
    (_("home municipality"), ("municipality",)),
    (_("website"), ("website",)),
    (_("logo"), ("logo", "logo_alt")),
    (_("contact"), ("welcome", "contact_name", "contact_email", "contact_phone", "contact_url")),
)
OTHER_FIELDS = _("other details")
