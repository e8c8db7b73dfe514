"""The personal data of signing in: addresses, keys, sessions, and what operators changed by hand."""

from django.utils.translation import gettext_lazy as _

from portal.personal_data.held import DELETED, WITH_THE_ACCOUNT, Held

HELD = (
    Held(
        "account.EmailAddress",
        _("Your e-mail addresses"),
        ("user", "email"),
        _("The addresses of your account, and whether each has been verified."),
        _("You sign in with them, and mails reach the right person."),
        WITH_THE_ACCOUNT,
        DELETED,
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
        DELETED,
        by_person=("email_address__user",),
        secret=("key",),
        is_deleted=True,
    ),
    Held(
        "mfa.Authenticator",
        _("Your second factor"),
        ("user", "data", "last_used_at"),
        _("What proves at sign-in that it is you: the key of a code program or of a security key, recovery codes."),
        _("Nobody can sign in as you with the password alone."),
        _("Until you take it out of use."),
        DELETED,
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
        DELETED,
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
        DELETED,
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
