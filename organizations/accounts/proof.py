"""Is it still the person who signed in? Asked before their data is handed out or their account deleted."""

import time
from typing import cast

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organizations.models import User


def has_just_signed_in(request: HttpRequest) -> bool:
    """Whether the person has shown within the last minutes who they are, by whichever way."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records)


class ProofForm(forms.Form):
    """The password; nothing for those who have none or have just shown who they are."""

    password = forms.CharField(
        label=_("Your password"),
        help_text=_("We ask again, so that nobody else can do this when you leave your computer."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        max_length=4000,
        error_messages={"required": _("Write your password.")},
    )

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        self.request, self.person = request, cast(User, request.user)
        super().__init__(*args, **kwargs)
        if has_just_signed_in(request) or not self.person.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        # The same limit as where allauth asks the same.
        if not ratelimit.consume(self.request, action="reauthenticate", user=self.person):
            raise forms.ValidationError(_("Too many tries. Wait a few minutes and try again."))
        if not self.person.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if not has_just_signed_in(self.request) and not self.person.has_usable_password():
            raise forms.ValidationError(_("Sign out and in again. Then come back here within five minutes."))
        return cleaned


class ErasureForm(ProofForm):
    """The last question before an account is gone."""

    is_sure = forms.BooleanField(
        label=_("I understand that my account cannot be brought back."),
        error_messages={"required": _("Tick this if you want to delete your account.")},
    )
