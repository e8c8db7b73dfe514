"""The audit that cannot be bent, and what must always be true."""

from portal.settings.environment import env

# Tables in which rows are only added, with the columns that may change while an erased person's name is taken out.
# A migration of each table makes the triggers: `portal/audit/append_only.py`.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "portal.AuditEvent": ("actor_label", "details", "salt"),
    "portal.AuditSeal": (),
    "moderation.Decision": (),
}
# Who gets the head of the chain by mail once a day, so that it is known outside of the portal's database.
AUDIT_HEAD_TO = [address.strip() for address in env.list("AUDIT_HEAD_TO", default=[]) if address.strip()]
# What `check_invariants` asks, in this order. Each is a function without arguments that yields problems in plain words.
INVARIANTS = [
    "portal.invariants.audit_chain_is_whole",
    "portal.invariants.tables_are_append_only",
    "portal.invariants.mails_have_an_address",
    "portal.invariants.mails_go_once",
    "portal.invariants.mails_do_not_stay",
    "organizations.invariants.organizations_have_a_main_user",
    "organizations.invariants.erased_accounts_are_empty",
    "organizations.invariants.closed_organizations_are_left",
    "organizations.invariants.logos_are_there",
    "listings.invariants.versions_are_one_of_a_kind",
    "listings.invariants.published_listings_have_their_dates",
    "listings.invariants.hidden_listings_have_reports",
    "listings.invariants.versions_left_a_trace",
    "listings.invariants.index_has_what_is_public",
    "listings.invariants.index_has_nothing_else",
    "listings.invariants.postings_agree",
    "moderation.invariants.versions_stand_where_decisions_put_them",
    "moderation.invariants.organizations_stand_where_decisions_put_them",
    "moderation.invariants.decisions_have_reasons",
    "moderation.invariants.decisions_left_a_trace",
    "moderation.invariants.holds_end",
    "moderation.invariants.rechecks_agree_with_decisions",
    "moderation.invariants.samples_were_unreviewed",
]
