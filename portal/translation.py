"""Which texts have a column for each language."""

from modeltranslation.translator import TranslationOptions, register

from portal.models import Language, Municipality, Page, Region


@register([Language, Municipality, Region])
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "body")
    required_languages = ("fi",)
