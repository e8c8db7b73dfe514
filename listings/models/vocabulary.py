"""What kind of activity, and for whom: codes with names in every language, loaded with the reference data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages import LISTING_LANGUAGES
from portal.vocabulary import label


class ActivityForm(models.Model):
    """What kind of activity it is. `family` gives its colour on the street."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    family = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return label("form", self.code)


class TargetGroup(models.Model):
    """Whom an activity is for."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return label("target_group", self.code)


class Synonym(models.Model):
    """What people type for something, in one language: the operator's own lines beside `listings/search/synonyms`."""

    language = models.CharField(
        _("Language"), max_length=10, choices=[(language.code, language.autonym) for language in LISTING_LANGUAGES]
    )
    words = models.TextField(
        _("What people type"), help_text=_("Words or short phrases, with a comma between them: knitting, crochet")
    )
    means = models.TextField(
        _("What is looked for along with it"),
        help_text=_(
            "Other words, or codes of what one can filter by, with a comma between them: "
            "handicraft, form:crafts_and_food, group:women, language:ar, municipality:091, region:01, "
            "weekday:mon, is:childcare"
        ),
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["language", "pk"]
        verbose_name = _("Synonym of the search")
        verbose_name_plural = _("Synonyms of the search")

    def __str__(self) -> str:
        return f"{self.words} = {self.means}"
