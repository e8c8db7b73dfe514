"""Loads municipalities, regions, languages, activity forms, target groups and the first texts of the pages.

Can run again: names are brought up to date; texts that the operator has edited are never overwritten.
"""

import csv
from pathlib import Path

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from portal import freshness, vocabulary
from portal.languages import LISTING_LANGUAGES, language_name
from portal.models import Language, Municipality, Page, Region

REFERENCE = Path(vocabulary.LABELS_FILE).parent
CONTENT = REFERENCE.parent / "content"

# The colour of each form on the street: one family of houses for what feels alike.
FAMILIES = {
    "petrol": ("language_club", "language_course", "own_language_support"),
    "ochre": ("meeting_place", "peer_group", "mentoring", "event_series"),
    "moss": ("guidance", "civic_information", "homework_help"),
    "red": ("family", "youth"),
    "blue": ("sports", "culture", "crafts_and_food"),
    "plum": ("working_life", "digital_skills", "training", "volunteering"),
}
FAMILY_OF = {form: family for family, forms in FAMILIES.items() for form in forms}


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names(texts: dict[str, str]) -> dict[str, str]:
    """Texts by language code as columns of the translated field `name`."""
    return {f"name_{language.column}": texts.get(language.code) or None for language in LISTING_LANGUAGES}


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        self.load_regions()
        self.load_municipalities()
        self.load_languages()
        self.load_vocabulary()
        self.load_pages()
        freshness.raise_version()

    def load_regions(self) -> None:
        for row in rows("regions.csv"):
            texts = vocabulary.labels("region", row["code"])
            place = {key: int(row[key] or 1) for key in ("column", "row", "width")}
            Region.objects.update_or_create(code=row["code"], defaults={"town": row["town"], **place, **names(texts)})

    def load_municipalities(self) -> None:
        for row in rows("municipalities.csv"):
            Municipality.objects.update_or_create(
                code=row["code"],
                defaults={
                    "region_id": row["region"],
                    **names({"fi": row["name_fi"], "sv": row["name_sv"]}),
                },
            )

    def load_languages(self) -> None:
        for row in rows("languages.csv"):
            texts = {
                language.code: row.get(f"name_{language.code}") or language_name(row["code"], language.code)
                for language in LISTING_LANGUAGES
            }
            # Where CLDR has no name it gives the code back; the reader then sees the name in another language.
            texts = {code: name for code, name in texts.items() if name != row["code"]}
            Language.objects.update_or_create(
                code=row["code"],
                defaults={"autonym": row["autonym"], "order": int(row["order"]), **names(texts)},
            )

    def load_vocabulary(self) -> None:
        # The forms and groups belong to listings, which this app may not import.
        ActivityForm = apps.get_model("listings", "ActivityForm")
        TargetGroup = apps.get_model("listings", "TargetGroup")
        for order, code in enumerate(vocabulary.codes("form")):
            ActivityForm.objects.update_or_create(
                code=code,
                defaults={
                    "order": order,
                    "family": FAMILY_OF[code],
                    **names(vocabulary.labels("form", code)),
                },
            )
        for order, code in enumerate(vocabulary.codes("target_group")):
            TargetGroup.objects.update_or_create(
                code=code, defaults={"order": order, **names(vocabulary.labels("target_group", code))}
            )

    def load_pages(self) -> None:
        for file in sorted(CONTENT.glob("*.md")):
            slug, code = file.name.removesuffix(".md").split(".")
            title, _, body = file.read_text(encoding="utf-8").partition("\n")
            page, _created = Page.objects.get_or_create(slug=slug)
            column = code.replace("-", "_")
            if not getattr(page, f"body_{column}"):
                setattr(page, f"title_{column}", title.removeprefix("#").strip())
                setattr(page, f"body_{column}", body.strip())
                page.save()
