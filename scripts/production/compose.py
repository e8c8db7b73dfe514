"""What `docker-compose.yml` says: which processes there are, and by which commands they run."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
OUR_IMAGE = "avoin-ovi"


@cache
def services() -> dict[str, dict[str, Any]]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def command_of(service: str) -> list[str]:
    return list(services()[service]["command"])


def settings_of(service: str) -> dict[str, str]:
    """The settings that are the same wherever it runs: neither from the operator's `.env` nor in files of secrets."""
    given = services()[service].get("environment", {})
    return {name: str(value) for name, value in given.items() if "$" not in str(value) and not name.endswith("_FILE")}


def services_of_the_portal() -> list[str]:
    """Those that run the portal's own code all the time, without what has to be asked for by a profile."""
    return [
        name
        for name, service in services().items()
        if str(service.get("image", "")).startswith(f"{OUR_IMAGE}:")
        and service.get("restart") != "no"
        and not service.get("profiles")
    ]
