"""Every page that people see: all addresses of the access matrix, and the situations that change what a page shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

from listings.forms import STEP_CODES
from portal.staff_pages import STAFF_LANGUAGES
from tests.guards.access_matrix import ARGUMENTS, MATRIX
from tests.guards.addresses import FOR_STAFF
from tests.guards.rows import changes_since
from tests.guards.world import LIKE_NOBODY, ROLES, World, address, client_of


@dataclass(frozen=True)
class Sight:
    """A page as one role sees it. `kind` is the situation of the listing whose number the address has."""

    name: str
    role: str
    kind: str = ""
    more: tuple[str, ...] = ()
    query: str = ""
    posted: dict[str, Any] | None = field(default=None, hash=False)
    status: int = 200
    whose: str = ""

    def __str__(self) -> str:
        parts = (self.name, self.role, self.whose, self.kind, *self.more, self.query)
        return " ".join(filter(None, parts)) + (" posted" if self.posted is not None else "")

    def place(self, world: World, language: str = "fi") -> tuple[Client, str]:
        """A browser in which the right person has signed in, and the address. Makes what the page shows."""
        user, home = ROLES[self.role](world)
        if self.whose:
            home = getattr(world, self.whose)
            user = getattr(home, self.role, user)
        args: tuple[Any, ...] = ()
        if self.kind in WHOLE_ARGUMENTS:
            args = ARGUMENTS[self.kind](world, home)
        elif self.kind:
            version = home.version(self.kind)
            args = (version.pk if self.name.startswith("version_") else version.listing_id,)
            if self.name == "listing_detail":
                args = (version.listing.slug,)
        return client_of(user), address(self.name, (*args, *self.more), language) + self.query

    def response(self, world: World, language: str = "fi") -> Any:
        """The page; fails when it does not answer as it should. What a posted form saved is undone.

        `has_written` says whether anything was written on the way.
        """
        client, url = self.place(world, language)
        with transaction.atomic(), changes_since({}) as changes:
            response = client.get(url) if self.posted is None else client.post(url, self.posted)
            transaction.set_rollback(True)
        response.has_written = changes.has_written  # type: ignore[attr-defined]
        assert response.status_code == self.status, f"{self}: {response.status_code}"
        return response


WHOLE_ARGUMENTS = {what for what in ARGUMENTS if what and what not in ("draft", "submitted")}
WHOLE_ARGUMENTS -= {"published", "withdrawn"}


def of_the_matrix() -> Iterator[Sight]:
    """Each page for each role that may see it."""
    for name, entry in MATRIX.items():
        for role, answer in entry.get.items():
            if answer == "200" and role not in ("declined", "suspended", "asked", *LIKE_NOBODY):
                yield Sight(name, role, entry.what)


def _steps(kind: str, query: str = "") -> Iterator[Sight]:
    for code in STEP_CODES:
        yield Sight("listing_step", "editor", kind, (code,), query)


def of_situations() -> Iterator[Sight]:
    """What only some data or some question brings to light."""
    for kind in ("empty", "stopped", "arabic draft"):
        yield from _steps(kind, "?check=1")
    yield from _steps("returned")
    for kind in ("with dates", "continuous"):
        yield Sight("listing_step", "editor", kind, ("when-and-where",))
    yield Sight("listing_step", "editor", "draft", ("what",), "?language=ar")
    yield Sight("listing_step", "editor", "draft", ("guide",), posted={"fee_amount": "paljon"}, status=422)
    wrong = {"dates": "joskus", "municipalities": "Rauna", "postal_code": "x", "starts": "yöllä"}
    yield Sight("listing_step", "editor", "with dates", ("when-and-where",), posted=wrong, status=422)
    contact = {"contact_email": "x", "contact_phone": "y"}
    yield Sight("listing_step", "editor", "draft", ("contact",), posted=contact, status=422)
    yield Sight("listing_step", "editor", "draft", ("preview",), whose="waiting")
    yield Sight("listing_step", "editor", "worrying draft", ("preview",))
    too_long = {"explain_non-commercial": "Vuokra. " * 100}
    yield Sight("listing_submit", "editor", "worrying draft", posted=too_long, status=422)
    yield Sight("listing_submit", "editor", "returned", posted={"answer": "Muutin. " * 400}, status=422)
    yield Sight("listing_manage", "editor", "come again")
    yield Sight("version_decide", "moderator", "come again")
    yield Sight("listing_remark", "editor", "submitted", posted={"remark": ""}, status=422)
    yield Sight("version_remark", "moderator", "submitted version", posted={"remark": ""}, status=422)
    yield Sight("listing_start", "editor", "organization", posted={"section": "x"}, status=422)
    for kind in ("draft", "submitted", "returned", "rejected", "changed", "withdrawn", "over", "unconfirmed", "arabic"):
        yield Sight("listing_manage", "editor", kind)
    for kind in ("reported", "hidden"):
        yield Sight("listing_manage", "editor", kind)
    for kind in ("returned", "arabic", "with a cancelled meeting"):
        yield Sight("listing_history", "editor", kind)
    wrong_report = {"reason": "other", "reader_email": "x", "words": ""}
    yield Sight("listing_report", "anonymous", "published slug", posted=wrong_report, status=422)
    yield Sight("report_changed", "editor", "report", posted={"reply": "Kiitos. " * 200}, status=422)
    yield Sight("report_take_down", "moderator", "report to moderators", posted={}, status=422)
    for kind in ("paused", "with a cancelled meeting"):
        yield Sight("listing_manage", "editor", kind)
    yield Sight("listing_pause", "editor", "published", posted={"until": "joskus"}, status=422)
    yield Sight("listing_step", "editor", "every day", ("when-and-where",))
    yield Sight("listing_confirm_by_link", "anonymous", more=("never-sent",), status=404)
    yield Sight("listing_confirm_by_link", "suspended", "link's key", status=410)
    for kind in ("arabic", "online", "professional", "paused", "with a cancelled meeting"):
        yield Sight("listing_detail", "anonymous", kind)
    for query in (
        "?words=kielikahvila",
        "?words=ei+ole+mitaan",
        "?municipality=564&online=yes&form=sports",
        "?municipality=999&form=rubbish&language=xx",
        "?form=language_club&weekday=mon&free=yes&language=fi&page=2",
    ):
        status = 400 if "rubbish" in query else 200
        yield Sight("listing_list", "anonymous", query=query, status=status)
    for query in ("?form=language_club&day=2026-12-31", "?words=ei+ole+mitaan", "?day=x&municipality=999"):
        yield Sight("listing_week", "anonymous", query=query, status=400 if "999" in query else 200)
    yield Sight("listing_map", "anonymous", query="?municipality=564&words=kielikahvla&region=06")
    for query in ("?words=kie", "?words=oulu+%D8%B9", "?words=%00"):
        yield Sight("suggest", "anonymous", query=query)
    yield Sight("page", "anonymous", more=("not-here",), status=404)
    yield Sight("page", "anonymous", more=("accessibility",))
    for query in ("?form=sports", "?form=sports&form=family"):
        yield Sight("pictures", "anonymous", query=query)
    yield Sight("pictures", "anonymous", query="?form=rubbish", status=400)
    yield Sight("feedback", "anonymous", posted={"words": "", "email": "x"}, status=422)
    yield Sight("operator_feedback_answer", "operator", "feedback", posted={"answer": ""}, status=422)
    for month in ("2026-13", "1999-01", "9999-12", "0000-01"):
        yield Sight("decision_report", "anonymous", more=(month,), status=404)
    for query in ("?words=fields", "?who=Person&what=saved+version&since=1.1.2026&until=31.12.2199", "?listing=1"):
        yield Sight("audit_log", "operator", query=query)
    for query in ("?since=joskus&what=rubbish", "?organization=ei+ole&listing=x", "?since=2.1.2026&until=1.1.2026"):
        yield Sight("audit_log", "moderator", query=query, status=400)
    for code in ("organization-kind", "project-as-organization", "non-commercial", "right-section", "language-access"):
        yield Sight("rule", "anonymous", more=(code,))
    yield Sight("rule", "anonymous", more=("not-here",), status=404)
    for kind in ("worrying", "changed", "published", "returned", "rejected", "arabic draft", "online"):
        yield Sight("version_decide", "moderator", kind)
    yield Sight("version_return", "moderator", "submitted version", posted={}, status=422)
    for query in ("?kind=version&hold=free&region=06&language=fi&rule=none", "?rule=any&late=yes&organization=1"):
        yield Sight("moderation_queue", "moderator", query=query)
    yield Sight("moderation_queue", "moderator", query="?kind=rubbish&region=99", status=400)
    yield Sight("queue_view_save", "moderator", posted={"query": "kind=version"}, status=422)
    for name in ("versions_publish_together", "versions_return_together"):
        yield Sight(name, "moderator", "twins", posted={"version": ["1"], "message": "Mutka."}, status=422)
    wrong_duty = {"regions": ["x"], "away_from": "joskus", "away_until": "1.1.2026", "stand_in": "x"}
    yield Sight("moderation_duty", "moderator", posted=wrong_duty, status=422)
    yield Sight("version_decide", "moderator", "undecided")
    yield Sight("version_texts", "moderator", "submitted version", posted={}, status=422)
    noted = {"reasons": ["no-referral"], "note_title": "Kerro enemmän."}
    yield Sight("version_texts", "moderator", "submitted version", posted=noted)
    yield Sight("version_return", "moderator", "submitted version", posted={"note_title": "x" * 501}, status=422)
    yield Sight("version_reconsider", "moderator", "rejected version", posted={}, status=422)
    yield Sight("organization_note", "moderator", "organization", posted={}, status=422)
    yield Sight("listing_note", "moderator", "submitted", posted={}, status=422)
    yield Sight("recheck_take_down", "moderator", "recheck", posted={}, status=422)
    yield Sight("recheck_keep", "moderator", "recheck", posted={"reasons": ["x"]}, status=422)
    yield Sight("version_reject", "moderator", "submitted version", posted={"reasons": ["x"]}, status=422)
    yield Sight("organization_decline", "moderator", "waiting organization", posted={}, status=422)
    yield Sight("organization_decide", "moderator", "organization")
    yield Sight("organization_register", "nobody", posted={"kind": "other", "municipality": "Rauna"}, status=422)
    yield Sight("organization_edit", "main_user", "organization", posted={"business_id": "1"}, status=422)
    yield Sight("organization_edit", "main_user", "organization", whose="changing")
    yield Sight("organization_edit", "main_user", "organization with a logo")
    yield Sight("organization_edit", "main_user", "organization", whose="waiting")
    yield Sight("organization_logo", "main_user", "organization with a logo", posted={"logo_alt": ""}, status=422)
    for whose in ("below", "above"):
        yield Sight("organization_branches", "main_user", "organization", whose=whose)
        yield Sight("organization_detail", "anonymous", "organization slug", whose=whose)
    yield Sight("organization_detail", "anonymous", "organization slug", whose="pictured")
    for query in ("?words=Testikyln", "?words=ei+ole+mitaan"):
        yield Sight("organization_branches", "main_user", "organization", query=query)
    yield Sight("organization_branches", "main_user", "organization", query="?words=", status=400)
    for home in ("pictured", "changing", "suspended", "below"):
        yield Sight("organization_decide", "moderator", "organization", whose=home)
    yield Sight("organization_suspend", "moderator", "organization", posted={}, status=422)
    for name in ("organization_trust", "organization_distrust"):
        yield Sight(name, "moderator", "organization", posted={}, status=422)
    yield Sight("recheck_decide", "moderator", "sample")
    yield Sight("organization_change_decline", "moderator", "change", posted={}, status=422)
    for query in ("?words=Testikyln", "?words=ei+ole+mitaan", "?state=suspended", "?state=rubbish"):
        yield Sight("moderation_organizations", "moderator", query=query, status=400 if "rubbish" in query else 200)
    for query in ("?words=Testikyln", "?words=ei+ole+mitaan"):
        yield Sight("organization_merge_choose", "moderator", "organization", query=query)
    for query in ("?words=Testikyln+asukas", "?words=ei+ole+mitaan", "?municipality=Oulu"):
        yield Sight("organization_find", "nobody", query=query)
    yield Sight("organization_find", "nobody", query="?words=&municipality=Rauna", status=400)
    yield Sight("organization_register", "nobody", query="?words=Uusi+yhdistys")
    yield Sight("organization_ask_to_join", "nobody", "organization", posted={"message": ""}, status=422)
    yield Sight("organization_ask_to_join", "asked", "organization")
    yield Sight("organization_ask_to_join", "editor", "organization", whose="orphaned")
    yield Sight("organization_people", "editor", "organization", whose="orphaned")
    yield Sight("organization_invite", "main_user", "organization", posted={"email": "x"}, status=422)
    yield Sight("organization_claim", "editor", "organization", posted={"claim": ""}, status=422, whose="forsaken")
    yield Sight("invitation", "editor", "invitation's key")
    yield Sight("invitation", "declined", "invitation's key", status=410)
    yield Sight("invitation", "anonymous", more=("never-sent",), status=404)
    yield Sight("claim_decline", "moderator", "claim", posted={}, status=422)
    yield Sight("desk", "main_user", whose="of_two")
    yield Sight("desk", "asked")
    for state in ("waiting", "declined", "suspended"):
        yield Sight("organization_desk", "main_user", "organization", whose=state)
    for name in ("organization_desk", "organization_activity"):
        yield Sight(name, "main_user", "organization", whose="of_two")
    for query in ("?words=kielikahvila&state=published", "?words=ei+ole+mitaan", "?state=rubbish&section=x&page=x"):
        status = 400 if "rubbish" in query else 200
        yield Sight("organization_desk", "editor", "organization", query=query, status=status)
    yield Sight("account_settings", "nobody", posted={"name": "", "preferred_language": "xx"}, status=422)
    yield Sight("account_mail", "nobody", posted={"wanted": ["x"], "mail_rhythm": "never"}, status=422)
    yield Sight("mail_unsubscribe", "anonymous", more=("never-sent",), status=404)
    yield Sight("operator_mail_sample", "operator", more=("not-here", "fi"), status=404)
    yield Sight("account_data", "nobody", posted={"password": "not this one"}, status=422)
    yield Sight("account_delete", "nobody", posted={"password": ""}, status=422)
    wrong_login = {"login": "nobody@example.org", "password": "not this one"}
    yield Sight("account_login", "anonymous", posted=wrong_login)
    yield Sight("account_login", "anonymous", query="?next=/fi/desk/")
    yield Sight("account_signup", "anonymous", posted={"email": "x", "password1": "y"})
    yield Sight("account_reset_password", "anonymous", posted={"email": "x"})
    yield Sight("account_change_password", "nobody", posted={"oldpassword": "x", "password1": "y"})
    yield Sight("account_reauthenticate", "nobody", posted={"password": "x"})


SIGHTS = [*of_the_matrix(), *of_situations()]

# For one test of all that one address can show.
BY_NAME = {
    name: [sight for sight in SIGHTS if sight.name == name] for name in dict.fromkeys(one.name for one in SIGHTS)
}
# Those that are pages for people, not feeds or calendars for programs.
PAGES = {name: sights for name, sights in BY_NAME.items() if MATRIX[name].is_page}
# The address names no language.
IN_THE_LANGUAGE_OF_THE_BROWSER = {"choose_language"}


def is_in(name: str, language: str) -> bool:
    """Whether the page can be had in this language."""
    return name not in IN_THE_LANGUAGE_OF_THE_BROWSER and (name not in FOR_STAFF or language in STAFF_LANGUAGES)


# Pages that list what others have made.
LISTS = {
    "moderation_duty",
    "start",
    "choose_language",
    "pictures",
    "listing_list",
    "listing_week",
    "listing_map",
    "suggest",
    "listing_list_feed",
    "listing_list_calendar",
    "sitemap_section",
    "organization_detail",
    "desk",
    "organization_desk",
    "organization_activity",
    "organization_people",
    "organization_find",
    "moderation_orphans",
    "organization_register",
    "moderation_queue",
    "moderation_rules",
    "moderation_organizations",
    "organization_decide",
    "organization_decline",
    "organization_merge",
    "organization_merge_choose",
    "operator_mail",
}


def furnish(world: World, name: str) -> None:
    """Something in every list of the page: a listing in each situation, a waiting organization, another like it."""
    if name not in LISTS:
        return
    for kind in (
        "draft",
        "submitted",
        "returned",
        "rejected",
        "published",
        "changed",
        "withdrawn",
        "arabic",
        "undecided",
        "reported",
        "accused",
        "hidden",
    ):
        world.home.version(kind)
    if name == "organization_people":
        # Whoever was removed, is invited, waits, offers.
        _known = world.home.former, world.home.invitation, world.orphaned.claim
    if name == "operator_mail":
        _failed = world.failed_mail
    if name == "moderation_duty":
        _away = world.duty
    if name == "moderation_orphans":
        _offer = world.orphaned.claim
    _alike = world.like_the_waiting
