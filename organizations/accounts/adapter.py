"""What allauth does our way: mails in the person's language, words of our own, and the same answer to all addresses."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from organizations.invited import kept_invitation
from portal.languages import reader_writes


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed"),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _("The e-mail address or the password is not right. Check both."),
        "enter_current_password": _("This is not your password now. Write it again."),
        "incorrect_password": _("This is not your password. Write it again."),
        "incorrect_code": _("This code is not right. Look for the newest one and write it again."),
        "too_many_login_attempts": _("There were too many tries. Wait a few minutes and try again."),
        "rate_limited": _("There were too many tries. Wait a few minutes and try again."),
    }

    def save_user(self, request, user, form, commit=True):
        """A new account prefers the language in which it was made."""
        user.preferred_language = reader_writes()
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix, email, context):
        """Mails of an account go in its language, whatever the page's."""
        user = context.get("user")
        with override(getattr(user, "mail_language", None) or reader_writes()):
            names = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
            super().send_mail(template_prefix, email, {**names, **context})

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_account_already_exists_mail(self, email):
        """As slow as making an account, so that the time of the answer tells nothing."""
        make_password(email)
        super().send_account_already_exists_mail(email)

    def get_login_redirect_url(self, request) -> str:
        """On to the invitation for which somebody has made the account, else to the desk."""
        return kept_invitation(request) or super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("account_settings")

    def get_reauthentication_methods(self, user) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use the password"),
            "mfa_reauthenticate": _("Use a code from the app"),
            "mfa_reauthenticate:webauthn": _("Use a security key"),
        }
        return [
            {**method, "description": words.get(method["id"], method["description"])}
            for method in super().get_reauthentication_methods(user)
        ]
