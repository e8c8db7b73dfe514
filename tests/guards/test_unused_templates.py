"""Every template is used by something, and every template that something names is there."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template

from tests.guards.world import OUR_APPS

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
NAMED_IN_TEMPLATE = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")

# Django looks for these by name.
ERROR_PAGES = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
# allauth too, when there were too many tries.
ERROR_PAGES |= {"429.html"}

# Packages whose templates ours may replace, by where they keep them.
PACKAGES = {
    "allauth": "allauth/templates",
    "django.contrib.admin": "templates",
    "django": "forms/templates",
    "post_office": "templates",
}


def all_templates() -> set[str]:
    return {file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.rglob("*") if file.suffix in (".html", ".txt")}


def replaced() -> set[str]:
    """The templates of packages that one of the same name here would replace."""
    found: set[str] = set()
    for package, folder in PACKAGES.items():
        spec = find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        home = Path(spec.origin).parent / folder.removeprefix(f"{package}/")
        names = {file.relative_to(home).as_posix() for file in home.rglob("*") if file.is_file()}
        assert names, f"{package} has no templates in {folder}"
        found |= names
    return found


def texts_of_code() -> set[str]:
    """Every string that the code of our apps holds."""
    found: set[str] = set()
    for app in OUR_APPS:
        for file in (ROOT / app).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            found |= {
                node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return found


def named_in_code(texts: set[str]) -> set[str]:
    """Templates by their full name, and mails by the name that `send_to` takes: `emails/<name>.txt` and `.html`."""
    full = {text for text in texts if re.fullmatch(r"[\w/]+\.(html|txt)", text)}
    mails = {f"emails/{text}{end}" for text in texts for end in (".txt", ".html") if re.fullmatch(r"\w+", text)}
    return full | (mails & all_templates())


def named_in_templates() -> dict[str, set[str]]:
    """For each template, those that it extends or includes."""
    return {
        name: set(NAMED_IN_TEMPLATE.findall((TEMPLATES / name).read_text(encoding="utf-8"))) for name in all_templates()
    }


def test_every_template_is_used():
    every, named = all_templates(), named_in_templates()
    assert len(every) > 40
    reached: set[str] = set()
    # From what the code renders and what replaces a package's own, along extends and include.
    ahead = (named_in_code(texts_of_code()) | ERROR_PAGES | replaced()) & every
    while ahead:
        reached |= ahead
        ahead = (set().union(*(named[name] for name in ahead)) & every) - reached
    assert every - reached == set()


def test_every_template_that_is_named_is_there():
    named = set().union(*named_in_templates().values()) | named_in_code(texts_of_code())
    named = {name for name in named if "/" in name or name.startswith("base")}
    assert len(named) > 40
    for name in sorted(named):
        get_template(name)
