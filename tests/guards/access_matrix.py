"""Who may open what: every address with the answer for each role. Data; the guard is `test_access.py`.

An answer is a status, or one of these words:

- `in`: on to the page where one signs in
- `go`: on to another page; nothing was done
- `did`: on to another page, and the database has changed
- `told`: on to another page with a message; nothing was done, for a reason that the message gives
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from time import time
from typing import Any

from django.utils import timezone

from listings.confirming import ConfirmationLink
from listings.models import Version
from portal.mail.unsubscribing import Unsubscription
from portal.open_forms import form_token
from tests.factories import PASSWORD
from tests.guards.world import LIKE_NOBODY, ROLES, TWINS, Home, World

Row = dict[str, str]


def row(answers: str) -> Row:
    """The answers by role, in the order of `ROLES`. Whoever was a member, or is invited, is a stranger like anybody."""
    roles = [role for role in ROLES if role not in LIKE_NOBODY]
    found = dict(zip(roles, answers.split(), strict=True))
    return found | dict.fromkeys(LIKE_NOBODY, found["nobody"])


#                  anonymous nobody asked editor main_user stranger declined suspended moderator operator
EVERYBODY = row("  200       200    200   200    200       200      200      200       200       200")
IF_PUBLIC = row("  200       200    200   200    200       200      404      404       200       200")
ONWARDS = row("    go        go     go    go     go        go       go       go        go        go")
SIGNED_IN = row("  in        200    200   200    200       200      200      200       200       200")
SIGNED_OUT = row(" 200       go     go    go     go        go       go       go        go        go")
# On to the desk of the only organization
ONLY_ONE = row("   in        200    200   go     go        go       go       go        200       200")
WRITERS = row("    in        404    404   200    200       404      404      200       404       404")
MEMBERS = row("    in        404    404   200    200       404      200      200       404       404")
MAIN_USERS = row(" in        404    404   404    200       404      200      200       404       404")
MODERATORS = row(" in        404    404   404    404       404      404      404       200       404")
OVERSEERS = row("  in        404    404   404    404       404      404      404       200       200")
NOT_THERE = row(" 404       404    404   404    404       404      404      404       404       404")
# What can only be posted is not there to be looked at
NOBODY = row("     405       405    405   405    405       405      405      405       405       405")
POST_ONLY = row("  in        405    405   405    405       405      405      405       405       405")
POST_ONLY_M = row("in        404    404   404    404       404      404      404       405       404")
GET_ONLY_M = POST_ONLY_M
GET_ONLY_O = row(" in        404    404   404    404       404      404      404       405       405")
OPERATORS = row(" in        404    404   404    404       404      404      404       404       200")
POST_ONLY_O = row("in        404    404   404    404       404      404      404       404       405")
# What is done by posting
ALL_DO = row("     in        did    did   did    did       did      did      did       did       did")
WRITERS_DO = row(" in        404    404   did    did       404      404      did       404       404")
MAIN_USERS_DO = row("in      404    404   404    did       404      did      did       404       404")
MODERATORS_DO = row("in      404    404   404    404       404      404      404       did       404")
OPERATORS_DO = row("in       404    404   404    404       404      404      404       404       did")
EVERYBODY_DOES = row("did    did    did   did    did       did      did      did       did       did")
# Refused: the only main user of an organization with others, and the last operator
ERASED = row("     in        did    did   did    told      told     did      told      did       told")
# The page again, with more in its form
TEXTS = row("      in        404    404   404    404       404      404      404       200       404")
# Without anything ticked
TICKED = row("     in        404    404   told   told      404      404      told      404       404")
REPORT = row("     did       did    did   did    did       did      404      404       did       did")
SUBMIT = row("     in        404    404   did    did       404      404      told      404       404")
SIGN_OUT = row("   go        told  told  told   told     told    told     told      told      told")
AGAIN = row("      in        go     go    go     go        go       go       go        go        go")
TOLD = row("       in        told   told  told   told      told     told     told      told      told")
ASK = row("        in        did    told  told   told      did      404      told      did       did")
# People of organizations
JOINABLE = row("   in        200    200   200    200       200      404      200      200       200")
PEOPLE = row("     in        404    404   200    200       404      200      200      200       404")
ANSWER = row("     in        404    404   404    did       404      did      did      told      404")
INVITE = row("     in        404    404   404    did       404      422      did      404       404")
SEND_AGAIN = row(" in        404    404   404    did       404      told     did      404       404")
WHILE_OPEN = row(" in        404    404   404    did       404      told     did      404       404")
WHILE_SHOWN = row("in        404    404   404    did       404      told     told     404       404")
HAND_OVER = row("  in        404    404   told   did       404      did      did      404       404")
LAST_ONE = row("   in        404    404   told   told      404      told     told     404       404")
LEAVE = row("      in        404    did   did    told      404      told     told     404       404")
# The link of a mail: it is its recipient's, whoever opens it
WITH_LINK = row("  200       200    200   200    200       200      410      410      200       200")
CONFIRM = row("    did       did    did   did    did       did      go       go       did       did")
WITH_KEY = row("   200       200    200   200    200       200      410      200      200       200")
ACCEPT = row("     in        did    did   told   told      did      told     told     did       did")
DECLINE = row("    did       did    did   did    did       did      told     did      did       did")


IN_A_MONTH = (timezone.localdate() + timedelta(days=30)).isoformat()


def _link(world: World, home: Home) -> tuple[str]:
    """The key in the mail that reminds the editor."""
    version = home.version("running out")
    assert version.listing.confirmed_on is not None
    return (ConfirmationLink(version.listing, home.editor, version.pk, version.listing.confirmed_on).key,)


def _listing(kind: str, *more: str) -> Callable[[World, Home], tuple[Any, ...]]:
    return lambda world, home: (home.version(kind).listing_id, *more)


# What stands in an address
ARGUMENTS: dict[str, Callable[[World, Home], tuple[Any, ...]]] = {
    "": lambda world, home: (),
    "organization": lambda world, home: (home.organization.pk,),
    "organization slug": lambda world, home: (home.organization.slug,),
    "waiting organization": lambda world, home: (world.waiting.organization.pk,),
    "request": lambda world, home: (home.request.pk,),
    "member": lambda world, home: (home.organization.memberships.get(user=home.editor).pk,),
    "second main user": lambda world, home: (home.organization.memberships.get(user=home.deputy).pk,),
    "invitation": lambda world, home: (home.invitation.pk,),
    "invitation's key": lambda world, home: (home.invitation.key,),
    "change": lambda world, home: (home.change.pk,),
    "organization with a logo": lambda world, home: (home.with_logo.pk,),
    "logo": lambda world, home: (home.with_logo.logo.name.removeprefix("logos/").removesuffix(".webp"),),
    "organization and another": lambda world, home: (home.organization.pk, world.other.organization.pk),
    "organization and its parent": lambda world, home: (home.organization.pk, home.parent.pk),
    "organization and its branch": lambda world, home: (home.organization.pk, home.asking_branch.pk),
    "suspended organization": lambda world, home: (world.suspended.organization.pk,),
    "claim": lambda world, home: (world.orphaned.claim.pk,),
    "draft": _listing("draft"),
    "draft's step": _listing("draft", "what"),
    "worrying draft": _listing("worrying draft"),
    "submitted": _listing("submitted"),
    "published": _listing("published"),
    "rejected listing": _listing("rejected"),
    "withdrawn": _listing("withdrawn"),
    "published slug": lambda world, home: (home.version("published").listing.slug,),
    "paused listing": _listing("paused"),
    "meeting": lambda world, home: (home.version("published").listing.sessions.first().pk,),
    "cancelled meeting": lambda world, home: (
        home.version("with a cancelled meeting").listing.sessions.get(cancelled_at__isnull=False).pk,
    ),
    "link's key": _link,
    "unsubscribing key": lambda world, home: (Unsubscription(home.editor.pk, "listing_kept").key,),
    "theme": lambda world, home: ("dark",),
    "feedback": lambda world, home: (world.feedback.pk,),
    "failed mail": lambda world, home: (world.failed_mail.pk,),
    "mail and language": lambda world, home: ("listings_to_confirm", "sv"),
    "report": lambda world, home: (home.report("reported").pk,),
    "report to moderators": lambda world, home: (home.report("accused").pk,),
    "recheck": lambda world, home: (home.recheck().pk,),
    "sample": lambda world, home: (home.sample().pk,),
    "month": lambda world, home: (home.last_month,),
    "waiting case": lambda world, home: (home.version("submitted"), ())[1],
    "case": lambda world, home: ("version", home.version("submitted").pk),
    "case in hand": lambda world, home: world.in_hand(home),
    "saved view": lambda world, home: (world.saved_view.pk,),
    "twins": lambda world, home: (home.version("first twin"), home.version("second twin"), ())[2],
    "submitted version": lambda world, home: (home.version("submitted").pk,),
    "rejected version": lambda world, home: (home.version("rejected").pk,),
    "operator's page": lambda world, home: ("about",),
    "part of the sitemap": lambda world, home: ("listings",),
    "rule's code": lambda world, home: ("no-referral",),
    "mail's key": lambda world, home: ("never-sent",),
    "reset key": lambda world, home: ("1", "never-sent"),
    # Those of others are tested with the accounts
    "nobody's session": lambda world, home: (0,),
    "nobody's key": lambda world, home: (0,),
}


@dataclass(frozen=True)
class Address:
    """One address: what stands in it, and the answers to GET and POST. `data` is what is posted."""

    get: Row
    post: Row
    what: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    is_page: bool = True  # else it is read by programs: a feed, a calendar


@dataclass(frozen=True)
class _Twin:
    """The number of one of two listings that are alike, looked up when it is posted."""

    place: int

    def __str__(self) -> str:
        return str(Version.objects.filter(venue__startswith=TWINS).order_by("pk")[self.place].pk)


class _OpenedAMinuteAgo:
    """The signed time in a reader's form, made when it is posted."""

    def __str__(self) -> str:
        return form_token(time() - 60)


_REPORT = {"reason": "over", "words": "Ovi oli kiinni.", "token": _OpenedAMinuteAgo()}
_FEEDBACK = {"words": "Teksti on liian vaaleaa.", "token": _OpenedAMinuteAgo()}
_TWINS = {"version": [_Twin(0), _Twin(1)]}
_REASON = {"reasons": ["no-referral"], "message": "Kerro tarkemmin."}
_TRUST_REASON = {"trust-message": "Ilmoitukset ovat olleet kunnossa."}
_NEW_ORGANIZATION = {
    "kind": "association",
    "name_fi": "Aivan muunniminen kylätalo ry",
    "municipality": "Rauma",
    "contact_email": "kylatalo@example.org",
}

MATRIX: dict[str, Address] = {
    # Readers
    "choose_language": Address(EVERYBODY, NOBODY),
    "pictures": Address(EVERYBODY, NOBODY),
    "start": Address(EVERYBODY, NOBODY),
    "rules": Address(EVERYBODY, NOBODY),
    "rule": Address(EVERYBODY, NOBODY, "rule's code"),
    "rules_organizations": Address(EVERYBODY, NOBODY),
    "rules_forms": Address(EVERYBODY, NOBODY),
    "listing_list": Address(EVERYBODY, NOBODY),
    "professional_list": Address(EVERYBODY, NOBODY),
    "listing_week": Address(EVERYBODY, NOBODY),
    "professional_week": Address(EVERYBODY, NOBODY),
    "listing_map": Address(EVERYBODY, NOBODY),
    "professional_map": Address(EVERYBODY, NOBODY),
    "listing_detail": Address(IF_PUBLIC, NOBODY, "published slug"),
    "organization_detail": Address(IF_PUBLIC, NOBODY, "organization slug"),
    "listing_report": Address(IF_PUBLIC, REPORT, "published slug", _REPORT),
    "report_thanks": Address(EVERYBODY, NOBODY),
    "page": Address(EVERYBODY, NOBODY, "operator's page"),
    "feedback": Address(EVERYBODY, EVERYBODY_DOES, data=_FEEDBACK),
    "feedback_thanks": Address(EVERYBODY, NOBODY),
    "decision_reports": Address(EVERYBODY, NOBODY),
    "decision_report": Address(EVERYBODY, NOBODY, "month"),
    # Programs of readers
    "decision_report_csv": Address(EVERYBODY, NOBODY, "month", is_page=False),
    "suggest": Address(EVERYBODY, NOBODY, is_page=False),
    "professional_suggest": Address(EVERYBODY, NOBODY, is_page=False),
    "listing_list_feed": Address(EVERYBODY, NOBODY, is_page=False),
    "listing_list_calendar": Address(EVERYBODY, NOBODY, is_page=False),
    "professional_list_feed": Address(EVERYBODY, NOBODY, is_page=False),
    "professional_list_calendar": Address(EVERYBODY, NOBODY, is_page=False),
    "listing_feed": Address(IF_PUBLIC, NOBODY, "published slug", is_page=False),
    "listing_calendar": Address(IF_PUBLIC, NOBODY, "published slug", is_page=False),
    "organization_feed": Address(IF_PUBLIC, NOBODY, "organization slug", is_page=False),
    "organization_calendar": Address(IF_PUBLIC, NOBODY, "organization slug", is_page=False),
    "logo": Address(EVERYBODY, NOBODY, "logo", is_page=False),
    "sitemap": Address(EVERYBODY, NOBODY, is_page=False),
    "sitemap_section": Address(EVERYBODY, NOBODY, "part of the sitemap", is_page=False),
    "robots": Address(EVERYBODY, NOBODY, is_page=False),
    "security_txt": Address(EVERYBODY, NOBODY, is_page=False),
    # Organizations and accounts
    "organization_register": Address(SIGNED_IN, ALL_DO, data=_NEW_ORGANIZATION),
    "organization_find": Address(SIGNED_IN, POST_ONLY),
    "organization_ask_to_join": Address(JOINABLE, ASK, "organization", {"message": "Ohjaan kielikahvilaa."}),
    "organization_people": Address(PEOPLE, POST_ONLY, "organization"),
    "organization_invite": Address(
        POST_ONLY, INVITE, "organization", {"email": "kutsuttu@example.org", "role": "main_user"}
    ),
    "organization_step_down": Address(POST_ONLY, LAST_ONE, "organization"),
    "organization_leave": Address(POST_ONLY, LEAVE | {"former": "told"}, "organization"),
    "organization_claim": Address(POST_ONLY, LAST_ONE, "organization", {"claim": "Hallitus valitsi minut."}),
    "membership_make_main_user": Address(POST_ONLY, MAIN_USERS_DO, "member"),
    "membership_make_editor": Address(POST_ONLY, MAIN_USERS_DO, "second main user"),
    "membership_hand_over": Address(POST_ONLY, HAND_OVER, "member"),
    "membership_remove": Address(POST_ONLY, MAIN_USERS_DO, "member"),
    "invitation_send_again": Address(POST_ONLY, SEND_AGAIN, "invitation"),
    "invitation_withdraw": Address(POST_ONLY, MAIN_USERS_DO, "invitation"),
    "invitation": Address(WITH_KEY, NOBODY, "invitation's key"),
    "invitation_accept": Address(NOBODY, ACCEPT, "invitation's key"),
    "invitation_decline": Address(NOBODY, DECLINE, "invitation's key"),
    "invitation_sign_up": Address(NOBODY, ONWARDS, "invitation's key"),
    "organization_edit": Address(MAIN_USERS, MAIN_USERS_DO, "organization", _NEW_ORGANIZATION),
    "organization_change_withdraw": Address(POST_ONLY, MAIN_USERS_DO, "change"),
    "organization_logo": Address(POST_ONLY, WHILE_OPEN, "organization with a logo", {"logo_alt": "Ovi"}),
    "organization_logo_remove": Address(POST_ONLY, WHILE_OPEN, "organization with a logo"),
    "organization_branches": Address(MAIN_USERS, POST_ONLY, "organization"),
    "organization_parent_ask": Address(POST_ONLY, WHILE_SHOWN, "organization and another"),
    "organization_parent_leave": Address(POST_ONLY, MAIN_USERS_DO, "organization and its parent"),
    "branch_accept": Address(POST_ONLY, WHILE_SHOWN, "organization and its branch"),
    "branch_release": Address(POST_ONLY, MAIN_USERS_DO, "organization and its branch"),
    "membership_accept": Address(POST_ONLY, ANSWER, "request"),
    "membership_decline": Address(POST_ONLY, ANSWER, "request"),
    "account_data": Address(SIGNED_IN, SIGNED_IN, data={"password": PASSWORD}),
    "account_delete": Address(SIGNED_IN, ERASED, data={"password": PASSWORD, "is_sure": "on"}),
    "account_settings": Address(SIGNED_IN, ALL_DO, data={"name": "Toinen", "preferred_language": "sv"}),
    "account_mail": Address(SIGNED_IN, ALL_DO, data={"wanted": ["listing_kept"], "mail_rhythm": "daily"}),
    "mail_unsubscribe": Address(EVERYBODY, EVERYBODY_DOES, "unsubscribing key"),
    "account_sessions": Address(SIGNED_IN, POST_ONLY),
    "account_session_end": Address(POST_ONLY, NOT_THERE | {"anonymous": "in"}, "nobody's session"),
    "account_sessions_end_others": Address(POST_ONLY, TOLD),
    # The organization's side of listings
    "desk": Address(ONLY_ONE, POST_ONLY),
    "organization_desk": Address(MEMBERS, POST_ONLY, "organization"),
    "organization_activity": Address(MEMBERS, POST_ONLY, "organization"),
    "listings_confirm": Address(POST_ONLY, TICKED, "organization"),
    "listings_withdraw": Address(POST_ONLY, TICKED, "organization"),
    "listings_copy": Address(POST_ONLY, TICKED, "organization"),
    "listing_start": Address(WRITERS, WRITERS_DO, "organization", {"section": "activity"}),
    "listing_manage": Address(WRITERS, POST_ONLY, "published"),
    "listing_history": Address(WRITERS, POST_ONLY, "published"),
    "listing_edit": Address(POST_ONLY, WRITERS_DO, "published"),
    "listing_copy": Address(POST_ONLY, WRITERS_DO, "published"),
    "listing_submit": Address(POST_ONLY, SUBMIT, "draft"),
    "listing_remark": Address(POST_ONLY, WRITERS_DO, "submitted", {"remark": "Voiko tulla kesken?"}),
    "listing_take_back": Address(POST_ONLY, WRITERS_DO, "submitted"),
    "listing_withdraw": Address(POST_ONLY, WRITERS_DO, "published"),
    "listing_restore": Address(POST_ONLY, WRITERS_DO, "withdrawn"),
    "listing_confirm": Address(POST_ONLY, WRITERS_DO, "published"),
    "listing_pause": Address(POST_ONLY, WRITERS_DO, "published", {"until": IN_A_MONTH}),
    "listing_end_break": Address(POST_ONLY, WRITERS_DO, "paused listing"),
    "session_cancel": Address(POST_ONLY, WRITERS_DO, "meeting"),
    "session_restore": Address(POST_ONLY, WRITERS_DO, "cancelled meeting"),
    "listing_confirm_by_link": Address(WITH_LINK, CONFIRM, "link's key"),
    "listing_step": Address(WRITERS, WRITERS_DO, "draft's step"),
    "listing_check": Address(POST_ONLY, WRITERS, "draft's step"),
    "listing_start_check": Address(POST_ONLY, WRITERS, "organization"),
    "report_answer": Address(WRITERS, POST_ONLY, "report"),
    "report_changed": Address(POST_ONLY, WRITERS_DO, "report", {"reply": "Kiitos, korjasimme ajan."}),
    "report_right": Address(POST_ONLY, WRITERS_DO, "report", {"reply": "Kahvila on avoinna."}),
    "listing_explain": Address(POST_ONLY, WRITERS_DO, "worrying draft", {"explain_non-commercial": "Vuokra."}),
    # Moderators
    "moderation_queue": Address(MODERATORS, GET_ONLY_M),
    "case_take_next": Address(POST_ONLY_M, MODERATORS_DO, "waiting case"),
    "case_take": Address(POST_ONLY_M, MODERATORS_DO, "case"),
    "case_give_back": Address(POST_ONLY_M, MODERATORS_DO, "case in hand"),
    "queue_view_save": Address(POST_ONLY_M, MODERATORS_DO, data={"name": "Suomeksi", "query": "language=fi"}),
    "queue_view_delete": Address(POST_ONLY_M, MODERATORS_DO, "saved view"),
    "versions_together": Address(MODERATORS, GET_ONLY_M, "twins"),
    "versions_publish_together": Address(POST_ONLY_M, MODERATORS_DO, "twins", _TWINS),
    "versions_return_together": Address(POST_ONLY_M, MODERATORS_DO, "twins", _TWINS | _REASON),
    "moderation_duty": Address(MODERATORS, MODERATORS_DO, data={"regions": ["17"]}),
    "moderation_rules": Address(MODERATORS, GET_ONLY_M),
    "moderation_orphans": Address(MODERATORS, GET_ONLY_M),
    "claim_decide": Address(MODERATORS, GET_ONLY_M, "claim"),
    "claim_accept": Address(POST_ONLY_M, MODERATORS_DO, "claim"),
    "claim_decline": Address(POST_ONLY_M, MODERATORS_DO, "claim", {"message": "Lähetä ote rekisteristä."}),
    "report_decide": Address(MODERATORS, GET_ONLY_M, "report to moderators"),
    "report_texts": Address(POST_ONLY_M, TEXTS, "report to moderators", _REASON),
    "report_keep": Address(POST_ONLY_M, MODERATORS_DO, "report to moderators"),
    "report_take_down": Address(POST_ONLY_M, MODERATORS_DO, "report to moderators", _REASON),
    "recheck_decide": Address(MODERATORS, GET_ONLY_M, "recheck"),
    "recheck_texts": Address(POST_ONLY_M, TEXTS, "recheck", _REASON),
    "recheck_keep": Address(POST_ONLY_M, MODERATORS_DO, "recheck"),
    "recheck_take_down": Address(POST_ONLY_M, MODERATORS_DO, "recheck", _REASON),
    "version_decide": Address(MODERATORS, GET_ONLY_M, "submitted version"),
    "version_remark": Address(POST_ONLY_M, MODERATORS_DO, "submitted version", {"remark": "Mikä ovi?"}),
    "version_texts": Address(POST_ONLY_M, TEXTS, "submitted version", _REASON),
    "version_reconsider": Address(POST_ONLY_M, MODERATORS_DO, "rejected version", {"message": "Luin väärin."}),
    "listing_decisions": Address(MODERATORS, GET_ONLY_M, "rejected listing"),
    "listing_note": Address(POST_ONLY_M, MODERATORS_DO, "submitted", {"text": "Katsotaan yhdessä."}),
    "version_publish": Address(POST_ONLY_M, MODERATORS_DO, "submitted version"),
    "version_return": Address(POST_ONLY_M, MODERATORS_DO, "submitted version", _REASON),
    "version_reject": Address(POST_ONLY_M, MODERATORS_DO, "submitted version", _REASON),
    "organization_decide": Address(MODERATORS, GET_ONLY_M, "waiting organization"),
    "organization_decisions": Address(MODERATORS, GET_ONLY_M, "organization"),
    "organization_note": Address(POST_ONLY_M, MODERATORS_DO, "organization", {"text": "Katsotaan yhdessä."}),
    "moderation_organizations": Address(MODERATORS, GET_ONLY_M),
    "organization_suspend": Address(POST_ONLY_M, MODERATORS_DO, "organization", _REASON),
    "organization_reinstate": Address(POST_ONLY_M, MODERATORS_DO, "suspended organization", _REASON),
    "organization_trust": Address(POST_ONLY_M, MODERATORS_DO, "organization", _TRUST_REASON),
    "organization_distrust": Address(POST_ONLY_M, MODERATORS_DO, "organization", _TRUST_REASON),
    # The register is off
    "organization_check_register": Address(POST_ONLY_M, MODERATORS_DO | {"moderator": "told"}, "waiting organization"),
    "organization_merge_choose": Address(MODERATORS, GET_ONLY_M, "organization"),
    "organization_merge": Address(MODERATORS, MODERATORS_DO, "organization and another"),
    "organization_change_decide": Address(MODERATORS, GET_ONLY_M, "change"),
    "organization_change_accept": Address(POST_ONLY_M, MODERATORS_DO, "change"),
    "organization_change_decline": Address(POST_ONLY_M, MODERATORS_DO, "change", _REASON),
    "organization_approve": Address(POST_ONLY_M, MODERATORS_DO, "waiting organization"),
    "organization_decline": Address(POST_ONLY_M, MODERATORS_DO, "waiting organization", _REASON),
    # Operators
    "operator_gallery": Address(OPERATORS | {"anonymous": "404"}, POST_ONLY_O | {"anonymous": "404"}),
    "operator_gallery_theme": Address(
        OPERATORS | {"anonymous": "404"}, POST_ONLY_O | {"anonymous": "404"}, "theme", is_page=False
    ),
    "operator_feedback": Address(OPERATORS, POST_ONLY_O),
    "operator_feedback_answer": Address(OPERATORS, OPERATORS_DO, "feedback", {"answer": "Kiitos."}),
    "operator_running": Address(OPERATORS, POST_ONLY_O),
    "operator_mail": Address(OPERATORS, POST_ONLY_O),
    "operator_mail_again": Address(POST_ONLY_O, OPERATORS_DO, "failed mail"),
    "operator_mails": Address(OPERATORS, POST_ONLY_O),
    "operator_mail_sample": Address(OPERATORS, POST_ONLY_O, "mail and language"),
    "operator_mail_html": Address(OPERATORS, POST_ONLY_O, "mail and language", is_page=False),
    # Operators, and moderators as far as it concerns organizations
    "audit_log": Address(OVERSEERS, GET_ONLY_O),
    "audit_log_csv": Address(OVERSEERS, GET_ONLY_O, is_page=False),
    # What machines ask
    "health_live": Address(EVERYBODY, NOBODY, is_page=False),
    "health_ready": Address(EVERYBODY, NOBODY, is_page=False),
    "metrics": Address(NOT_THERE, NOT_THERE, is_page=False),
    # Signing in and out, by allauth
    "account_login": Address(SIGNED_OUT, SIGNED_OUT),
    "account_signup": Address(SIGNED_OUT, SIGNED_OUT),
    "account_logout": Address(SIGNED_IN | {"anonymous": "go"}, SIGN_OUT),
    "account_inactive": Address(EVERYBODY, NOBODY),
    "account_reauthenticate": Address(SIGNED_IN, SIGNED_IN),
    "account_email": Address(SIGNED_IN, ONWARDS | {"anonymous": "in"}),
    "account_email_verification_sent": Address(EVERYBODY, NOBODY),
    "account_confirm_email": Address(EVERYBODY, NOT_THERE, "mail's key"),
    "account_confirm_login_code": Address(ONWARDS | {"anonymous": "in"}, ONWARDS | {"anonymous": "in"}),
    "account_change_password": Address(SIGNED_IN, SIGNED_IN),
    "account_set_password": Address(ONWARDS | {"anonymous": "in"}, ONWARDS | {"anonymous": "in"}),
    "account_reset_password": Address(EVERYBODY, EVERYBODY),
    "account_reset_password_done": Address(EVERYBODY, NOBODY),
    "account_reset_password_from_key": Address(EVERYBODY, EVERYBODY, "reset key"),
    "account_reset_password_from_key_done": Address(EVERYBODY, NOBODY),
    "account_request_login_code": Address(SIGNED_OUT, SIGNED_OUT),
    # The second factor, by allauth; most of it asks for the password once more
    "mfa_index": Address(SIGNED_IN, POST_ONLY),
    "mfa_authenticate": Address(AGAIN, AGAIN),
    "mfa_reauthenticate": Address(AGAIN, AGAIN),
    "mfa_activate_totp": Address(AGAIN, AGAIN),
    "mfa_deactivate_totp": Address(NOT_THERE | {"anonymous": "in"}, NOT_THERE | {"anonymous": "in"}),
    "mfa_view_recovery_codes": Address(NOT_THERE | {"anonymous": "in"}, POST_ONLY),
    "mfa_generate_recovery_codes": Address(AGAIN, AGAIN),
    "mfa_download_recovery_codes": Address(NOT_THERE | {"anonymous": "in"}, NOT_THERE | {"anonymous": "in"}),
    "mfa_list_webauthn": Address(SIGNED_IN, POST_ONLY),
    "mfa_add_webauthn": Address(AGAIN, AGAIN),
    "mfa_reauthenticate_webauthn": Address(AGAIN, AGAIN),
    "mfa_edit_webauthn": Address(AGAIN, AGAIN, "nobody's key"),
    "mfa_remove_webauthn": Address(AGAIN, AGAIN, "nobody's key"),
}
