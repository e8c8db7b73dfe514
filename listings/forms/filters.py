"""The filters of the public lists, read from the query string. A value that does not exist is an error at its field."""

from collections.abc import Callable, Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from listings.models import ActivityForm, Session, TargetGroup, Version, VersionForm
from listings.search import matching
from portal.models import Language, Municipality, Region
from portal.vocabulary import codes, label_lazy

YES = "yes"


def _rows(model: Any) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [(row.pk, str(row)) for row in model.objects.all()]


def _vocabulary(group: str, leave_out: Iterable[str] = ()) -> list[tuple[str, Any]]:
    return [(code, label_lazy(group, code)) for code in codes(group) if code not in leave_out]


def _links(model: Any, key: str, values: Iterable[str]) -> QuerySet:
    """The versions that a link table ties to one of the values."""
    return model.objects.filter(**{f"{key}__in": values}).values("version_id")


class ChosenOnly(forms.SelectMultiple):
    """Several values; the blank one of a list with nothing chosen is none."""

    def value_from_datadict(self, data, files, name):
        return [value for value in super().value_from_datadict(data, files, name) or [] if value]


class Facet(django_filters.MultipleChoiceFilter):
    """A group of options; any of the chosen ones will do. `count` gives how many versions have each value."""

    def __init__(self, *, select: Callable[[QuerySet, list[str]], QuerySet], count: Callable, **kwargs) -> None:
        self.select = select
        self.count = count
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        return self.select(queryset, value) if value else queryset


def _by_field(name: str) -> dict[str, Callable]:
    """A facet over a column of the version."""

    def count(versions: QuerySet) -> dict[str, int]:
        return dict(versions.order_by().values_list(name).annotate(Count("pk")))

    return {"select": lambda queryset, values: queryset.filter(**{f"{name}__in": values}), "count": count}


def _by_link(model: Any, key: str) -> dict[str, Callable]:
    """A facet over a link table of the version."""

    def count(versions: QuerySet) -> dict[str, int]:
        links = model.objects.filter(version__in=versions.order_by().values("pk")).order_by()
        return dict(links.values_list(key).annotate(Count("version_id", distinct=True)))

    return {
        "select": lambda queryset, values: queryset.filter(pk__in=_links(model, key, values)),
        "count": count,
    }


def _by_condition(**conditions: Any) -> dict[str, Callable]:
    """A facet with the one option yes."""
    return {
        "select": lambda queryset, values: queryset.filter(**conditions),
        "count": lambda versions: {YES: versions.filter(**conditions).count()},
    }


def _meeting_on(queryset: QuerySet, weekdays: list[str]) -> QuerySet:
    sessions = Session.objects.filter(on__gte=timezone.localdate(), cancelled_at__isnull=True, weekday__in=weekdays)
    return queryset.filter(listing_id__in=sessions.values("listing_id"))


def _count_weekdays(versions: QuerySet) -> dict[str, int]:
    sessions = Session.objects.filter(
        on__gte=timezone.localdate(),
        cancelled_at__isnull=True,
        listing_id__in=versions.order_by().values("listing_id"),
    ).order_by()
    return dict(sessions.values_list("weekday").annotate(Count("listing_id", distinct=True)))


class ListingFilter(django_filters.FilterSet):
    """Filters of the public list. `queryset` holds versions that readers may see."""

    words = django_filters.CharFilter(label=_("What are you looking for?"), max_length=200, method="with_words")
    municipality = django_filters.MultipleChoiceFilter(
        label=_("Municipality"), choices=_rows(Municipality), widget=ChosenOnly, method="in_place"
    )
    region = django_filters.MultipleChoiceFilter(
        label=_("Region"), choices=_rows(Region), widget=ChosenOnly, method="in_region"
    )
    participation = Facet(
        label=_("How do you join?"),
        choices=_vocabulary("participation", ("referral", "client_relationship")),
        **_by_field("participation"),
    )
    free = Facet(
        label=_("What does it cost?"),
        choices=[(YES, _("Free of charge"))],
        **_by_condition(price_kind="free"),
    )
    form = Facet(label=_("What do you want to do?"), choices=_rows(ActivityForm), **_by_link(VersionForm, "form_id"))
    language = Facet(
        label=_("In which language?"),
        choices=_rows(Language),
        **_by_link(Version.languages.through, "language_id"),
    )
    language_level = Facet(
        label=_("How much Finnish or Swedish?"),
        choices=_vocabulary("language_level"),
        **_by_field("language_level"),
    )
    weekday = Facet(label=_("When?"), choices=_vocabulary("weekday"), select=_meeting_on, count=_count_weekdays)
    target_group = Facet(
        label=_("For whom?"),
        choices=_rows(TargetGroup),
        **_by_link(Version.target_groups.through, "targetgroup_id"),
    )
    online = Facet(
        label=_("From home?"),
        choices=[(YES, _("You can take part online"))],
        **_by_condition(location_mode__in=("online", "hybrid")),
    )
    childcare = Facet(
        label=_("With a child?"), choices=[(YES, _("There is child care"))], **_by_condition(childcare=True)
    )

    class Meta:
        model = Version
        fields: list[str] = []

    def with_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        rows = matching(value, get_language() or "fi")
        return queryset if rows is None else queryset.filter(listing_id__in=rows.values("listing_id"))

    def in_place(self, queryset: QuerySet, name: str, values: list[str]) -> QuerySet:
        if not values:
            return queryset
        links = Version.municipalities.through.objects.filter(
            Q(municipality__in=values) | Q(municipality__region__in=self.form.cleaned_data.get("region") or [])
        )
        return queryset.filter(pk__in=links.values("version_id"))

    def in_region(self, queryset: QuerySet, name: str, values: list[str]) -> QuerySet:
        if not values or self.form.cleaned_data.get("municipality"):
            return queryset  # a municipality or a region: `in_place` has looked for both
        return queryset.filter(pk__in=_links(Version.municipalities.through, "municipality__region_id", values))

    @property
    def facets(self) -> dict[str, Facet]:
        return {name: one for name, one in self.filters.items() if isinstance(one, Facet)}

    def chosen(self) -> dict[str, list[str]]:
        """The valid values of the query string, by filter, in the form's order."""
        self.form.is_valid()
        values: dict[str, list[str]] = {}
        for name in self.filters:
            value = self.form.cleaned_data.get(name)
            if value:
                values[name] = list(value) if isinstance(value, list) else [value]
        return values

    def results(self, leave_out: str | None = None) -> QuerySet:
        """The versions that fit all filters (but one, for the counts of its options). Wrong values do not count."""
        self.form.is_valid()
        queryset = self.queryset.all()
        for name, one in self.filters.items():
            if name != leave_out:
                queryset = one.filter(queryset, self.form.cleaned_data.get(name) or "")
        return queryset
