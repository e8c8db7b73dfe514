"""Forms for people without an account or a cookie.

In place of a cookie, such a form carries the signed time at which it was opened: nobody can post it without having
asked for the page, and programs that fill in forms are faster than people.
"""

from time import time
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

FASTEST_SECONDS = 3
SLOWEST_SECONDS = 2 * 60 * 60
_signer = Signer(salt="portal.open_forms")


def form_token(opened_at: float | None = None) -> str:
    """The signed time at which a form was opened: now, unless another is given."""
    return _signer.sign(f"{time() if opened_at is None else opened_at:.3f}")


def _age(token: str) -> float | None:
    """How many seconds ago the form was opened; None when nobody here signed that."""
    try:
        return time() - float(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None


class OpenForm(forms.Form):
    """What every form of this kind has beside its own fields."""

    # People do not see it. Programs that fill in everything do.
    extra = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_trapped(self) -> bool:
        """Whether something was written where people see no field."""
        return bool(self.data.get("extra"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        age = _age(data.get("token", ""))
        if age is None or age > SLOWEST_SECONDS:
            self._ask_again(_("This page was open for a long time. What you wrote is still here. Send it again."))
        elif age < FASTEST_SECONDS:
            self._ask_again(_("That was very fast. Look at it once more, and send it again."))
        return data

    def _ask_again(self, message: Any) -> None:
        """Once more, from now on, with all that was typed."""
        self.add_error(None, message)
        self.data = {name: self.data.get(name) for name in self.data} | {"token": form_token()}
