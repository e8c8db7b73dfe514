"""The filters of the public lists, read from the query string. A value that does not exist is an error at its field."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from listings.models import ActivityForm, TargetGroup, Version
from listings.search import NEAREST, NEWEST, RELEVANCE, SOONEST, Result, search
from portal.facts import names_of
from portal.languages import reader_writes
from portal.models import Language, Municipality, Region
from portal.vocabulary import codes, label_lazy

YES = "yes"
# Counted like the facets, though they are chosen from lists: a municipality in any chosen region will do too.
PLACES = ("municipality", "region")


def _rows(model: Any) -> Callable[[], list[tuple[str, str]]]:
    return lambda: list(names_of(model).items())


def _vocabulary(group: str, leave_out: Iterable[str] = ()) -> list[tuple[str, Any]]:
    return [(code, label_lazy(group, code)) for code in codes(group) if code not in leave_out]


class ChosenOnly(forms.SelectMultiple):
    """Several values; the blank one of a list with nothing chosen is none."""

    def value_from_datadict(self, data, files, name):
        return [value for value in super().value_from_datadict(data, files, name) or [] if value]


class Facet(django_filters.MultipleChoiceFilter):
    """A group of options with counts; any of the chosen ones will do."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)

    def __deepcopy__(self, memo: dict) -> "Facet":
        # Each form gets filters of its own; copying all their labels too would be a tenth of a page's time.
        return copy(self)


def _yes(label: Any) -> list[tuple[str, Any]]:
    return [(YES, label)]


class ListingFilter(django_filters.FilterSet):
    """Filters of the public list, and what the search finds with them. A wrong value does not count."""

    words = django_filters.CharFilter(label=_("What are you looking for?"), max_length=200)
    municipality = django_filters.MultipleChoiceFilter(
        label=_("Municipality"), choices=_rows(Municipality), widget=ChosenOnly
    )
    region = django_filters.MultipleChoiceFilter(label=_("Region"), choices=_rows(Region), widget=ChosenOnly)
    when = Facet(
        label=_("How soon?"),
        choices=[("today", _("Today")), ("week", _("In the next seven days")), ("weekend", _("On weekends"))],
    )
    participation = Facet(
        label=_("How do you join?"),
        choices=_vocabulary("participation", ("referral", "client_relationship")),
    )
    free = Facet(label=_("What does it cost?"), choices=_yes(_("Free of charge")))
    form = Facet(label=_("What do you want to do?"), choices=_rows(ActivityForm))
    language = Facet(label=_("In which language?"), choices=_rows(Language))
    language_level = Facet(label=_("How much Finnish or Swedish?"), choices=_vocabulary("language_level"))
    weekday = Facet(label=_("When?"), choices=_vocabulary("weekday"))
    evening = Facet(label=_("What time?"), choices=_yes(_("In the evening, from 17 on")))
    target_group = Facet(label=_("For whom?"), choices=_rows(TargetGroup))
    online = Facet(label=_("From home?"), choices=_yes(_("You can take part online")))
    childcare = Facet(label=_("With a child?"), choices=_yes(_("There is child care")))
    accessible = Facet(label=_("Accessible?"), choices=_yes(_("You can get in with a wheelchair")))
    order = django_filters.ChoiceFilter(
        label=_("Order"),
        choices=[
            (RELEVANCE, _("Best match first")),
            (SOONEST, _("Soonest meeting first")),
            (NEWEST, _("Newest first")),
            (NEAREST, _("Nearest first")),
        ],
        empty_label=None,
    )
    near = django_filters.ChoiceFilter(label=_("Near"), choices=_rows(Municipality), empty_label=None)

    class Meta:
        model = Version
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any] | None, *, section: str) -> None:
        super().__init__(data or {}, queryset=Version.objects.none())
        self.section = section
        self._choices: dict[str, dict[str, str]] = {}
        self._chosen: dict[str, list[str]] | None = None

    @property
    def facets(self) -> dict[str, Facet]:
        return {name: one for name, one in self.filters.items() if isinstance(one, Facet)}

    def choices_of(self, name: str) -> dict[str, str]:
        """The values of a filter with their labels. A page asks often, and translates each label once."""
        if name not in self._choices:
            # Not through the form's field, which takes five times as long to go through them.
            choices = self.filters[name].extra.get("choices", ())
            pairs = choices() if callable(choices) else choices
            self._choices[name] = {str(value): str(label) for value, label in pairs if value}
        return self._choices[name]

    def chosen(self) -> dict[str, list[str]]:
        """The valid values of the query string, by filter, in the form's order."""
        if self._chosen is None:
            self.form.is_valid()
            self._chosen = {}
            for name in self.filters:
                value = self.form.cleaned_data.get(name)
                if value:
                    self._chosen[name] = list(dict.fromkeys(value)) if isinstance(value, list) else [value]
        return dict(self._chosen)

    def search(
        self,
        page: int = 1,
        per_page: int = 20,
        *,
        with_facets: bool = True,
        days: Sequence[date] = (),
        per_day: int = 0,
    ) -> Result:
        """One page of what fits all filters, with the counts of each facet and place, and what meets on some days."""
        chosen = self.chosen()
        words, order, near = (chosen.pop(name, [""])[0] for name in ("words", "order", "near"))
        return search(
            words,
            chosen,
            reader_writes(),
            page,
            order or (NEAREST if near else ""),
            section=self.section,
            per_page=per_page,
            near=near,
            facets={name: tuple(self.choices_of(name)) for name in (*PLACES, *self.facets)} if with_facets else {},
            days=days,
            per_day=per_day,
        )
