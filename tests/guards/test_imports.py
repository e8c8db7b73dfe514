"""Imports run one way: moderation, listings, organizations, portal."""

import logging
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from importlinter.cli import lint_imports

from tests.guards.world import OUR_APPS

ROOT = Path(settings.BASE_DIR)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]


@pytest.fixture(autouse=True)
def _loggers_go_on():
    """The linter of imports sets up logging for itself alone, and switches off all loggers that are there already."""
    loggers = [one for one in logging.Logger.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    kept = [one.disabled for one in loggers]
    yield
    for one, disabled in zip(loggers, kept, strict=True):
        one.disabled = disabled


def test_contract_knows_every_app():
    with_code = {file.parent.name for file in ROOT.glob("*/apps.py")}
    assert with_code == set(OUR_APPS) == set(PROJECT["root_packages"])
    (contract,) = PROJECT["contracts"]
    assert contract["type"] == "layers"
    assert contract["layers"] == ["moderation", "listings", "organizations", "portal"]
    # The list of addresses alone knows every app.
    assert all(one.startswith("portal.urls -> ") for one in contract["ignore_imports"])


def test_imports_run_one_way(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename="pyproject.toml", no_cache=True)
    shown = capsys.readouterr().out
    assert status == 0, shown
    assert "Contracts: 1 kept, 0 broken" in shown


def test_import_of_a_higher_layer_is_noticed(monkeypatch, capsys, tmp_path):
    """The same layers upside down are broken: the contract looks at real imports."""
    monkeypatch.chdir(ROOT)
    upside_down = tmp_path / "upside_down.toml"
    upside_down.write_text(
        "[tool.importlinter]\n"
        f"root_packages = {list(OUR_APPS)}\n"
        "[[tool.importlinter.contracts]]\n"
        'name = "Upside down"\n'
        'type = "layers"\n'
        f"layers = {list(OUR_APPS)}\n",
        encoding="utf-8",
    )
    assert lint_imports(config_filename=str(upside_down), no_cache=True) != 0
    assert "0 kept, 1 broken" in capsys.readouterr().out
