"""What the people of an organization and the moderators write to each other about a version."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.models import Remark
from portal.forms import WordsField


class RemarkForm(forms.Form):
    """One message. It decides nothing."""

    remark = WordsField(
        label=_("Your message"),
        help_text=_("It changes nothing in the listing, and readers do not see it."),
        error_messages={"required": _("Write your message first.")},
        most=Remark.LONGEST,
        rows=4,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].required = True


class AnswerForm(forms.Form):
    """What the author answers to the moderator who sent the version back. It goes with the version."""

    answer = WordsField(
        label=_("Answer to the moderator"),
        help_text=_("For example what you changed, or why something stays. Readers do not see this."),
        most=Remark.LONGEST,
        rows=4,
    )
