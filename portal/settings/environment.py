"""How the environment is read, and what all other settings build on."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

BASE_DIR = Path(__file__).resolve().parents[2]


class Variables(FileAwareMapping):
    """Each variable may be a file instead: `SECRET_KEY_FILE=/run/secrets/secret_key`."""

    def __getitem__(self, name: str) -> str:
        try:
            return super().__getitem__(name).strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read ({error}).") from error


env = environ.FileAwareEnv()
env.ENVIRON = Variables()


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

DEBUG = flag("DEBUG", False)
IS_DEMO = flag("IS_DEMO", False)
IS_EMBEDDED = "DATABASE_URL" not in env.ENVIRON

# The portal's name; a working name until the operator gives another
SITE_NAME = env.str("SITE_NAME", "Avoin ovi")
# The address that people type; links in mails begin with it.
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
if not SITE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured(f"SITE_URL={SITE_URL!r} needs its beginning, as in https://www.example.org")
USES_HTTPS = SITE_URL.startswith("https://")
# Whether a proxy stands before the portal that always says who asks, and by which scheme
BEHIND_PROXY = flag("BEHIND_PROXY", False)
