"""The parts that a request goes through: apps, middleware, templates."""

from portal.settings.environment import BASE_DIR

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
    "portal.security_headers.browsers_are_told",  # around all others, refusals and static files too
    "portal.views.probes.probes_are_answered",  # whichever host they ask for, and while the portal rests
    "portal.watching.requests.requests_are_followed",  # around all that may answer
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.running.maintenance.rests_during_maintenance",  # before kept pages, and all that asks the database
    "portal.replicas.middleware.visitors_read_from_replicas",  # before what reads the version of kept pages
    "portal.page_cache.pages_are_kept",  # before all that asks who somebody is
    "portal.middleware.anonymous_pages_are_cacheable",
    "django.middleware.http.ConditionalGetMiddleware",
    "portal.middleware.large_requests_are_refused",  # before anybody reads them
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

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []
