"""What people do with their accounts through allauth, written into the audit.

Accounts are the one place where signals write: the actions are a package's, and it tells of them in no other way. An
address that nobody has confirmed is not written down: whoever typed it may be somebody else.
"""

import logging
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_changed,
    email_confirmed,
    password_changed,
    password_reset,
    password_set,
    user_logged_in,
    user_signed_up,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset, authenticator_used
from django.http import HttpRequest

from organizations.models import User
from portal.audit import record

security = logging.getLogger("portal.security")


def _write(verb: str, user: User, **details: str) -> None:
    is_known = EmailAddress.objects.filter(user=user, verified=True).exists()
    record(verb, user, by=user if is_known else User.objects.system(), **details)


def note_sign_up(user: User, **kwargs: Any) -> None:
    record("signed_up", user, by=User.objects.system())


def note_new_password(user: User, **kwargs: Any) -> None:
    _write("changed_password", user)


def note_password_by_mail(user: User, **kwargs: Any) -> None:
    _write("reset_password", user)


def note_confirmed_address(email_address: EmailAddress, **kwargs: Any) -> None:
    _write("confirmed_address", email_address.user)


def note_new_address(user: User, **kwargs: Any) -> None:
    _write("changed_address", user)


def note_new_factor(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _write("set_up_second_factor", user, factor=authenticator.type)


def note_factor_taken_away(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _write("removed_second_factor", user, factor=authenticator.type)


def note_used_recovery_code(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _write("used_recovery_code", user)


def log_sign_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Beside those that fail (`forms.Tried`): by what, not who."""
    records = get_authentication_records(request, user)
    shown = "+".join(sorted({str(one.get("method")) for one in records}))
    security.info("signed in", extra={"figures": {"shown": shown}})


def listen() -> None:
    """From now on."""
    user_logged_in.connect(log_sign_in)
    user_signed_up.connect(note_sign_up)
    password_set.connect(note_new_password)
    password_changed.connect(note_new_password)
    password_reset.connect(note_password_by_mail)
    email_confirmed.connect(note_confirmed_address)
    email_changed.connect(note_new_address)
    authenticator_added.connect(note_new_factor)
    authenticator_reset.connect(note_new_factor)
    authenticator_removed.connect(note_factor_taken_away)
    authenticator_used.connect(note_used_recovery_code)
