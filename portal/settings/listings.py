"""The rules, the life of a listing, what readers report, and the moderators' clocks."""

from django.core.exceptions import ImproperlyConfigured

from portal.map_services import MAP_SERVICES as KNOWN_MAP_SERVICES
from portal.settings.environment import DEBUG, IS_DEMO, env, flag, read

# None: each edition of the rules has its own
ELIGIBILITY_FEE_REVIEW_LIMIT = env.str("ELIGIBILITY_FEE_REVIEW_LIMIT", "") or None
ELIGIBILITY_SINGLE_EVENTS_ALLOWED = (
    flag("ELIGIBILITY_SINGLE_EVENTS_ALLOWED", False) if env.str("ELIGIBILITY_SINGLE_EVENTS_ALLOWED", "") else None
)
LISTING_CONFIRMATION_DAYS = read(
    env.int, "LISTING_CONFIRMATION_DAYS", 180, "Write a number of days, as in LISTING_CONFIRMATION_DAYS=180."
)
LISTINGS_PER_PAGE = 20
# What readers report: so many from different networks hide a listing (0: never), so long the organization may answer
REPORTS_THAT_HIDE = read(env.int, "REPORTS_THAT_HIDE", 3, "Write a number, as in REPORTS_THAT_HIDE=3.")
REPORT_ANSWER_DAYS = read(env.int, "REPORT_ANSWER_DAYS", 14, "Write a number of days, as in REPORT_ANSWER_DAYS=14.")
REPORTS_A_DAY = read(env.int, "REPORTS_A_DAY", 5, "Write a number, as in REPORTS_A_DAY=5.")
# So many messages one person may write to the other side in an hour
REMARKS_AN_HOUR = read(env.int, "REMARKS_AN_HOUR", 20, "Write a number, as in REMARKS_AN_HOUR=20.")
# Where the quick exit of pages for people who have to be careful leads: a site that says nothing about them
QUICK_EXIT_URL = env.str("QUICK_EXIT_URL", "https://www.ilmatieteenlaitos.fi/")
if not QUICK_EXIT_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f"QUICK_EXIT_URL={QUICK_EXIT_URL!r} needs its beginning, as in https://www.example.org/")

# Which map services a listing's page offers, in this order; empty: none
MAP_SERVICES = env.list("MAP_SERVICES", default=["matka", "openstreetmap", "google", "apple"])
_unknown = sorted(set(MAP_SERVICES) - set(KNOWN_MAP_SERVICES))
if _unknown:
    raise ImproperlyConfigured(
        f"MAP_SERVICES has unknown names: {', '.join(_unknown)}. Known: {', '.join(KNOWN_MAP_SERVICES)}."
    )

# Trust: with so many listings published by a decision and none refused for so long an organization publishes at once
# (0: never by itself); of what is published without a decision so many percent are checked afterwards

TRUST_PUBLISHED = read(env.int, "TRUST_PUBLISHED", 5, "Write a number, as in TRUST_PUBLISHED=5.")
TRUST_CLEAN_DAYS = read(env.int, "TRUST_CLEAN_DAYS", 365, "Write a number of days, as in TRUST_CLEAN_DAYS=365.")
SAMPLE_PERCENT = read(env.int, "SAMPLE_PERCENT", 20, "Write a number from 0 to 100, as in SAMPLE_PERCENT=20.")
# Who reads the decisions that trust comes from, and draws the sample: `listings/trust.py`.
IS_TRUSTED = "moderation.trust.is_trusted"
NEEDS_NO_DECISION = "moderation.trust.needs_no_decision"
DRAW_SAMPLE = "moderation.actions.draw_sample"

# So long a moderator has a case in hand before others may take it
HOLD_MINUTES = read(env.int, "HOLD_MINUTES", 30, "Write a number of minutes, as in HOLD_MINUTES=30.")
# Within so many working days, moderators answer whoever waits for them
ANSWER_WORKING_DAYS = read(env.int, "ANSWER_WORKING_DAYS", 3, "Write a number of days, as in ANSWER_WORKING_DAYS=3.")

# The open register of companies and associations; without an address nobody asks it

BUSINESS_REGISTER_URL = env.str("BUSINESS_REGISTER_URL", "").rstrip("/")
if BUSINESS_REGISTER_URL and not BUSINESS_REGISTER_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(
        f"BUSINESS_REGISTER_URL={BUSINESS_REGISTER_URL!r} needs its beginning, as in https://register.example.org/v3"
    )

# Whether everybody may look at the gallery of components; else operators
GALLERY_IS_OPEN = flag("GALLERY_IS_OPEN", DEBUG or IS_DEMO)
