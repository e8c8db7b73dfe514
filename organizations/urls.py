"""Addresses of organizations' people and details, and of one's own account."""

from django.urls import path

from organizations.views import account, branches, details, finding, inviting, mail, my_data, people, registration

organization_urls = [
    path("desk/find/", finding.organization_find, name="organization_find"),
    path("desk/register/", registration.organization_register, name="organization_register"),
    path("desk/organizations/<int:pk>/ask/", finding.organization_ask_to_join, name="organization_ask_to_join"),
    path("desk/organizations/<int:pk>/people/", people.organization_people, name="organization_people"),
    path("desk/organizations/<int:pk>/invite/", inviting.organization_invite, name="organization_invite"),
    path("desk/organizations/<int:pk>/step-down/", people.organization_step_down, name="organization_step_down"),
    path("desk/organizations/<int:pk>/leave/", people.organization_leave, name="organization_leave"),
    path("desk/organizations/<int:pk>/claim/", people.organization_claim, name="organization_claim"),
    path("desk/organizations/<int:pk>/edit/", details.organization_edit, name="organization_edit"),
    path("desk/organizations/<int:pk>/logo/", details.organization_logo, name="organization_logo"),
    path("desk/organizations/<int:pk>/logo/remove/", details.organization_logo_remove, name="organization_logo_remove"),
    path("desk/organizations/<int:pk>/branches/", branches.organization_branches, name="organization_branches"),
    path(
        "desk/organizations/<int:pk>/parents/<int:parent_pk>/ask/",
        branches.organization_parent_ask,
        name="organization_parent_ask",
    ),
    path(
        "desk/organizations/<int:pk>/parents/<int:parent_pk>/leave/",
        branches.organization_parent_leave,
        name="organization_parent_leave",
    ),
    path("desk/organizations/<int:pk>/branches/<int:branch_pk>/accept/", branches.branch_accept, name="branch_accept"),
    path(
        "desk/organizations/<int:pk>/branches/<int:branch_pk>/release/",
        branches.branch_release,
        name="branch_release",
    ),
    path("desk/changes/<int:pk>/withdraw/", details.organization_change_withdraw, name="organization_change_withdraw"),
    path("desk/requests/<int:pk>/accept/", people.membership_accept, name="membership_accept"),
    path("desk/requests/<int:pk>/decline/", people.membership_decline, name="membership_decline"),
    path("desk/people/<int:pk>/main-user/", people.membership_make_main_user, name="membership_make_main_user"),
    path("desk/people/<int:pk>/editor/", people.membership_make_editor, name="membership_make_editor"),
    path("desk/people/<int:pk>/hand-over/", people.membership_hand_over, name="membership_hand_over"),
    path("desk/people/<int:pk>/remove/", people.membership_remove, name="membership_remove"),
    path("desk/invitations/<int:pk>/again/", inviting.invitation_send_again, name="invitation_send_again"),
    path("desk/invitations/<int:pk>/withdraw/", inviting.invitation_withdraw, name="invitation_withdraw"),
    path("invitations/<slug:key>/", inviting.invitation, name="invitation"),
    path("invitations/<slug:key>/accept/", inviting.invitation_accept, name="invitation_accept"),
    path("invitations/<slug:key>/decline/", inviting.invitation_decline, name="invitation_decline"),
    path("invitations/<slug:key>/sign-up/", inviting.invitation_sign_up, name="invitation_sign_up"),
    path("account/settings/", account.account_settings, name="account_settings"),
    path("account/mail/", mail.account_mail, name="account_mail"),
    path("mail/stop/<str:key>/", mail.mail_unsubscribe, name="mail_unsubscribe"),
    path("account/data/", my_data.account_data, name="account_data"),
    path("account/delete/", my_data.account_delete, name="account_delete"),
    path("account/sessions/", account.account_sessions, name="account_sessions"),
    path("account/sessions/<int:pk>/end/", account.account_session_end, name="account_session_end"),
    path("account/sessions/end-others/", account.account_sessions_end_others, name="account_sessions_end_others"),
]
