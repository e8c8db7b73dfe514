"""The rules for passwords: long enough, and not what everybody takes; in words of our own."""

import unicodedata
from itertools import dropwhile
from pathlib import Path

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What stands in front of or behind the word without making it harder to guess: `Salasana2026!`
MOST_SIGNS_AROUND = 6


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("This password is too short. Write at least %(signs)d signs.") % {"signs": self.min_length}

    def get_help_text(self) -> str:
        return _("Write at least %(signs)d signs. Several words are easy to remember.") % {"signs": self.min_length}


def the_word_in(password: str) -> str:
    """The password in small letters, without accents, and without the few figures and signs around its word."""
    plain = unicodedata.normalize("NFKD", password.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    word = "".join(dropwhile(lambda sign: not sign.isalpha(), plain))
    word = "".join(dropwhile(lambda sign: not sign.isalpha(), reversed(word)))[::-1]
    return word if len(plain) - len(word) <= MOST_SIGNS_AROUND else plain


class CommonPasswordValidator(password_validation.CommonPasswordValidator):
    """Django's list of passwords in English, and a short one of those that people in Finland take."""

    def __init__(self) -> None:
        super().__init__()
        file = Path(__file__).with_name("common_passwords.txt")
        self.local = {the_word_in(line) for line in file.read_text(encoding="utf-8").split()}

    def validate(self, password: str, user: object = None) -> None:
        word = the_word_in(password)
        if {password.lower().strip(), word} & self.passwords or word in self.local:
            raise ValidationError(_("Many people have this password. Take another one."), code="password_too_common")

    def get_help_text(self) -> str:
        return _("Not a word that many people take, with or without numbers.")
