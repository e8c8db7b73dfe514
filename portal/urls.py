"""All addresses. This file alone knows every app."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from listings.urls import desk_urls, entry_urls, public_urls, sitemap_urls
from moderation.urls import moderation_urls
from organizations.urls import organization_urls
from portal.views.content import page
from portal.views.feedback import feedback, feedback_thanks, operator_feedback, operator_feedback_answer
from portal.views.gallery import operator_gallery, operator_gallery_theme
from portal.views.media import logo
from portal.views.outbox import operator_mail, operator_mail_again
from portal.views.probes import probe_urls
from portal.views.robots import robots
from portal.views.running import operator_running
from portal.views.security_txt import security_txt

admin.site.site_header = _("Administration")
admin.site.site_title = _("Administration")
# One door for everybody, with its limits against guessing.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    *probe_urls,
    *entry_urls,
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("media/logos/<slug:name>.webp", logo, name="logo"),
    *sitemap_urls,
    *i18n_patterns(
        *public_urls,
        path("pages/<slug:slug>/", page, name="page"),
        *organization_urls,
        *desk_urls,
        *moderation_urls,
        path("accessibility/feedback/", feedback, name="feedback"),
        path("accessibility/feedback/thanks/", feedback_thanks, name="feedback_thanks"),
        path("gallery/", operator_gallery, name="operator_gallery"),
        path("gallery/<slug:theme>.css", operator_gallery_theme, name="operator_gallery_theme"),
        path("operator/feedback/", operator_feedback, name="operator_feedback"),
        path("operator/feedback/<int:pk>/", operator_feedback_answer, name="operator_feedback_answer"),
        path("operator/running/", operator_running, name="operator_running"),
        path("operator/mail/", operator_mail, name="operator_mail"),
        path("operator/mail/<int:pk>/again/", operator_mail_again, name="operator_mail_again"),
        path("account/", include("allauth.account.urls")),
        path("account/second-factor/", include("allauth.mfa.urls")),
        path("admin/", admin.site.urls),
    ),
]

handler500 = "portal.views.errors.server_error"
