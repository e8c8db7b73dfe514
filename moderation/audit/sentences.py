"""What actions do beside what the activity log tells: with accounts, mails and re-checks, in words for the audit page.

A test goes through all actions and fails when one has a sentence neither here nor there.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

# (verb, noun) as in the audit
OTHERS: dict[tuple[str, str], Any] = {
    ("changed", "user"): _("%(who)s changed their account."),
    ("changed_powers", "user"): _("%(who)s changed what an account may do: %(account)s."),
    ("took_away_second_factor", "user"): _("%(who)s took the second step of signing in away: %(account)s."),
    ("ended_session", "user"): _("%(who)s signed out on another device."),
    ("ended_other_sessions", "user"): _("%(who)s signed out on all other devices."),
    ("signed_up", "user"): _("Somebody made an account: %(account)s."),
    ("changed_password", "user"): _("%(who)s changed the password."),
    ("reset_password", "user"): _("%(who)s set a new password by a link in a mail."),
    ("confirmed_address", "user"): _("%(who)s confirmed the e-mail address."),
    ("changed_address", "user"): _("%(who)s changed the e-mail address."),
    ("set_up_second_factor", "user"): _("%(who)s set up a way to show the second step of signing in."),
    ("removed_second_factor", "user"): _("%(who)s removed a way to show the second step of signing in."),
    ("used_recovery_code", "user"): _("%(who)s used a recovery code."),
    ("erased", "user"): _("%(who)s erased an account: %(account)s."),
    ("took_out_names", "user"): _("The name of an account was taken out of the log: %(account)s."),
    ("forgot_unverified", "user"): _("An account whose address nobody confirmed was deleted."),
    ("changed", "page"): _("%(who)s changed a page of the portal."),
    ("added", "page"): _("%(who)s added a page to the portal."),
    ("added", "synonym"): _("%(who)s added a synonym to the search."),
    ("changed", "synonym"): _("%(who)s changed a synonym of the search."),
    ("deleted", "synonym"): _("%(who)s deleted a synonym of the search."),
    ("queued_again", "email"): _("%(who)s sent a mail again."),
    ("changed_mail", "user"): _("%(who)s changed which mails they want."),
    ("stopped_mail", "user"): _("%(who)s stopped one kind of mail."),
    ("took_in_hand", "hold"): _("%(who)s took a case in hand."),
    ("gave_back", "hold"): _("%(who)s gave a case back to the queue."),
    ("changed_duty", "duty"): _("%(who)s changed their regions or their days away."),
    ("noted", "internalnote"): _("%(who)s wrote a note for other moderators."),
    ("told", "feedback"): _("Somebody gave feedback on accessibility."),
    ("answered", "feedback"): _("%(who)s answered feedback on accessibility."),
    ("saved_the_same", "version"): _("%(who)s saved the listing “%(title)s” without a change."),
    ("opened_recheck", "recheck"): _("A listing waits to be checked again."),
    ("renewed_recheck", "recheck"): _("Other rules find something in a listing that waits to be checked again."),
    ("closed_recheck", "recheck"): _("A listing no longer waits to be checked again."),
}
