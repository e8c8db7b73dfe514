"""The personal data of the audit trail, of mails and of feedback."""

from django.utils.translation import gettext_lazy as _

from portal.personal_data.held import DELETED, Held

HELD = (
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
        "post_office.Log",
        _("Answers of mail servers"),
        ("message",),
        _("What a mail server answered. It may repeat your address."),
        _("We can find out why a mail did not arrive."),
        _("As long as the mail itself: %(mail)s days."),
        DELETED,
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
        DELETED,
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
)
