"""Addresses of listings: what everybody sees, and the organization's side."""

from django.urls import path

from listings.models import Listing
from listings.views import (
    browse,
    checking,
    confirming,
    desk,
    feeds,
    guide,
    history,
    keeping,
    pausing,
    pictures,
    public,
    remarking,
    reporting,
    sending,
    sitemaps,
    ticked,
    writing,
)

public_urls = [
    path("", public.start, name="start"),
    path("pictures/", pictures.pictures, name="pictures"),
    path("activities/", browse.listing_list, {"section": Listing.ACTIVITY}, name="listing_list"),
    path("activities/week/", browse.listing_week, {"section": Listing.ACTIVITY}, name="listing_week"),
    path("activities/map/", browse.listing_map, {"section": Listing.ACTIVITY}, name="listing_map"),
    path("activities/suggest/", browse.suggest, {"section": Listing.ACTIVITY}, name="suggest"),
    path("professional/", browse.listing_list, {"section": Listing.PROFESSIONAL}, name="professional_list"),
    path("professional/week/", browse.listing_week, {"section": Listing.PROFESSIONAL}, name="professional_week"),
    path("professional/map/", browse.listing_map, {"section": Listing.PROFESSIONAL}, name="professional_map"),
    path("professional/suggest/", browse.suggest, {"section": Listing.PROFESSIONAL}, name="professional_suggest"),
    path("activities/feed.atom", feeds.list_feed, {"section": Listing.ACTIVITY}, name="listing_list_feed"),
    path("activities/calendar.ics", feeds.list_calendar, {"section": Listing.ACTIVITY}, name="listing_list_calendar"),
    path("professional/feed.atom", feeds.list_feed, {"section": Listing.PROFESSIONAL}, name="professional_list_feed"),
    path(
        "professional/calendar.ics",
        feeds.list_calendar,
        {"section": Listing.PROFESSIONAL},
        name="professional_list_calendar",
    ),
    path("activities/<slug:slug>/", public.listing_detail, name="listing_detail"),
    path("activities/<slug:slug>/feed.atom", feeds.listing_feed, name="listing_feed"),
    path("activities/<slug:slug>/calendar.ics", feeds.listing_calendar, name="listing_calendar"),
    path("activities/<slug:slug>/report/", reporting.listing_report, name="listing_report"),
    path("reports/thanks/", reporting.report_thanks, name="report_thanks"),
    path("rules/", guide.rules, name="rules"),
    path("rules/organizations/", guide.rules_organizations, name="rules_organizations"),
    path("rules/forms/", guide.rules_forms, name="rules_forms"),
    path("rules/<slug:code>/", guide.rule, name="rule"),
    path("organizations/<slug:slug>/", public.organization_detail, name="organization_detail"),
    path("organizations/<slug:slug>/feed.atom", feeds.organization_feed, name="organization_feed"),
    path("organizations/<slug:slug>/calendar.ics", feeds.organization_calendar, name="organization_calendar"),
    # Only who got the mail knows the address
    path("confirm/<str:key>/", confirming.listing_confirm_by_link, name="listing_confirm_by_link"),
]

# Without a language in the address
entry_urls = [path("", pictures.choose_language, name="choose_language")]

sitemap_urls = [
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_section, name="sitemap_section"),
]

desk_urls = [
    path("desk/", desk.desk, name="desk"),
    path("desk/organizations/<int:organization_pk>/", desk.organization_desk, name="organization_desk"),
    path(
        "desk/organizations/<int:organization_pk>/activity/", desk.organization_activity, name="organization_activity"
    ),
    path("desk/organizations/<int:organization_pk>/confirm/", ticked.listings_confirm, name="listings_confirm"),
    path("desk/organizations/<int:organization_pk>/withdraw/", ticked.listings_withdraw, name="listings_withdraw"),
    path("desk/organizations/<int:organization_pk>/copy/", ticked.listings_copy, name="listings_copy"),
    path("desk/organizations/<int:organization_pk>/new/", writing.listing_start, name="listing_start"),
    path(
        "desk/organizations/<int:organization_pk>/new/check/", checking.listing_start_check, name="listing_start_check"
    ),
    path("desk/listings/<int:pk>/", keeping.listing_manage, name="listing_manage"),
    path("desk/listings/<int:pk>/history/", history.listing_history, name="listing_history"),
    path("desk/listings/<int:pk>/edit/", writing.listing_edit, name="listing_edit"),
    path("desk/listings/<int:pk>/copy/", writing.listing_copy, name="listing_copy"),
    path("desk/listings/<int:pk>/explain/", sending.listing_explain, name="listing_explain"),
    path("desk/listings/<int:pk>/submit/", sending.listing_submit, name="listing_submit"),
    path("desk/listings/<int:pk>/remark/", remarking.listing_remark, name="listing_remark"),
    path("desk/listings/<int:pk>/take-back/", sending.listing_take_back, name="listing_take_back"),
    path("desk/listings/<int:pk>/withdraw/", keeping.listing_withdraw, name="listing_withdraw"),
    path("desk/listings/<int:pk>/restore/", keeping.listing_restore, name="listing_restore"),
    path("desk/listings/<int:pk>/confirm/", keeping.listing_confirm, name="listing_confirm"),
    path("desk/listings/<int:pk>/pause/", pausing.listing_pause, name="listing_pause"),
    path("desk/listings/<int:pk>/end-break/", pausing.listing_end_break, name="listing_end_break"),
    path("desk/meetings/<int:pk>/cancel/", pausing.session_cancel, name="session_cancel"),
    path("desk/meetings/<int:pk>/restore/", pausing.session_restore, name="session_restore"),
    path("desk/reports/<int:pk>/", reporting.report_answer, name="report_answer"),
    path("desk/reports/<int:pk>/changed/", reporting.report_changed, name="report_changed"),
    path("desk/reports/<int:pk>/right/", reporting.report_right, name="report_right"),
    path("desk/listings/<int:pk>/step/<slug:code>/", writing.listing_step, name="listing_step"),
    path("desk/listings/<int:pk>/step/<slug:code>/check/", checking.listing_check, name="listing_check"),
]
