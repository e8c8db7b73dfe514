"""Accounts, how people sign in, and how long what they leave is kept."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import BEHIND_PROXY, DEBUG, IS_DEMO, SITE_NAME, USES_HTTPS, env, flag, read

# What each app declares of the personal data that it keeps, in the order in which people read it
PERSONAL_DATA = [
    "organizations.personal_data.HELD",
    "listings.personal_data.HELD",
    "moderation.personal_data.HELD",
    "portal.personal_data.own.HELD",
    "organizations.accounts.personal_data.HELD",
]

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
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if USES_HTTPS else "http"

# The second factor: an app's codes, a security key, and codes on paper for the day when both are lost

SECOND_FACTOR_REQUIRED = flag("SECOND_FACTOR_REQUIRED", True)
if not SECOND_FACTOR_REQUIRED and not IS_DEMO:
    raise ImproperlyConfigured(
        "SECOND_FACTOR_REQUIRED=false is for demonstrations only: moderators and operators need a second factor. "
        "Leave it out, or set IS_DEMO=true."
    )
# Who has shown it shows it again after so many hours, and before they open a page when nobody was there for so long
SECOND_FACTOR_HOURS = read(env.int, "SECOND_FACTOR_HOURS", 12, "Write a number of hours, as in SECOND_FACTOR_HOURS=12.")
STAFF_IDLE_MINUTES = read(env.int, "STAFF_IDLE_MINUTES", 60, "Write a number of minutes, as in STAFF_IDLE_MINUTES=60.")
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
