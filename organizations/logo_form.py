"""The picture of an organization, and what it shows."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from organizations.logos import Logo, read_logo
from organizations.models import Organization


class LogoForm(forms.Form):
    """`cleaned_data["logo"]` is ready to be stored; None when only the words change."""

    logo = forms.FileField(
        label=_("Picture"),
        help_text=_("A PNG, JPEG or WebP file of 2 MB at most. It is made smaller."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        required=False,
    )
    logo_alt = forms.CharField(
        label=_("What the picture shows"),
        help_text=_("In a few words, for people who do not see it: Logo of the village society."),
        max_length=200,
        error_messages={"required": _("Write what the picture shows.")},
    )

    def __init__(self, *args, organization: Organization, **kwargs) -> None:
        self.organization = organization
        super().__init__(*args, initial={"logo_alt": organization.logo_alt}, **kwargs)

    def clean_logo(self) -> Logo | None:
        file: UploadedFile | None = self.cleaned_data["logo"]
        return read_logo(file) if file else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and cleaned.get("logo") is None and not self.organization.logo:
            self.add_error("logo", _("Choose a picture."))
        return cleaned
