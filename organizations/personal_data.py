"""The personal data of people, of their memberships and of organizations."""

from django.utils.translation import gettext_lazy as _

from portal.personal_data.held import DELETED, Held

HELD = (
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
        DELETED,
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
        DELETED,
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
)
