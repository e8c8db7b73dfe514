"""Says which personal data the portal keeps: what, why, how long, and what happens to it on erasure.

`docs/personal-data.md` is this list for people: `python -m portal.personal_data > docs/personal-data.md`.
A guard among the tests fails when a model has a field with personal data that does not stand here.
"""

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """The personal data of one model. `model` is `app.Model`, `fields` are the names of its fields."""

    model: str
    fields: tuple[str, ...]
    what: str
    why: str
    how_long: str
    on_erasure: str


HELD: tuple[Held, ...] = (
    Held(
        "organizations.User",
        (
            "email",
            "name",
            "password",
            "preferred_language",
            "last_login",
            "date_joined",
        ),
        "The account of somebody who writes for an organization, moderates or operates: e-mail address, name, "
        "a hash of the password, the language of their mails, when they signed in last and when they joined.",
        "To sign in, to know who may act for an organization, to write to them in their language.",
        "As long as the account exists. An account is closed, not deleted, because decisions name their author.",
        "Address and name are replaced by ones that name nobody, the password is made unusable, the account is closed.",
    ),
    Held(
        "organizations.User_groups",
        ("user",),
        "The groups of the administration to which an account belongs.",
        "To give operators what they may do.",
        "As long as the account has the group.",
        "Removed.",
    ),
    Held(
        "organizations.User_user_permissions",
        ("user",),
        "The permissions of the administration that an account has by itself.",
        "To give operators what they may do.",
        "As long as the account has the permission.",
        "Removed.",
    ),
    Held(
        "organizations.Membership",
        ("user", "message"),
        "Who belongs to an organization and as what, and what they wrote when they asked to be let in.",
        "To know who may act for the organization; so that its main user can decide whom to let in.",
        "As long as the account exists; whoever is removed keeps a row that says so.",
        "The state becomes removed and the message empty.",
    ),
    Held(
        "organizations.Organization",
        ("contact_name", "contact_email", "contact_phone"),
        "Whom moderators can ask about the organization: a name or role, an e-mail address, a phone number. "
        "Not shown to readers.",
        "So that moderators can ask before they decide.",
        "As long as the organization is listed; its main users change it.",
        "Emptied, or replaced by another contact of the organization.",
    ),
    Held(
        "listings.Version",
        ("author", "contact_name", "contact_email", "contact_phone", "contact_url", "explanations"),
        "Whom readers can ask about an activity: a name or role, an e-mail address, a phone number, a page. Public. "
        "And which account wrote the version, and what it explained to the moderator, which readers do not see.",
        "So that people can ask before they come; so that a decision reaches whoever wrote, and is made knowing why.",
        "As long as the listing is kept. Earlier versions are kept to show what was decided.",
        "Contact and explanations are emptied in all versions. The author stays as an account that names nobody.",
    ),
    Held(
        "moderation.Decision",
        ("moderator", "message"),
        "Which moderator decided, and what they wrote to the author.",
        "To give reasons for a decision, and to look into it later.",
        "As long as the listing or organization is kept: a decision is never changed.",
        "The moderator stays as an account that names nobody. The message stays.",
    ),
    Held(
        "portal.AuditEvent",
        ("actor_id", "actor_label", "details"),
        "Who did what to what, and when: the number and name of the account, and what was done.",
        "To look into misuse and faults, and to show that decisions were made as they should be.",
        "As long as needed for that; the operator decides on a period. An event is never changed.",
        "Stays: the operator needs it to answer for its decisions (GDPR, Article 17(3)(b)).",
    ),
    Held(
        "account.EmailAddress",
        ("user", "email"),
        "The addresses of an account and whether each has been verified.",
        "To sign in, and to be sure that mails reach the right person.",
        "As long as the account exists.",
        "Deleted.",
    ),
    Held(
        "account.EmailConfirmation",
        ("email_address", "key"),
        "A key that verifies an address.",
        "To verify an address.",
        "Three days; the portal signs its keys and stores none, so that the table is empty.",
        "Deleted with the address.",
    ),
    Held(
        "post_office.Email",
        ("from_email", "to", "cc", "bcc", "subject", "message", "html_message", "headers", "context"),
        "Each mail that the portal sends: to whom, and its text.",
        "So that no mail is lost when a server fails, and to see whether one was sent.",
        "90 days; beat deletes older ones every day.",
        "Mails to the address are deleted.",
    ),
    Held(
        "post_office.Log",
        ("message",),
        "What a mail server answered; it may repeat an address.",
        "To find out why a mail did not arrive.",
        "As long as the mail itself.",
        "Deleted with the mail.",
    ),
    Held(
        "sessions.Session",
        ("session_data",),
        "Which account is signed in, in one browser.",
        "To keep a person signed in. Readers have none.",
        "14 days at most; beat deletes the old ones every day.",
        "Deleted.",
    ),
    Held(
        "admin.LogEntry",
        ("user", "object_repr", "change_message"),
        "What an operator changed in the administration.",
        "To see who changed an account or a page.",
        "As long as the audit events.",
        "Stays, with an account that names nobody.",
    ),
)

_HEAD = """# Personal data

Which personal data the portal keeps, table by table. The list is `portal/personal_data.py`; this page is written from
it with `python -m portal.personal_data > docs/personal-data.md`, and a test holds the two together. The notice for
people is the page "Privacy" in the portal.

Readers have no account, no cookie and no row in any table. Nothing is stored about the clients of caseworkers.

There is no button for erasure yet. What stands under "On erasure" is what the operator does on request.
"""


def as_markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    parts += [
        f"## {one.model}\n\n"
        f"- Fields: {', '.join(f'`{name}`' for name in one.fields)}\n"
        f"- What: {one.what}\n"
        f"- Why: {one.why}\n"
        f"- How long: {one.how_long}\n"
        f"- On erasure: {one.on_erasure}\n"
        for one in HELD
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
