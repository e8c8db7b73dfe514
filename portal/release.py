"""Which release of the portal runs: what was rendered by another one is never shown."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

FOLDERS = ("portal", "organizations", "listings", "moderation", "templates", "locale")
KINDS = {".py", ".html", ".txt", ".mo", ".json", ".jsonl", ".csv", ".md"}
# Settings that stand on pages; a change comes with a restart.
SETTINGS = (
    "SITE_NAME",
    "SITE_URL",
    "IS_DEMO",
    "LANGUAGES",
    "LISTINGS_PER_PAGE",
    "LISTING_CONFIRMATION_DAYS",
    "ELIGIBILITY_FEE_REVIEW_LIMIT",
    "ELIGIBILITY_SINGLE_EVENTS_ALLOWED",
)


@cache
def release() -> str:
    """Sixteen signs that differ as soon as a file or a setting differs that pages are made from."""
    seen = sha256(repr([getattr(settings, name) for name in SETTINGS]).encode())
    for path in _files():
        stat = path.stat()
        seen.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:16]


def _files() -> list[Path]:
    """All that pages are made from, and the names of the static files."""
    base = Path(settings.BASE_DIR)
    files = [path for folder in FOLDERS for path in (base / folder).rglob("*") if path.suffix in KINDS]
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return sorted(files) + ([manifest] if manifest.exists() else [])
