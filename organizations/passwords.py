"""The rule of length for passwords in words of our own: Django's sentence is not translated into all languages."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("This password is too short. Write at least %(signs)d signs.") % {"signs": self.min_length}

    def get_help_text(self) -> str:
        return _("Write at least %(signs)d signs. Several words are easy to remember.") % {"signs": self.min_length}
