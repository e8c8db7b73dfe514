"""Addresses of organizations' people and details, and of one's own account."""

from django.urls import path

from organizations.views import keeping, registration

organization_urls = [
    path("desk/register/", registration.organization_register, name="organization_register"),
    path(
        "desk/organizations/<int:pk>/ask/",
        registration.organization_ask_to_join,
        name="organization_ask_to_join",
    ),
    path("desk/organizations/<int:pk>/people/", keeping.organization_people, name="organization_people"),
    path("desk/organizations/<int:pk>/edit/", keeping.organization_edit, name="organization_edit"),
    path("desk/requests/<int:pk>/accept/", keeping.membership_accept, name="membership_accept"),
    path("desk/requests/<int:pk>/decline/", keeping.membership_decline, name="membership_decline"),
    path("account/settings/", keeping.account_settings, name="account_settings"),
]
