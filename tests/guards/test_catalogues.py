"""The catalogue of every interface language is complete, true to its placeholders, and as new as the code."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

import polib
import pytest
from django.conf import settings

from portal.languages import full_languages
from portal.staff_pages import STAFF_LANGUAGES
from tests.guards.world import OUR_APPS

ROOT = Path(settings.BASE_DIR)
SCRIPT = ROOT / "scripts" / "messages"

# The texts of the code are English; every other language of the interface has a catalogue.
LANGUAGES = [code for code, _name in full_languages() if code != "en"]

PLACEHOLDERS = (
    re.compile(r"%\(\w+\)[#0\- +]*\d*[diouxXeEfFgGcrs]"),
    re.compile(r"%[sdrif]"),
    re.compile(r"(?<!\{)\{\w*(?:[:!][^{}]*)?\}(?!\})"),
    re.compile(r"</?\w+[^>]*>"),
)

Key = tuple[str, str, str]

# Moderators and operators have these; everybody else has every text in their own language.
ROOMS_OF_STAFF = re.compile(
    r"moderation/(?!public_report/|models/|judging/changes)|templates/moderation/(?!decision_report)|templates/admin/"
    r"|templates/portal/operator_|portal/(?:running|watching)/|.*admin\w*\.py|.*/management/commands/"
)


def catalogue_file(language: str, root: Path = ROOT) -> Path:
    folder = language.replace("zh-hans", "zh_Hans")
    return root / "locale" / folder / "LC_MESSAGES" / "django.po"


@cache
def catalogue(language: str) -> polib.POFile:
    file = catalogue_file(language)
    assert file.exists(), f"{file.relative_to(ROOT)} is missing"
    return polib.pofile(str(file))


def key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def translations(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each translation with the text that it translates. The singular of a plural may leave the number out."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, text) for _number, text in sorted(entry.msgstr_plural.items())]


def placeholders(text: str) -> list[list[str]]:
    return [sorted(pattern.findall(text)) for pattern in PLACEHOLDERS]


def ends(text: str) -> tuple[str, str]:
    """The white space before and after a text."""
    found = re.fullmatch(r"(\s*).*?(\s*)", text, re.S)
    assert found is not None
    return found.group(1), found.group(2)


def leaves_out_its_number(entry: polib.POEntry, number: int, text: str) -> bool:
    """Whether a plural form stands for one number alone, and says it in words: in Arabic for none, one and two."""
    if not entry.msgid_plural or number >= (3 if len(entry.msgstr_plural) == 6 else 1):
        return False
    given, wanted = (Counter(chain(*placeholders(one))) for one in (text, entry.msgid_plural))
    return not given - wanted and (wanted - given).total() == 1


def faults_of(entry: polib.POEntry) -> list[str]:
    """What is wrong with one translation."""
    faults = []
    for number, (source, text) in enumerate(translations(entry)):
        if not text.strip():
            faults.append("not translated")
            continue
        if placeholders(text) != placeholders(source) and not leaves_out_its_number(entry, number, text):
            faults.append(f"placeholders: {text!r}")
        if ends(source) != ends(text):
            faults.append(f"white space at the ends: {text!r}")
    if entry.fuzzy:
        faults.append("fuzzy")
    if entry.obsolete:
        faults.append("obsolete")
    return faults


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="Add", msgstr=""), "not translated"),
        (polib.POEntry(msgid="Hello %(name)s", msgstr="Hei %(nimi)s"), "placeholders"),
        (polib.POEntry(msgid="{limit} signs", msgstr="merkkiä"), "placeholders"),
        (polib.POEntry(msgid="%s days", msgstr="päivää"), "placeholders"),
        (polib.POEntry(msgid="Add\n", msgstr="Lisää"), "white space"),
        (polib.POEntry(msgid="Add", msgstr="Lisää", flags=["fuzzy"]), "fuzzy"),
        (polib.POEntry(msgid="Add", msgstr="Lisää", obsolete=True), "obsolete"),
        (
            polib.POEntry(msgid="a day", msgid_plural="%(n)s days", msgstr_plural={0: "päivä", 1: "%(m)s päivää"}),
            "placeholders",
        ),
    ],
)
def test_each_fault_is_noticed(entry, fault):
    assert any(one.startswith(fault) for one in faults_of(entry))


def test_good_plural_has_no_fault():
    entry = polib.POEntry(
        msgid="%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "%(n)s päivä", 1: "%(n)s päivää"}
    )
    assert faults_of(entry) == []


def test_there_are_languages():
    assert {"fi", "sv"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete_and_true(collected, language):
    entries = catalogue(language)
    assert len(entries) > 300
    faults = {key(entry): faults_of(entry) for entry in [*entries, *entries.obsolete_entries()]}
    if language not in STAFF_LANGUAGES:
        for entry in filter(is_for_staff_alone, collected[language]):
            faults[key(entry)] = [fault for fault in faults[key(entry)] if fault != "not translated"]
    assert {text: found for text, found in faults.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_says_how_its_language_counts(language):
    metadata = catalogue(language).metadata
    assert metadata["Language"] == language
    assert "nplurals" in metadata["Plural-Forms"]
    assert "charset=UTF-8" in metadata["Content-Type"]


def options_of_the_script() -> list[str]:
    """How the project collects its texts: the options that `scripts/messages` gives to makemessages."""
    command = SCRIPT.read_text(encoding="utf-8").replace("\\\n", " ")
    line = next(line for line in command.splitlines() if " makemessages " in line)
    words = shlex.split(line.split(" makemessages ", 1)[1])
    assert words[:1] == ["--locale"]
    return words[2:]


def is_for_staff_alone(entry: polib.POEntry) -> bool:
    return all(ROOMS_OF_STAFF.match(file) for file, _line in entry.occurrences)


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> dict[str, list[polib.POEntry]]:
    """The texts of the code as it is now, by language, collected in a copy of the project."""
    if shutil.which("xgettext") is None:
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail("xgettext is missing: install gettext.")
        pytest.skip("needs xgettext")
    copy = tmp_path_factory.mktemp("project")
    for folder in (*OUR_APPS, "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", copy)
    for language in LANGUAGES:
        catalogue_file(language, copy).parent.mkdir(parents=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTHONPATH")}
    environment |= {"VAR_DIR": str(copy / "var"), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    locales = [word for language in LANGUAGES for word in ("--locale", language.replace("-hans", "_Hans"))]
    options = [option for option in options_of_the_script() if option != "--no-location"]
    command = [sys.executable, "manage.py", "makemessages", *locales, *options]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {language: list(polib.pofile(str(catalogue_file(language, copy)))) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_as_new_as_the_code(collected, language):
    now = {key(entry) for entry in collected[language]}
    assert len(now) > 300
    kept = {key(entry) for entry in catalogue(language)}
    assert now - kept == set(), "in the code, but not in the catalogue: run scripts/messages"
    assert kept - now == set(), "in the catalogue, but no longer in the code: run scripts/messages"
