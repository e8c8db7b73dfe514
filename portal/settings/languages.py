"""The languages of the interface and of listings, and the time."""

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from portal.languages import LISTING_LANGUAGE_CODES, READING_LANGUAGE_CODES, READING_LANGUAGES
from portal.settings.environment import BASE_DIR, env

_ALL_LANGUAGES = [(language.code, language.autonym) for language in READING_LANGUAGES]
INTERFACE_LANGUAGES = env.list("INTERFACE_LANGUAGES", default=list(READING_LANGUAGE_CODES))
_unknown = sorted(set(INTERFACE_LANGUAGES) - set(READING_LANGUAGE_CODES))
if _unknown:
    raise ImproperlyConfigured(
        f"INTERFACE_LANGUAGES has unknown codes: {', '.join(_unknown)}. Known: {', '.join(READING_LANGUAGE_CODES)}."
    )
LANGUAGES = [(code, name) for code, name in _ALL_LANGUAGES if code in INTERFACE_LANGUAGES]
# Django does not know Somali and the easy wordings; the administration asks for its name.
LANG_INFO.setdefault("so", {"bidi": False, "code": "so", "name": "Somali", "name_local": "Soomaali"})
LANG_INFO["fi-simple"] = {"bidi": False, "code": "fi-simple", "name": "Easy Finnish", "name_local": "selkosuomi"}
LANG_INFO["sv-simple"] = {"bidi": False, "code": "sv-simple", "name": "Easy Swedish", "name_local": "lätt svenska"}
LANGUAGE_CODE = "fi"
LANGUAGES_BIDI = ["ar", "fa"]
# Our own texts, and those of libraries that they lack in some language.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
MODELTRANSLATION_LANGUAGES = LISTING_LANGUAGE_CODES
MODELTRANSLATION_DEFAULT_LANGUAGE = "fi"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("fi", "en", "sv")
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"
USE_THOUSAND_SEPARATOR = False
