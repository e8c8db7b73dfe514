"""Says which personal data the portal keeps: what, why, how long, and what happens to it on erasure.

Four things are made from this list: the part of the page "Privacy" that names the data, the file of one's own data
(`organizations/privacy/my_data.py`), the erasure of an account (`organizations/actions/erasing.py`), and
`docs/personal-data.md`: `python -m portal.personal_data > docs/personal-data.md`. A guard among the tests fails when a
model has a field with personal data that does not stand here.
"""

import os
import sys
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Held:
    """The personal data of one model.

    `model` is `app.Model`, `fields` are the names of its fields. A row is a person's when one of the paths in
    `by_person` leads to their account, or one of the columns in `by_address` holds a verified address of theirs. The
    sentences are written to that person; in `how_long`, names of `settings.KEPT_DAYS` stand for days.
    """

    model: str
    title: str | Promise
    fields: tuple[str, ...]
    what: str | Promise
    why: str | Promise
    how_long: str | Promise
    on_erasure: str | Promise
    by_person: tuple[str, ...] = ()
    by_address: tuple[str, ...] = ()
    # Keys and the like: nobody is handed them, in no file.
    secret: tuple[str, ...] = ()
    # Relations to people that do not make the row theirs.
    others: tuple[str, ...] = ()
    # Written out by name in the file of one's own data.
    named: tuple[str, ...] = ()
    # On erasure the rows are deleted; or these fields emptied, in rows found by address if there is such a way.
    is_deleted: bool = False
    emptied: tuple[str, ...] = ()

    @property
    def period(self) -> str:
        """How long, with the days as they are set."""
        return str(self.how_long) % settings.KEPT_DAYS


# How often the person who signed in says the same of several tables.
_WITH_THE_ACCOUNT = _("As long as you have the account.")
_DELETED = _("Deleted.")

HELD: tuple[Held, ...] = (
    Held(
        "organizations.User",
        _("Your account"),
        (
            "email",
            "name",
            "password",
            "preferred_language",
            "unwanted_mail",
            "mail_rhythm",
            "last_login",
            "date_joined",
            "silence_warnings",
            "warned_at",
            "erased_at",
        ),
        _(
            "Your e-mail address, your name, your password in a form that nobody can read, the language of your "
            "mails, when you joined and when you signed in last. Also when we warned you that an unused account will "
            "be deleted."
        ),
        _("You sign in with it. We know who may act for an organization, and we write to you in your language."),
        _(
            "As long as you have the account. An account whose address nobody verifies is deleted after "
            "%(unverified_account)s days. An account that nobody uses is deleted after %(silent_account)s days; we "
            "write to you twice before."
        ),
        _(
            "The address and the name are deleted, and the password no longer works. A number stays that names nobody, "
            "because decisions and listings tell which account made them."
        ),
        by_person=("pk",),
        secret=("password",),
    ),
    Held(
        "organizations.User_groups",
        _("Groups of the administration"),
        ("user",),
        _("The groups of the administration to which your account belongs."),
        _("They give operators what they may do."),
        _("As long as your account is in the group."),
        _DELETED,
        by_person=("user",),
        is_deleted=True,
    ),
    Held(
        "organizations.User_user_permissions",
        _("Permissions in the administration"),
        ("user",),
        _("The permissions of the administration that your account has by itself."),
        _("They give operators what they may do."),
        _("As long as your account has the permission."),
        _DELETED,
        by_person=("user",),
        is_deleted=True,
    ),
    Held(
        "organizations.Membership",
        _("Your organizations"),
        ("user", "message", "claim", "claimed_at"),
        _(
            "The organizations for which you may act, your role in them, and what you wrote when you asked to join "
            "or to become main user."
        ),
        _("We know who may act for the organization. Its main users or a moderator decide whom to let in."),
        _(
            "As long as you have the account. What you wrote is deleted %(answered_request)s days after you are no "
            "longer in the organization."
        ),
        _("You are taken out of the organizations, and what you wrote is deleted."),
        by_person=("user",),
        named=("organization",),
        emptied=("message", "claim"),
    ),
    Held(
        "organizations.Invitation",
        _("Invitations"),
        ("email", "digest", "invited_by", "accepted_by"),
        _(
            "The e-mail address to which an organization sent an invitation, a trace of the key in the mail, who "
            "invited and who accepted."
        ),
        _("The organization can invite you, and the link in the mail works once."),
        _("Until %(answered_request)s days have gone since the invitation was sent."),
        _("Invitations to your address are deleted. Those that you sent stay, under a number that names nobody."),
        by_person=("accepted_by",),
        by_address=("email",),
        secret=("digest",),
        others=("invited_by",),
        named=("organization",),
        is_deleted=True,
    ),
    Held(
        "organizations.OrganizationChange",
        _("Changes of an organization’s name or kind"),
        ("names", "reason", "asked_by", "decided_by", "message"),
        _("Who asked for a new name or kind, the reason, who decided, and what the moderator wrote."),
        _("A moderator decides about the change, and the decision can be explained later."),
        _("As long as the organization is kept."),
        _("Stays, under a number that names nobody: it belongs to the organization."),
        by_person=("asked_by", "decided_by"),
        named=("organization",),
    ),
    Held(
        "organizations.Organization",
        _("The contact of an organization"),
        ("contact_name", "contact_email", "contact_phone"),
        _("Whom moderators can ask: a name or role, an e-mail address, a phone number. Readers do not see it."),
        _("Moderators can ask before they decide."),
        _("As long as the organization is kept. Its main users can change it."),
        _("Deleted where the address is yours."),
        by_address=("contact_email",),
        emptied=("contact_name", "contact_email", "contact_phone"),
    ),
    Held(
        "listings.Version",
        _("Listings that you wrote, and the contact in them"),
        ("author", "contact_name", "contact_email", "contact_phone", "contact_url", "explanations"),
        _(
            "Which account wrote the listing, and what it explained to the moderator. The contact that readers see: "
            "a name or role, an e-mail address, a phone number, a page."
        ),
        _("Readers can ask before they come. The decision reaches whoever wrote."),
        _("As long as the listing is kept. Earlier versions show what was decided."),
        _(
            "The listing stays: it belongs to the organization. Your account becomes a number that names nobody. A "
            "contact with your address is deleted. If your name stands beside another address, ask the organization "
            "to change it."
        ),
        by_person=("author",),
        by_address=("contact_email",),
        emptied=("contact_name", "contact_email", "contact_phone"),
    ),
    Held(
        "listings.BrokenLink",
        _("Links that do not work"),
        ("url", "first_seen_at", "last_seen_at"),
        _("An address in a listing that you wrote where nothing was found, and since when. It may be your own page."),
        _("The organization hears of it and can change it."),
        _("Until the address answers again, or is changed: we look every week."),
        _("Stays until then: the address is part of the listing."),
        by_person=("listing__versions__author",),
        named=("listing",),
    ),
    Held(
        "listings.Report",
        _("What readers report"),
        ("reason", "words", "reader_email", "sender", "sender_today", "closed_by", "reply"),
        _(
            "What a reader says is wrong with a listing, and an e-mail address if the reader wants an answer. Two "
            "marks that tell one network from another and name nobody; the IP address is not stored. Who answered, "
            "and what."
        ),
        _("Mistakes are mended, readers get an answer, and one person cannot pose as many."),
        _("The address until the answer is sent, everything at most %(report)s days. One mark goes after two days."),
        _("Your address is deleted. Answers that you gave stay, under a number that names nobody."),
        by_person=("closed_by",),
        by_address=("reader_email",),
        secret=("sender", "sender_today"),
        emptied=("reader_email",),
    ),
    Held(
        "listings.Remark",
        _("Messages between organizations and moderators"),
        ("author", "text"),
        _("What you wrote about a listing to the other side while it was being checked, and when."),
        _("Questions are answered before a decision, and what was agreed can be read later."),
        _("As long as the listing is kept. Only its organization and the moderators see them."),
        _("Stays, under a number that names nobody: the other side has a right to what it was told."),
        by_person=("author",),
    ),
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
        _DELETED,
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
        _DELETED,
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
        _DELETED,
        by_person=("moderator",),
        others=("stand_in",),
        is_deleted=True,
    ),
    Held(
        "portal.AuditEvent",
        _("The log of actions"),
        ("actor_id", "actor_label", "details", "salt"),
        _("Who did what, and when: the number and name of the account, and what was done."),
        _("We can look into misuse and faults, and show that decisions were made as they should be."),
        _("As long as it is needed for that."),
        _(
            "What was done stays, under a number that names nobody. Your name and address are taken out. We need the "
            "log to answer for our decisions (GDPR, Article 17(3)(b))."
        ),
        by_person=("actor_id",),
        secret=("salt",),
    ),
    Held(
        "account.EmailAddress",
        _("Your e-mail addresses"),
        ("user", "email"),
        _("The addresses of your account, and whether each has been verified."),
        _("You sign in with them, and mails reach the right person."),
        _WITH_THE_ACCOUNT,
        _DELETED,
        by_person=("user",),
        is_deleted=True,
    ),
    Held(
        "account.EmailConfirmation",
        _("Keys that verify an address"),
        ("email_address", "key"),
        _(
            "A key that verifies an address. The portal signs its keys and keeps none, so there is usually nothing "
            "here."
        ),
        _("An address can be verified."),
        _("Three days."),
        _DELETED,
        by_person=("email_address__user",),
        secret=("key",),
        is_deleted=True,
    ),
    Held(
        "post_office.Log",
        _("Answers of mail servers"),
        ("message",),
        _("What a mail server answered. It may repeat your address."),
        _("We can find out why a mail did not arrive."),
        _("As long as the mail itself: %(mail)s days."),
        _DELETED,
        by_address=("email__to",),
        is_deleted=True,
    ),
    Held(
        "portal.DigestItem",
        _("What waits for your daily mail"),
        ("recipient", "subject", "text", "url"),
        _("The messages that go into your next daily mail, and those that went into earlier ones."),
        _("You get one mail a day instead of many, because you chose so."),
        _("%(mail)s days after they were sent."),
        _DELETED,
        by_person=("recipient",),
        is_deleted=True,
    ),
    Held(
        "portal.Feedback",
        _("Feedback on accessibility"),
        ("words", "email", "sender_today", "answer", "answered_by"),
        _(
            "What you wrote about accessibility, and your e-mail address if you want an answer. A mark that tells one "
            "network from another and names nobody; the IP address is not stored. Who answered, and what."
        ),
        _("Faults of the portal are mended, and you get an answer."),
        _("The address until the answer is sent, everything at most %(report)s days. One mark goes after two days."),
        _("Your address is deleted. Answers that you gave stay, under a number that names nobody."),
        by_person=("answered_by",),
        by_address=("email",),
        secret=("sender_today",),
        emptied=("email",),
    ),
    Held(
        "post_office.Email",
        _("Mails from the portal"),
        ("from_email", "to", "cc", "bcc", "subject", "message", "html_message", "headers", "context"),
        _("Each mail that the portal sends you: the address and the text."),
        _("No mail is lost when a server fails, and we can see whether one was sent."),
        _("%(mail)s days."),
        _("Deleted. The mail that tells you of the erasure stays as long as other mails do."),
        by_address=("to",),
        is_deleted=True,
    ),
    Held(
        "mfa.Authenticator",
        _("Your second factor"),
        ("user", "data", "last_used_at"),
        _("What proves at sign-in that it is you: the key of a code program or of a security key, recovery codes."),
        _("Nobody can sign in as you with the password alone."),
        _("Until you take it out of use."),
        _DELETED,
        by_person=("user",),
        secret=("data",),
        is_deleted=True,
    ),
    Held(
        "usersessions.UserSession",
        _("Where you are signed in"),
        ("user", "ip", "user_agent", "last_seen_at", "session_key", "data"),
        _("The IP address and the browser of each sign-in, and when it was used last."),
        _("You see where you are signed in, and can sign out everywhere."),
        _("%(ip_address)s days after it was used last, at most."),
        _DELETED,
        by_person=("user",),
        secret=("session_key",),
        is_deleted=True,
    ),
    Held(
        "sessions.Session",
        _("That you are signed in"),
        ("session_key", "session_data"),
        _("Which account is signed in, in one browser."),
        _("You stay signed in. Readers have no such row."),
        _("14 days at most."),
        _DELETED,
        by_person=("session_data",),
        secret=("session_key", "session_data"),
        is_deleted=True,
    ),
    Held(
        "admin.LogEntry",
        _("The log of the administration"),
        ("user", "object_repr", "change_message"),
        _("What an operator changed in the administration."),
        _("We can see who changed an account or a page."),
        _("As long as the log of actions."),
        _("Stays, under a number that names nobody."),
        by_person=("user",),
    ),
)

_HEAD = """# Personal data

Which personal data the portal keeps, table by table. The list is `portal/personal_data.py`; this page is written from
it with `python -m portal.personal_data > docs/personal-data.md`, and a test holds the two together. People read the
same on the page "Privacy" of the portal, in its languages. The sentences are written to the person whose data they are.

Readers have no account and no cookie, and no row in any table but what they report themselves. Nothing is stored about
the clients of caseworkers. While one writes a listing, the browser keeps the address of the page until the tab is
closed (htmx, in `sessionStorage`).

People download their data and delete their account under "My account"; an operator can delete an account in the
administration. `organizations/privacy/retention.py` keeps the periods, every day; the days below are the defaults, and
`docs/operating.md` names the settings. `listings/forgetting.py` keeps the period of what readers report.
"""


def as_markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    parts += [
        f"## {one.model}\n\n"
        f"- Fields: {', '.join(f'`{name}`' for name in one.fields)}\n"
        f"- What: {one.what}\n"
        f"- Why: {one.why}\n"
        f"- How long: {one.period}\n"
        f"- On erasure: {one.on_erasure}\n"
        for one in HELD
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    import django
    from django.utils.translation import override

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    with override("en"):
        sys.stdout.write(as_markdown())
