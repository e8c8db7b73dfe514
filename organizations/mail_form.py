"""The form in which people choose their mails."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from organizations.models import User
from portal.mail.kinds import choosable


class MailForm(forms.Form):
    """What is not necessary, ticked where one gets it, and when it comes."""

    wanted = forms.MultipleChoiceField(
        label=_("Mails that you can do without"),
        help_text=_("Untick what you do not want."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mail_rhythm = forms.ChoiceField(
        label=_("When these mails come"), choices=User.MailRhythm.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        kinds = choosable(is_moderator=user.is_moderator)
        wanted = [kind.name for kind in kinds if kind.name not in user.unwanted_mail]
        super().__init__(data, initial={"wanted": wanted, "mail_rhythm": user.mail_rhythm})
        field = cast(forms.MultipleChoiceField, self.fields["wanted"])
        field.choices = [(kind.name, kind.title) for kind in kinds]
