"""A line of the operator's synonyms, checked before it is kept."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from listings.models import Synonym
from listings.search.synonyms import ALSO, CLOSE, LONGEST_PHRASE, known_codes
from listings.search.synonyms.own import parts_of
from listings.search.words import words_in


class SynonymForm(forms.ModelForm):
    """Every phrase must be short enough to be found, every code one that listings can have."""

    class Meta:
        model = Synonym
        fields = ("language", "words", "means")
        widgets = {"words": forms.Textarea(attrs={"rows": 3}), "means": forms.Textarea(attrs={"rows": 3})}

    def clean_words(self) -> str:
        phrases = parts_of(self.cleaned_data["words"])
        lengths = {phrase: len(words_in(phrase)) for phrase in phrases}
        bad = [phrase for phrase, length in lengths.items() if not 0 < length <= LONGEST_PHRASE]
        if bad or not phrases:
            raise ValidationError(
                _("Each must have 1 to %(most)s words. Change: %(phrases)s")
                % {"most": LONGEST_PHRASE, "phrases": ", ".join(bad) or "–"}
            )
        return ", ".join(phrases)

    def clean_means(self) -> str:
        targets = parts_of(self.cleaned_data["means"])
        known = known_codes()
        codes = {target: target.lstrip(ALSO + CLOSE) for target in targets if ":" in target}
        bad = [target for target in targets if codes.get(target, "") not in {"", *known} or not words_in(target)]
        if bad or not targets:
            raise ValidationError(_("These codes are not known: %(codes)s") % {"codes": ", ".join(bad) or "–"})
        return ", ".join(targets)
