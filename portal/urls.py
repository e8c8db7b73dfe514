"""All addresses. This file alone knows every app."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from listings.urls import desk_urls, public_urls, sitemap_urls
from moderation.urls import moderation_urls
from organizations.urls import organization_urls
from portal.views.content import page
from portal.views.language import choose_language
from portal.views.media import logo
from portal.views.outbox import operator_mail, operator_mail_again
from portal.views.robots import robots

admin.site.site_header = _("Administration")
admin.site.site_title = _("Administration")
# One door for everybody, with its limits against guessing.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", choose_language, name="choose_language"),
    path("robots.txt", robots, name="robots"),
    path("media/logos/<slug:name>.webp", logo, name="logo"),
    *sitemap_urls,
    *i18n_patterns(
        *public_urls,
        path("pages/<slug:slug>/", page, name="page"),
        *organization_urls,
        *desk_urls,
        *moderation_urls,
        path("operator/mail/", operator_mail, name="operator_mail"),
        path("operator/mail/<int:pk>/again/", operator_mail_again, name="operator_mail_again"),
        path("account/", include("allauth.account.urls")),
        path("account/second-factor/", include("allauth.mfa.urls")),
        path("admin/", admin.site.urls),
    ),
]
