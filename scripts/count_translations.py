"""How far each language is: texts, plural texts with all their forms, labels, pages, as a Markdown table.

What only moderators and operators see stays untranslated outside Finnish and Swedish; `tests/guards/test_catalogues.py`
holds that nothing else does.
"""

import json
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fi", "sv", "ru", "uk", "et", "fr", "es", "tr", "so", "ar", "fa", "zh-hans")
HEAD = ("language", "texts", "translated", "for staff alone", "plural texts", "with all forms", "labels", "pages")


def is_done(entry: polib.POEntry) -> bool:
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def row(language: str) -> tuple[object, ...]:
    catalogue = polib.pofile(str(ROOT / "locale" / language.replace("zh-hans", "zh_Hans") / "LC_MESSAGES/django.po"))
    forms = int(catalogue.metadata["Plural-Forms"].partition("nplurals=")[2].partition(";")[0])
    done = [entry for entry in catalogue if is_done(entry) and not entry.fuzzy]
    plural = [entry for entry in catalogue if entry.msgid_plural]
    whole = [entry for entry in plural if is_done(entry) and len(entry.msgstr_plural) == forms]
    left = len(catalogue) - len(done)
    untranslated_plurals = sum(not is_done(entry) for entry in plural)
    labels = [json.loads(line)["labels"] for line in (ROOT / "portal/reference/labels.jsonl").open(encoding="utf-8")]
    pages = len(list((ROOT / "portal/content").glob(f"*.{language}.md")))
    return (
        language,
        len(catalogue),
        len(done),
        left,
        len(plural) - untranslated_plurals,
        f"{len(whole)} × {forms}",
        sum(bool(one.get(language)) for one in labels),
        pages,
    )


def main() -> None:
    print("| " + " | ".join(HEAD) + " |\n|" + " --- |" * len(HEAD))  # noqa: T201
    for language in LANGUAGES:
        print("| " + " | ".join(map(str, row(language))) + " |")  # noqa: T201


if __name__ == "__main__":
    main()
