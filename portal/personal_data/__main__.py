"""Writes the page: `python -m portal.personal_data > docs/personal-data.md`."""

import os
import sys

import django
from django.utils.translation import override

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from portal.personal_data.page import as_markdown

    with override("en"):
        sys.stdout.write(as_markdown())
