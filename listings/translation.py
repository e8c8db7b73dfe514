"""Which texts of listings have a column for each language."""

from modeltranslation.translator import TranslationOptions, register

from listings.models import ActivityForm, TargetGroup, Version


@register([ActivityForm, TargetGroup])
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(Version)
class VersionTranslation(TranslationOptions):
    fields = Version.TEXT_FIELDS
    fallback_languages = {"default": ()}
