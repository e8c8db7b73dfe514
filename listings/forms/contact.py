"""Whom a reader can ask."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from .base import StepForm, one_code


class ContactForm(StepForm):
    """Whom can people ask?"""

    welcome = one_code("welcome", _("Who meets people who come for the first time?"), none=_("We do not say"))
    contact_name = forms.CharField(
        label=_("Name or role"),
        help_text=_("For example: Leader of the group. The name is shown to everybody."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    contact_email = forms.EmailField(
        label=_("E-mail address"), required=False, widget=forms.EmailInput(attrs={"dir": "ltr"})
    )
    contact_phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr"}),
    )
    contact_url = forms.URLField(
        label=_("Web page"),
        help_text=_("A page that tells more, or a form to sign up. It begins with https://"),
        required=False,
        max_length=400,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )

    def clean_contact_phone(self) -> str:
        phone = self.cleaned_data["contact_phone"].strip()
        if phone and not re.fullmatch(r"\+?[\d\s()/-]{5,}", phone):
            raise forms.ValidationError(_("This is not a phone number. Write it like this: 040 123 4567"))
        return phone
