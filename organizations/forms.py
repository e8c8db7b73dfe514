"""What people write about organizations and themselves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organizations.models import Membership, Organization, User
from organizations.registering import numbers
from portal.forms import LanguageSelect, MunicipalityField
from portal.languages import full_languages
from portal.texts import texts_of
from portal.vocabulary import choices

# The languages in which a name is asked; a name in another one comes with an import and is kept.
NAME_LANGUAGES = ("fi", "sv", "en")


def _interface_languages() -> list[tuple[str, str]]:
    return full_languages()


class SignupFields(forms.Form):
    """What sign-up asks beside the address and password."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    field_order = ["name", "email", "password1"]

    def signup(self, request, user) -> None:
        """allauth asks for this; the account adapter has already read the fields."""


class AccountForm(forms.ModelForm):
    """One's own name and the language of one's mails."""

    preferred_language = forms.ChoiceField(
        label=_("Language of your mails"), choices=_interface_languages, widget=LanguageSelect
    )

    class Meta:
        model = User
        fields = ["name", "preferred_language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class OrganizationForm(forms.Form):
    """The details of an organization."""

    name_fi = forms.CharField(
        label=_("Name in Finnish"),
        help_text=_("Write the name in at least one language."),
        max_length=200,
        required=False,
    )
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    business_id = forms.CharField(
        label=_("Business ID"),
        help_text=_("It looks like this: 1234567-8. Leave it empty if there is none."),
        required=False,
        max_length=14,
    )
    association_number = forms.CharField(
        label=_("Association register number"),
        help_text=_("For registered associations without a Business ID. It looks like this: 123.456"),
        required=False,
        max_length=12,
    )
    municipality = MunicipalityField(label=_("Home municipality"))
    website = forms.URLField(
        label=_("Website"), help_text=_("It begins with https://"), required=False, assume_scheme="https"
    )
    contact_name = forms.CharField(label=_("Contact person or role"), max_length=120, required=False)
    contact_email = forms.EmailField(
        label=_("Contact e-mail"), help_text=_("Moderators write here. It is not shown to readers.")
    )
    contact_phone = forms.CharField(label=_("Contact phone"), max_length=40, required=False)

    def __init__(self, *args, organization: Organization | None = None, **kwargs) -> None:
        self.organization = organization
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Fill this in.")
        if organization is not None:
            names = {f"name_{code}": text for code, text in texts_of(organization, "name").items()}
            details = {name: getattr(organization, name, "") for name in self.fields if not name.startswith("name_")}
            self.initial = {**names, **details, **self.initial}

    def clean_business_id(self) -> str:
        number = numbers.business_id(self.cleaned_data["business_id"])
        known = Organization.objects.exclude(state__in=Organization.CLOSED_STATES)
        others = known.exclude(pk=self.organization.pk) if self.organization else None
        if number and others is not None and others.filter(business_id=number).exists():
            raise ValidationError(_("Another organization here has this Business ID."))
        return number

    def clean_association_number(self) -> str:
        return numbers.association_number(self.cleaned_data["association_number"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.names() and not any(name in self.errors for name in ("name_fi", "name_sv", "name_en")):
            self.add_error("name_fi", _("Write the name in at least one language."))
        return cleaned

    def names(self) -> dict[str, str]:
        """The names by language code, without the empty ones; names in other languages stay as they are."""
        kept = texts_of(self.organization, "name") if self.organization is not None else {}
        typed = {code: self.cleaned_data.get(f"name_{code}", "").strip() for code in NAME_LANGUAGES}
        return {code: name for code, name in {**kept, **typed}.items() if name}

    def facts(self) -> dict[str, Any]:
        """The other details, in the shape that the actions take."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("name_")}


class KindForm(OrganizationForm):
    """With the kind of organization. The kinds that may not list are explained and not taken."""

    kind = forms.ChoiceField(
        label=_("Kind of organization"),
        choices=choices("organization_kind"),
        widget=forms.RadioSelect,
    )

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind == "other":
            raise ValidationError(
                _(
                    "Only the kinds above can list activities. A wellbeing services county, a state agency, an "
                    "unregistered group and a project cannot. Ask a registered organization to list it with you."
                )
            )
        return kind


class DetailsForm(KindForm):
    """The details of an organization that is here. While a new name or kind waits, no other one can be asked for."""

    reason = forms.CharField(
        label=_("Why does the name or kind change?"),
        help_text=_("One sentence for the moderator."),
        max_length=500,
        required=False,
    )
    field_order = ["name_fi", "name_sv", "name_en", "kind", "reason"]

    def __init__(self, *args, organization: Organization, waits: bool, **kwargs) -> None:
        super().__init__(*args, organization=organization, **kwargs)
        self.fields["kind"].widget = forms.Select(choices=self.fields["kind"].choices)
        if waits:
            for name in (*(f"name_{code}" for code in NAME_LANGUAGES), "kind"):
                self.fields[name].disabled = True
        if waits or not organization.is_approved:
            del self.fields["reason"]

    def clean_kind(self) -> str:
        # A kind that is not taken any more may stay.
        if self.organization is not None and self.cleaned_data["kind"] == self.organization.kind:
            return self.organization.kind
        return super().clean_kind()


class RegistrationForm(KindForm):
    """A new organization."""

    is_another = forms.BooleanField(
        label=_("None of these is my organization"), required=False, widget=forms.HiddenInput
    )
    field_order = ["kind", "name_fi", "name_sv", "name_en"]

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts().items() if name != "is_another"}


class FindForm(forms.Form):
    """Looking for one's organization. Read from the query string."""

    words = forms.CharField(
        label=_("Name or Business ID"),
        help_text=_("In any language. A part of the name is enough."),
        max_length=200,
        required=False,
    )
    municipality = MunicipalityField(label=_("Home municipality"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("words") and not cleaned.get("municipality"):
            self.add_error("words", _("Write a name, a number or a municipality."))
        return cleaned


class JoinForm(forms.Form):
    """Asking to join an organization."""

    message = forms.CharField(
        label=_("Who are you? One sentence for the main user."),
        help_text=_("For example: I lead the language café on Mondays."),
        max_length=500,
        error_messages={"required": _("Write who you are. The main user may not know your address.")},
    )


class InvitationForm(forms.Form):
    """Whom to ask in, and as what."""

    email = forms.EmailField(label=_("E-mail address"), error_messages={"required": _("Fill this in.")})
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role, role.label) for role in (Membership.Role.EDITOR, Membership.Role.MAIN_USER)],
        initial=Membership.Role.EDITOR,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )


class ClaimForm(forms.Form):
    """Offering to be main user where nobody is."""

    claim = forms.CharField(
        label=_("Why you? One sentence for the moderator."),
        help_text=_("For example: the board chose me on 12 March."),
        max_length=500,
        error_messages={"required": _("Fill this in.")},
    )
