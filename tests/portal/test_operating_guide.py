"""The operating guide names every setting that the environment can give and none that is gone; its links lead on."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "operating.md"
SETTINGS = sorted((ROOT / "portal" / "settings").glob("*.py"))
READERS = {"flag", "read"}
# The start of the web server reads these before there are settings, and a library one.
ASKED_DIRECTLY = re.compile(r"os\.environ(?:\.get\(|\[)\"([A-Z_]+)\"")
RECORDING = """
import environ, sys
seen = set()
known = environ.Env.get_value
def noted(self, var, *args, **kwargs):
    seen.add(var)
    return known(self, var, *args, **kwargs)
environ.Env.get_value = noted
import portal.settings
print(" ".join(sorted(str(name) for name in seen)))
"""


def written() -> set[str]:
    """Names that stand in the settings as they are read, whether or not this set-up comes by."""
    found = set()
    for path in SETTINGS:
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            of_env = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "env"
            if of_env or getattr(call.func, "id", "") in READERS:
                found |= {one.value for one in call.args[:2] if isinstance(one, ast.Constant) and _is_name(one.value)}
    return found


def asked_directly() -> set[str]:
    sources = [
        path for app in ("portal", "organizations", "listings", "moderation") for path in ROOT.glob(f"{app}/**/*.py")
    ]
    return {name for path in sources for name in ASKED_DIRECTLY.findall(path.read_text())}


def _is_name(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|DEBUG", value) is not None


def read_at_start(tmp_path: Path) -> set[str]:
    """Names that the settings read when they start, also those that they put together."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", RECORDING],
        env={**kept, "VAR_DIR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def in_the_guide() -> set[str]:
    text = GUIDE.read_text()
    table = text[text.index("## Settings") : text.index("\n## ", text.index("## Settings") + 1)]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([A-Z0-9_]+)`", cell)}


def test_every_setting_is_in_the_guide_and_none_is_stale(tmp_path):
    known = written() | read_at_start(tmp_path) | asked_directly()
    assert len(known) > 40
    assert {"KEEP_MAIL_DAYS", "SECRET_KEY", "IS_DEMO"} <= known
    assert known - in_the_guide() == set(), "write a row for each in docs/operating.md"
    assert in_the_guide() - known == set(), "nobody reads these any more"


@pytest.mark.parametrize(
    "path", [GUIDE, *sorted((ROOT / "docs" / "operating").glob("*.md"))], ids=lambda path: path.name
)
def test_links_of_the_guide_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text()):
        assert (path.parent / target).exists(), target


def test_first_page_links_every_part():
    parts = {path.name for path in (ROOT / "docs" / "operating").glob("*.md")}
    assert parts
    assert parts <= set(re.findall(r"operating/([a-z-]+\.md)", GUIDE.read_text()))


def test_every_command_named_in_the_guide_exists():
    commands = {path.stem for path in ROOT.glob("*/management/commands/*.py")} | {
        *("createsuperuser", "shell", "collectstatic", "clearsessions", "cleanup_mail", "check", "dbshell"),
    }
    text = "".join(path.read_text() for path in (GUIDE, *(ROOT / "docs" / "operating").glob("*.md")))
    named = set(re.findall(r"manage\.py\s+([a-z_]+)", text))
    assert len(named) > 5
    assert named <= commands
