"""Static files and what people upload."""

from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import DEBUG, VAR_DIR, env

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES: dict[str, dict[str, Any]] = {
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

# Logos in a bucket that all machines share, instead of files in VAR_DIR; the portal alone reads and writes them
MEDIA_S3_BUCKET = env.str("MEDIA_S3_BUCKET", "")
MEDIA_S3_ENDPOINT = env.str("MEDIA_S3_ENDPOINT", "")
if MEDIA_S3_ENDPOINT and not MEDIA_S3_ENDPOINT.startswith(("http://", "https://")):
    raise ImproperlyConfigured(
        f"MEDIA_S3_ENDPOINT={MEDIA_S3_ENDPOINT!r} needs its beginning, as in https://storage.example.org"
    )
if MEDIA_S3_BUCKET:
    if find_spec("storages") is None or find_spec("botocore") is None:
        raise ImproperlyConfigured("MEDIA_S3_BUCKET needs the extra `s3`: uv sync --extra s3.")
    from botocore.config import Config

    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": MEDIA_S3_BUCKET,
            "endpoint_url": MEDIA_S3_ENDPOINT or None,
            "region_name": env.str("MEDIA_S3_REGION", "") or None,
            # Without them the machine's own role counts, as the storage's client finds it.
            "access_key": env.str("MEDIA_S3_ACCESS_KEY", "") or None,
            "secret_key": env.str("MEDIA_S3_SECRET_KEY", "") or None,
            "default_acl": None,
            "file_overwrite": False,
            # A page's logo is not worth a long wait; who sends one is told when it does not work.
            "client_config": Config(
                connect_timeout=2,
                read_timeout=5,
                retries={"max_attempts": 2, "mode": "standard"},
                s3={"addressing_style": "path" if MEDIA_S3_ENDPOINT else "auto"},
                signature_version="s3v4",
            ),
        },
    }
