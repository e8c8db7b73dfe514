"""allauth's forms with our words, and with two doors closed that it leaves open.

An address that somebody wants to change to, and has not confirmed, says nothing about whose it is: nobody signs in,
gets a new password or is kept from making an account by it. And what a security key never sends is answered, and is no
fault of the portal.
"""

import logging
from typing import Any

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from organizations.models import User
from portal.watching.metrics import SIGN_INS_FAILED

security = logging.getLogger("portal.security")

_LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Password now"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Code"),
    "name": _("Name of the key"),
}


class InOurWords(forms.Form):
    """Labels in plain words, above the field and not inside it, where they vanish."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = _("Fill this in.")
            field.label = self.labels.get(name) or _LABELS.get(name) or field.label
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "dir": "ltr"}


class Tried(InOurWords):
    """A try to sign in. One that fails is counted and written into the log, without saying whose it was."""

    shown = ""

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.errors:
            SIGN_INS_FAILED.labels(self.shown).inc()
            security.info("sign-in failed", extra={"figures": {"shown": self.shown}})


def owns(user: User, email: str) -> bool:
    """Whether the address is the account's own: the one it was made with, or one that has been confirmed."""
    if user.email.lower() == email.lower():
        return True
    return EmailAddress.objects.filter(user=user, email=email.lower(), verified=True).exists()


class LoginForm(Tried, account.LoginForm):
    shown = "password"


class SignupForm(InOurWords, account.SignupForm):
    labels = {"name": _("Your name"), "password1": _("Password")}

    def validate_unique_email(self, value: str) -> str:
        email = super().validate_unique_email(value)
        taken = EmailAddress.objects.filter(email=email, verified=True).exists()
        self.account_already_exists = taken or User.objects.filter(email__iexact=email).exists()
        return email

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Of two who send the same address at the same moment, the second is answered as if they had come later."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = User.objects.filter(email__iexact=self.cleaned_data["email"]).exists()
            if not self.account_already_exists:
                raise
            return super().try_save(request)


class AddEmailForm(InOurWords, account.AddEmailForm):
    labels = {"email": _("New e-mail address")}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    pass


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    pass


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    users: list[User]

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if owns(user, email)]
        return email


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(Tried, account.ReauthenticateForm):
    shown = "password"


class RequestLoginCodeForm(InOurWords, account.RequestLoginCodeForm):
    _user: User | None

    def clean_email(self) -> str:
        email = super().clean_email()
        if self._user is not None and not owns(self._user, email):
            self._user = None
        return email


class ConfirmLoginCodeForm(Tried, account.ConfirmLoginCodeForm):
    shown = "code by mail"
    labels = {"code": _("Code from the mail")}


class SecondFactorForm(Tried, mfa.AuthenticateForm):
    shown = "second factor"
    labels = {"code": _("Code from the app, or a recovery code")}


class SecondFactorAgainForm(Tried, mfa.ReauthenticateForm):
    shown = "second factor"
    labels = SecondFactorForm.labels


class ActivateAppForm(InOurWords, totp.ActivateTOTPForm):
    labels = {"code": _("Code that the app shows")}


class _FromAKey(InOurWords):
    """The browser sends what the key has signed; whatever else is sent is not right, but no fault of the portal."""

    def _read(self, clean: Any) -> Any:
        try:
            return clean()
        except (AttributeError, KeyError, LookupError, TypeError, ValueError) as error:
            if isinstance(error, forms.ValidationError):
                raise
            raise get_mfa_adapter().validation_error("incorrect_code") from error


class AddKeyForm(_FromAKey, webauthn.AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        return self._read(super().clean)


class KeyForm(Tried, _FromAKey, webauthn.AuthenticateWebAuthnForm):
    shown = "second factor"

    def clean_credential(self) -> Any:
        return self._read(super().clean_credential)


class KeyAgainForm(Tried, _FromAKey, webauthn.ReauthenticateWebAuthnForm):
    shown = "second factor"

    def clean_credential(self) -> Any:
        return self._read(super().clean_credential)


class RenameKeyForm(InOurWords, webauthn.EditWebAuthnForm):
    pass
