"""Form fields that several apps use."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from portal.languages import direction
from portal.models import Municipality
from portal.texts import listed

DATALIST_ID = "municipality-names"


class LanguageSelect(forms.Select):
    """Languages under their own names: each option says in which language and direction it is."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"] |= {"lang": str(value), "dir": direction(str(value))}
        return option


def municipalities_by_name() -> dict[str, str]:
    """Each municipality's code by its Finnish and Swedish name, folded, and by the code itself."""
    found: dict[str, str] = {}
    for code, name_fi, name_sv in Municipality.objects.values_list("code", "name_fi", "name_sv"):
        found |= {name_sv.casefold(): code, code: code}
        found[name_fi.casefold()] = code
    return found


def municipality_names() -> list[str]:
    """All municipalities by name in the reader's language, for the `datalist` of the fields below."""
    return [str(row) for row in Municipality.objects.all()]


class MunicipalitiesField(forms.CharField):
    """Municipalities typed by name, in Finnish or Swedish, with commas between; cleaned to their codes.

    Works without JavaScript: the browser offers the names of a `datalist`, and an unknown name gets a proposal.
    """

    def __init__(self, *, most: int = 20, **kwargs) -> None:
        self.most = most
        super().__init__(**kwargs)
        self.widget.attrs |= {"list": DATALIST_ID, "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            names = {row.pk: str(row) for row in Municipality.objects.filter(pk__in=value)}
            return ", ".join(names.get(code, code) for code in value)
        return value

    def clean(self, value: Any) -> list[str]:
        typed = listed(super().clean(value))
        if len(typed) > self.most:
            raise ValidationError(_("Write at most %(most)s municipalities."), params={"most": self.most})
        known = municipalities_by_name() if typed else {}
        return list(dict.fromkeys(self._find(name, known) for name in typed))

    def _find(self, name: str, known: dict[str, str]) -> str:
        code = known.get(name.casefold())
        if code is not None:
            return code
        near = process.extractOne(name.casefold(), known.keys(), scorer=fuzz.ratio, score_cutoff=60)
        if near:
            proposal = str(Municipality.objects.get(pk=known[near[0]]))
            raise ValidationError(
                _("“%(name)s” is not a municipality in Finland. Do you mean %(proposal)s?"),
                params={"name": name, "proposal": proposal},
            )
        raise ValidationError(
            _("“%(name)s” is not a municipality in Finland. Check how it is written."), params={"name": name}
        )


class MunicipalityField(MunicipalitiesField):
    """One municipality typed by name; cleaned to the row, or None."""

    def __init__(self, **kwargs) -> None:
        super().__init__(most=1, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Municipality) else super().prepare_value(value)

    def clean(self, value: Any) -> Municipality | None:
        codes = super().clean(value)
        return Municipality.objects.get(pk=codes[0]) if codes else None


class WordsField(forms.CharField):
    """A longer text. It is counted by the server, so that nothing of it is cut off unseen."""

    def __init__(self, *, most: int, rows: int, required: bool = False, **kwargs: Any) -> None:
        self.most = most
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(required=required, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        # Browsers send two characters for one line break.
        text = (super().to_python(value) or "").replace("\r\n", "\n")
        if len(text) > self.most:
            raise forms.ValidationError(
                _("Write at most %(most)s characters. Now there are %(now)s."),
                params={"most": self.most, "now": len(text)},
            )
        return text
