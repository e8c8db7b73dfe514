"""Who may open what: every address with the answer for each role. Data; the guard is `test_access.py`.

An answer is a status, or one of these words:

- `in`: on to the page where one signs in
- `go`: on to another page; nothing was done
- `did`: on to another page, and the database has changed
- `told`: on to another page with a message; nothing was done, for a reason that the message gives
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.guards.world import ROLES, Home, World

Row = dict[str, str]


def row(answers: str) -> Row:
    """The answers by role, in the order of `ROLES`."""
    return dict(zip(ROLES, answers.split(), strict=True))


#                  anonymous nobody asked editor main_user stranger declined suspended moderator operator
EVERYBODY = row("  200       200    200   200    200       200      200      200       200       200")
IF_PUBLIC = row("  200       200    200   200    200       200      404      404       200       200")
ONWARDS = row("    go        go     go    go     go        go       go       go        go        go")
SIGNED_IN = row("  in        200    200   200    200       200      200      200       200       200")
SIGNED_OUT = row(" 200       go     go    go     go        go       go       go        go        go")
WRITERS = row("    in        404    404   200    200       404      404      200       404       404")
MAIN_USERS = row(" in        404    404   404    200       404      200      200       404       404")
MODERATORS = row(" in        404    404   404    404       404      404      404       200       404")
NOT_THERE = row(" 404       404    404   404    404       404      404      404       404       404")
# What can only be posted is not there to be looked at
NOBODY = row("     405       405    405   405    405       405      405      405       405       405")
POST_ONLY = row("  in        405    405   405    405       405      405      405       405       405")
POST_ONLY_M = row("in        404    404   404    404       404      404      404       405       404")
GET_ONLY_M = POST_ONLY_M
# What is done by posting
ALL_DO = row("     in        did    did   did    did       did      did      did       did       did")
WRITERS_DO = row(" in        404    404   did    did       404      404      did       404       404")
MAIN_USERS_DO = row("in      404    404   404    did       404      did      did       404       404")
MODERATORS_DO = row("in      404    404   404    404       404      404      404       did       404")
SUBMIT = row("     in        404    404   did    did       404      404      told      404       404")
SIGN_OUT = row("   go        told  told  told   told     told    told     told      told      told")
ASK = row("        in        did    told  told   told      did      404      told      did       did")


def _listing(kind: str, *more: str) -> Callable[[World, Home], tuple[Any, ...]]:
    return lambda world, home: (home.version(kind).listing_id, *more)


# What stands in an address
ARGUMENTS: dict[str, Callable[[World, Home], tuple[Any, ...]]] = {
    "": lambda world, home: (),
    "organization": lambda world, home: (home.organization.pk,),
    "organization slug": lambda world, home: (home.organization.slug,),
    "waiting organization": lambda world, home: (world.waiting.organization.pk,),
    "request": lambda world, home: (home.request.pk,),
    "draft": _listing("draft"),
    "draft's step": _listing("draft", "what"),
    "worrying draft": _listing("worrying draft"),
    "submitted": _listing("submitted"),
    "published": _listing("published"),
    "withdrawn": _listing("withdrawn"),
    "published slug": lambda world, home: (home.version("published").listing.slug,),
    "recheck": lambda world, home: (home.recheck().pk,),
    "submitted version": lambda world, home: (home.version("submitted").pk,),
    "operator's page": lambda world, home: ("about",),
    "part of the sitemap": lambda world, home: ("listings",),
    "rule's code": lambda world, home: ("no-referral",),
    "mail's key": lambda world, home: ("never-sent",),
    "reset key": lambda world, home: ("1", "never-sent"),
}


@dataclass(frozen=True)
class Address:
    """One address: what stands in it, and the answers to GET and POST. `data` is what is posted."""

    get: Row
    post: Row
    what: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    is_page: bool = True  # else it is read by programs: a feed, a calendar


_REASON = {"reasons": ["no-referral"], "message": "Kerro tarkemmin."}
_NEW_ORGANIZATION = {
    "kind": "association",
    "name_fi": "Aivan muunniminen kylätalo ry",
    "municipality": "Rauma",
    "contact_email": "kylatalo@example.org",
}

MATRIX: dict[str, Address] = {
    # Readers
    "choose_language": Address(ONWARDS, NOBODY),
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
    "page": Address(EVERYBODY, NOBODY, "operator's page"),
    # Programs of readers
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
    "sitemap": Address(EVERYBODY, NOBODY, is_page=False),
    "sitemap_section": Address(EVERYBODY, NOBODY, "part of the sitemap", is_page=False),
    "robots": Address(EVERYBODY, NOBODY, is_page=False),
    # Organizations and accounts
    "organization_register": Address(SIGNED_IN, ALL_DO, data=_NEW_ORGANIZATION),
    "organization_ask_to_join": Address(POST_ONLY, ASK, "organization"),
    "organization_people": Address(MAIN_USERS, POST_ONLY, "organization"),
    "organization_edit": Address(MAIN_USERS, MAIN_USERS_DO, "organization", _NEW_ORGANIZATION),
    "membership_accept": Address(POST_ONLY, MAIN_USERS_DO, "request"),
    "membership_decline": Address(POST_ONLY, MAIN_USERS_DO, "request"),
    "account_settings": Address(SIGNED_IN, ALL_DO, data={"name": "Toinen", "preferred_language": "sv"}),
    # The organization's side of listings
    "desk": Address(SIGNED_IN, POST_ONLY),
    "listing_start": Address(WRITERS, WRITERS_DO, "organization", {"section": "activity"}),
    "listing_manage": Address(WRITERS, POST_ONLY, "published"),
    "listing_edit": Address(POST_ONLY, WRITERS_DO, "published"),
    "listing_copy": Address(POST_ONLY, WRITERS_DO, "published"),
    "listing_submit": Address(POST_ONLY, SUBMIT, "draft"),
    "listing_take_back": Address(POST_ONLY, WRITERS_DO, "submitted"),
    "listing_withdraw": Address(POST_ONLY, WRITERS_DO, "published"),
    "listing_restore": Address(POST_ONLY, WRITERS_DO, "withdrawn"),
    "listing_confirm": Address(POST_ONLY, WRITERS_DO, "published"),
    "listing_step": Address(WRITERS, WRITERS_DO, "draft's step"),
    "listing_check": Address(POST_ONLY, WRITERS, "draft's step"),
    "listing_start_check": Address(POST_ONLY, WRITERS, "organization"),
    "listing_explain": Address(POST_ONLY, WRITERS_DO, "worrying draft", {"explain_non-commercial": "Vuokra."}),
    # Moderators
    "moderation_queue": Address(MODERATORS, GET_ONLY_M),
    "moderation_rules": Address(MODERATORS, GET_ONLY_M),
    "recheck_decide": Address(MODERATORS, GET_ONLY_M, "recheck"),
    "recheck_keep": Address(POST_ONLY_M, MODERATORS_DO, "recheck"),
    "recheck_take_down": Address(POST_ONLY_M, MODERATORS_DO, "recheck", _REASON),
    "version_decide": Address(MODERATORS, GET_ONLY_M, "submitted version"),
    "version_publish": Address(POST_ONLY_M, MODERATORS_DO, "submitted version"),
    "version_return": Address(POST_ONLY_M, MODERATORS_DO, "submitted version", _REASON),
    "version_reject": Address(POST_ONLY_M, MODERATORS_DO, "submitted version", _REASON),
    "organization_decide": Address(MODERATORS, GET_ONLY_M, "waiting organization"),
    "organization_approve": Address(POST_ONLY_M, MODERATORS_DO, "waiting organization"),
    "organization_decline": Address(POST_ONLY_M, MODERATORS_DO, "waiting organization", _REASON),
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
}
