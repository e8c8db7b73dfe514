"""Settings: the one place that reads the environment.

Without any of it the embedded default runs: SQLite and mail as files under `var/`, tasks in the same process.
`docs/operating.md` lists each variable with its meaning and default.
"""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from portal.by_the_clock import BEAT_SCHEDULE
from portal.languages import LISTING_LANGUAGE_CODES, READING_LANGUAGE_CODES, READING_LANGUAGES
from portal.map_services import MAP_SERVICES as KNOWN_MAP_SERVICES

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def read(kind, name: str, default, advice: str):
    """One variable, or a message that says what to write instead."""
    try:
        return kind(name, default=default)
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} cannot be read ({error}). {advice}") from error


def flag(name: str, default: bool) -> bool:
    """A switch; anything but a clear yes or no stops the start."""
    value = env.str(name, str(default)).strip().lower()
    if value not in ("true", "false", "1", "0", "yes", "no", "on", "off"):
        raise ImproperlyConfigured(f"{name}={value!r} cannot be read. Write {name}=true or {name}=false.")
    return value in ("true", "1", "yes", "on")


# Where files go that the portal makes itself

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# Safety

DEBUG = flag("DEBUG", False)
IS_EMBEDDED = "DATABASE_URL" not in env.ENVIRON


def embedded_secret_key() -> str:
    """A key made at the first start and kept beside the embedded database, so that sessions survive restarts."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", "") or (embedded_secret_key() if IS_EMBEDDED or DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing. With DATABASE_URL set, the portal does not invent a key of its own. "
        'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
    )
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The address that people type; links in mails begin with it.
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
if not SITE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f"SITE_URL={SITE_URL!r} needs its beginning, as in https://www.example.org")

USES_HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", USES_HTTPS)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY", False) else None
SECURE_HSTS_SECONDS = 31536000 if USES_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = USES_HTTPS
SECURE_HSTS_PRELOAD = USES_HTTPS
SESSION_COOKIE_SECURE = USES_HTTPS
CSRF_COOKIE_SECURE = USES_HTTPS
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())

# The portal's name; a working name until the operator gives another

SITE_NAME = env.str("SITE_NAME", "Avoin ovi")
IS_DEMO = flag("IS_DEMO", False)
# Whether everybody may look at the gallery of components; else operators
GALLERY_IS_OPEN = flag("GALLERY_IS_OPEN", DEBUG or IS_DEMO)

# Parts

INSTALLED_APPS = [
    "modeltranslation",  # before admin, whose forms it changes
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # the templates of its fields, found through TEMPLATES
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "post_office",
    "portal",
    "organizations",
    "listings",
    "moderation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.page_cache.pages_are_kept",  # before all that asks who somebody is
    "portal.middleware.anonymous_pages_are_cacheable",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "organizations.merged.merged_desks_lead_on",
    "allauth.account.middleware.AccountMiddleware",
    "organizations.accounts.second_factor.SecondFactorMiddleware",  # after all that finds out who somebody is
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.site",
            ],
            "builtins": ["portal.templatetags.portal_tags"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# How many days personal data stays: `portal/personal_data.py` says which, `organizations/privacy/retention.py` does it

KEPT_DAYS = {
    name: read(
        env.int,
        f"KEEP_{name.upper()}_DAYS",
        default,
        f"Write a number of days, as in KEEP_{name.upper()}_DAYS={default}.",
    )
    for name, default in (
        ("unverified_account", 30),
        ("silent_account", 730),
        ("ip_address", 183),
        ("answered_request", 365),
        ("report", 365),
        ("mail", 90),
    )
}
if min(KEPT_DAYS.values()) < 1 or KEPT_DAYS["silent_account"] < 90:
    raise ImproperlyConfigured(
        "KEEP_..._DAYS are at least 1, and KEEP_SILENT_ACCOUNT_DAYS at least 90: people are warned 60 days before."
    )

# Database, cache and tasks

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if "ENGINE" not in DATABASES["default"] or not DATABASES["default"].get("NAME"):
    raise ImproperlyConfigured("DATABASE_URL cannot be read. It looks like postgres://user:password@host:5432/name")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at the start, so that a reader never has to become a writer midway.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60  # opening a connection takes longer than sending a page that is kept
DATABASES["default"]["ATOMIC_REQUESTS"] = False

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured(f"REDIS_URL={REDIS_URL!r} cannot be read. It looks like redis://host:6379/0")
_REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
_SHARED = {
    "BACKEND": "portal.forgiving_cache.ForgivingRedisCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
}
_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
_NOTHING = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = {
    "default": _REDIS if REDIS_URL else _MEMORY,
    # Cards of listings: `listings/cards.py`.
    "cards": {**_SHARED, "KEY_PREFIX": "card"}
    if REDIS_URL
    else {**_MEMORY, "LOCATION": "cards", "OPTIONS": {"MAX_ENTRIES": 10_000}},
    # Whole pages, behind the memory of each process: `portal/page_cache.py`.
    "pages": {**_SHARED, "KEY_PREFIX": "page"} if REDIS_URL else _NOTHING,
}
PAGES_ARE_KEPT = not DEBUG  # whoever changes a template wants to see it
if DEBUG:
    CACHES["cards"] = _NOTHING
# Who reads and raises the version of all that readers see: `portal/freshness.py`.
PUBLIC_VERSION = "listings.search.postings.present"
RAISE_PUBLIC_VERSION = "listings.search.postings.raise_version"
# What a web process builds before its first request.
WARM_UP = ["listings.search.reading.warm_up", "listings.search.labels.label_terms"]
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL  # without Redis a task runs in the process that asks for it, after commit
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Redis is asked once, briefly: what must happen is a row already, and the schedule picks it up later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5}
CELERY_BEAT_SCHEDULE = dict(BEAT_SCHEDULE)
CELERY_TIMEZONE = "Europe/Helsinki"

# Mail: every message is a row of the outbox first; the address below is where the outbox sends it

EMAIL_BACKEND = "portal.outbox.OutboxBackend"
_mail = read(
    lambda name, default: env.email_url(name, default=default),
    "EMAIL_URL",
    f"filemail://{VAR_DIR / 'mail'}",
    "It looks like smtp+tls://user:password@host:587 or consolemail:// or filemail:///folder",
)
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15
# The address of a folder loses its first stroke when it is read.
EMAIL_FILE_PATH = "/" + (_mail.get("EMAIL_FILE_PATH") or str(VAR_DIR / "mail")).lstrip("/")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "no-reply@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# A Maildir that gets the reports of mails that came back; empty: nobody looks.
BOUNCE_MAILDIR = env.str("BOUNCE_MAILDIR", "")
if BOUNCE_MAILDIR:
    CELERY_BEAT_SCHEDULE["take-bounces"] = {"task": "portal.tasks.take_bounces", "schedule": timedelta(hours=1)}
POST_OFFICE: dict[str, Any] = {
    "BACKENDS": {"default": _mail["EMAIL_BACKEND"]},
    # Its tables are used; who sends, how often and when again is ours: `portal/delivery.py`.
    "CELERY_ENABLED": False,
    "MAX_RETRIES": 8,
    "RETRY_INTERVAL": timedelta(
        seconds=read(env.int, "MAIL_RETRY_SECONDS", 300, "Write a number of seconds, as in MAIL_RETRY_SECONDS=300.")
    ),
}

# People

AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "organizations.accounts.passwords.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "organizations.accounts.passwords.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "organizations.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "organizations.accounts.forms.LoginForm",
    "signup": "organizations.accounts.forms.SignupForm",
    "add_email": "organizations.accounts.forms.AddEmailForm",
    "change_password": "organizations.accounts.forms.ChangePasswordForm",
    "set_password": "organizations.accounts.forms.SetPasswordForm",
    "reset_password": "organizations.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "organizations.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "organizations.accounts.forms.ReauthenticateForm",
    "request_login_code": "organizations.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "organizations.accounts.forms.ConfirmLoginCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "organizations.forms.SignupFields"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_CONFIRM_EMAIL_ON_GET = False  # a link scanner that opens the address must not confirm it
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # what changes how one signs in is told by mail
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end all the same: they know the old password
ACCOUNT_CHANGE_EMAIL = True  # one address; it stays until the new one is confirmed
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A code by mail instead of a password: eight digits, ten minutes, three tries.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(timedelta(minutes=10).total_seconds())
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Tries in a span of time, counted in the default cache: by visitor (ip), account (user) or typed address (key).
# The figures by visitor leave room for a course where twenty people sign up behind one address.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "30/10m/ip",
    "confirm_email": "1/3m/key",
    "reset_password": "20/10m/ip,5/10m/key",
    "reset_password_from_key": "20/10m/ip",
    "request_login_code": "20/10m/ip,5/10m/key",
    "change_password": "5/m/user",
    "manage_email": "10/10m/user",
    "reauthenticate": "10/m/user",
}
INVITATION_DAYS = read(env.int, "INVITATION_DAYS", 14, "Write a number of days, as in INVITATION_DAYS=14.")
INVITATIONS_A_DAY = read(env.int, "INVITATIONS_A_DAY", 20, "Write a number, as in INVITATIONS_A_DAY=20.")
ORPHAN_AFTER_DAYS = read(env.int, "ORPHAN_AFTER_DAYS", 365, "Write a number of days, as in ORPHAN_AFTER_DAYS=365.")
# Whose attempts are counted: behind a proxy the address that it writes into X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("BEHIND_PROXY", False) else 0
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if USES_HTTPS else "http"

# The second factor: an app's codes, a security key, and codes on paper for the day when both are lost

SECOND_FACTOR_REQUIRED = flag("SECOND_FACTOR_REQUIRED", True)
if not SECOND_FACTOR_REQUIRED and not IS_DEMO:
    raise ImproperlyConfigured(
        "SECOND_FACTOR_REQUIRED=false is for demonstrations only: moderators and operators need a second factor. "
        "Leave it out, or set IS_DEMO=true."
    )
MFA_ADAPTER = "organizations.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "organizations.accounts.forms.SecondFactorForm",
    "reauthenticate": "organizations.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "organizations.accounts.forms.ActivateAppForm",
    "add_webauthn": "organizations.accounts.forms.AddKeyForm",
    "edit_webauthn": "organizations.accounts.forms.RenameKeyForm",
    "authenticate_webauthn": "organizations.accounts.forms.KeyForm",
    "reauthenticate_webauthn": "organizations.accounts.forms.KeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # phones whose clock is half a minute off
# Nobody signs in before the address is confirmed; another address that waits for it says nothing about the account.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_DEMO or DEBUG  # a security key on http, on the machine itself

# Languages

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

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# The rules and the life of a listing

# None: each edition of the rules has its own
ELIGIBILITY_FEE_REVIEW_LIMIT = env.str("ELIGIBILITY_FEE_REVIEW_LIMIT", "") or None
ELIGIBILITY_SINGLE_EVENTS_ALLOWED = (
    flag("ELIGIBILITY_SINGLE_EVENTS_ALLOWED", False) if env.str("ELIGIBILITY_SINGLE_EVENTS_ALLOWED", "") else None
)
LISTING_CONFIRMATION_DAYS = read(
    env.int, "LISTING_CONFIRMATION_DAYS", 180, "Write a number of days, as in LISTING_CONFIRMATION_DAYS=180."
)
LISTINGS_PER_PAGE = 20
# What readers report: so many from different networks hide a listing (0: never), so long the organization may answer
REPORTS_THAT_HIDE = read(env.int, "REPORTS_THAT_HIDE", 3, "Write a number, as in REPORTS_THAT_HIDE=3.")
REPORT_ANSWER_DAYS = read(env.int, "REPORT_ANSWER_DAYS", 14, "Write a number of days, as in REPORT_ANSWER_DAYS=14.")
REPORTS_A_DAY = read(env.int, "REPORTS_A_DAY", 5, "Write a number, as in REPORTS_A_DAY=5.")
# So many messages one person may write to the other side in an hour
REMARKS_AN_HOUR = read(env.int, "REMARKS_AN_HOUR", 20, "Write a number, as in REMARKS_AN_HOUR=20.")
# Where the quick exit of pages for people who have to be careful leads: a site that says nothing about them
QUICK_EXIT_URL = env.str("QUICK_EXIT_URL", "https://www.ilmatieteenlaitos.fi/")
if not QUICK_EXIT_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f"QUICK_EXIT_URL={QUICK_EXIT_URL!r} needs its beginning, as in https://www.example.org/")

# Which map services a listing's page offers, in this order; empty: none
MAP_SERVICES = env.list("MAP_SERVICES", default=["matka", "openstreetmap", "google", "apple"])
_unknown = sorted(set(MAP_SERVICES) - set(KNOWN_MAP_SERVICES))
if _unknown:
    raise ImproperlyConfigured(
        f"MAP_SERVICES has unknown names: {', '.join(_unknown)}. Known: {', '.join(KNOWN_MAP_SERVICES)}."
    )

# Trust: with so many listings published by a decision and none refused for so long an organization publishes at once
# (0: never by itself); of what is published without a decision so many percent are checked afterwards

TRUST_PUBLISHED = read(env.int, "TRUST_PUBLISHED", 5, "Write a number, as in TRUST_PUBLISHED=5.")
TRUST_CLEAN_DAYS = read(env.int, "TRUST_CLEAN_DAYS", 365, "Write a number of days, as in TRUST_CLEAN_DAYS=365.")
SAMPLE_PERCENT = read(env.int, "SAMPLE_PERCENT", 20, "Write a number from 0 to 100, as in SAMPLE_PERCENT=20.")
# Who reads the decisions that trust comes from, and draws the sample: `listings/trust.py`.
IS_TRUSTED = "moderation.trust.is_trusted"
NEEDS_NO_DECISION = "moderation.trust.needs_no_decision"
DRAW_SAMPLE = "moderation.actions.draw_sample"

# So long a moderator has a case in hand before others may take it
HOLD_MINUTES = read(env.int, "HOLD_MINUTES", 30, "Write a number of minutes, as in HOLD_MINUTES=30.")
# Within so many working days, moderators answer whoever waits for them
ANSWER_WORKING_DAYS = read(env.int, "ANSWER_WORKING_DAYS", 3, "Write a number of days, as in ANSWER_WORKING_DAYS=3.")

# The open register of companies and associations; without an address nobody asks it

BUSINESS_REGISTER_URL = env.str("BUSINESS_REGISTER_URL", "").rstrip("/")
if BUSINESS_REGISTER_URL and not BUSINESS_REGISTER_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(
        f"BUSINESS_REGISTER_URL={BUSINESS_REGISTER_URL!r} needs its beginning, as in https://register.example.org/v3"
    )

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []
