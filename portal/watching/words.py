"""What the operators' page says about each part: what it is, that it is well, and what to do when it is not."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

STATES: dict[str, tuple[str, Words]] = {
    "ok": ("ok", _("Well")),
    "degraded": ("look", _("Needs a look")),
    "down": ("stop", _("Does not work")),
    "unknown": ("look", _("Not known")),
}

# name: what it is; what is so when it is well; what to do when it is not
PARTS: dict[str, tuple[Words, Words, Words]] = {
    "database": (
        _("Database"),
        _("It answers."),
        _(
            "A database does not answer. Readers are served by another one, as long as there is one. Start it again, "
            "or ask whoever looks after the server."
        ),
    ),
    "cache": (
        _("Redis"),
        _("It answers, or the portal works without it."),
        _("Redis does not answer. Readers notice nothing, but mail and tasks wait. Start it again; nothing is lost."),
    ),
    "queue": (
        _("Tasks that wait"),
        _("Workers take them as they come."),
        _("Many tasks wait, or Redis does not answer. See whether the workers run."),
    ),
    "index": (
        _("The search"),
        _("Its index fits this release."),
        _("Another release has made the index, so searches find less. Run the command rebuild_search."),
    ),
    "mail": (
        _("Mails"),
        _("It goes out within minutes."),
        _("A mail has waited for more than a quarter of an hour. The page “Mails” says why."),
    ),
    "clock": (
        _("What happens by the clock"),
        _("Each task was done when it should have been."),
        _("Some tasks were not done in time, or failed. See the list below, and whether beat and the workers run."),
    ),
    "answers": (
        _("Answers by moderators"),
        _("Nobody waits longer than promised."),
        _("People wait longer than they were promised. See who looks after the region and who is away."),
    ),
    "backup": (
        _("Backups"),
        _("The newest one is young enough."),
        _("The newest backup is too old, or there is none. Make one, and see why it was not made by itself."),
    ),
}
NO_CLOCK = _("Nothing happens by the clock, because there is no Redis. That will do to try the portal, not to run it.")
BACKUPS_NOT_SEEN = _("No folder of backups is named (BACKUP_FOLDER), so nobody can see here whether there are any.")

# By their names in `portal/by_the_clock.py`; one that is not here shows under its name.
TASKS: dict[str, Words] = {
    "send-waiting-mail": _("Send mail that waits"),
    "take-bounces": _("Read which mails came back"),
    "send-digests": _("Send the daily mails"),
    "forget-old-mail": _("Delete old mails"),
    "remind-of-waiting-requests": _("Remind of requests to join"),
    "remind-of-listings-to-confirm": _("Remind of listings to confirm"),
    "forget-old-holds": _("Give back cases that nobody works on"),
    "remind-of-waiting-cases": _("Remind moderators of cases that wait"),
    "check-invariants": _("Check what must always be true"),
    "check-links": _("Check links on public pages"),
    "rebuild-search": _("Make the search index anew"),
    "forget-old-sessions": _("Delete old sessions"),
    "forget-old-data": _("Delete personal data that is over its time"),
    "forget-old-reports": _("Delete old reports"),
    "forget-old-feedback": _("Delete old feedback"),
    "remind-of-feedback": _("Remind of feedback to answer"),
    "seal-audit": _("Seal the log of actions"),
    "publish-audit-head": _("Publish the last seal of the log of actions"),
}
