"""Three looks at what the portal is made of: `secrets`, `packages`, `parts`; all of them when none is named.

`secrets` reads every file of the repository. `packages` asks the package index which of the packages in `uv.lock` have
known faults. `parts` writes a list of all packages (CycloneDX). Status 0: all is well. 1: something was found. 3:
nothing was found, but something could not be looked up, which is not the same as being well.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent
PARTS = Path("var") / "parts.cdx.json"
WELL, FOUND, UNKNOWN = 0, 1, 3

# Words like `password = "..."` are left to ruff (S105 to S107), which reads Python and knows what a test is.
DETECTORS = (
    *("ArtifactoryDetector", "AWSKeyDetector", "AzureStorageKeyDetector", "BasicAuthDetector", "CloudantDetector"),
    *("DiscordBotTokenDetector", "GitHubTokenDetector", "GitLabTokenDetector", "JwtTokenDetector", "MailchimpDetector"),
    *("NpmDetector", "OpenAIDetector", "PrivateKeyDetector", "PypiTokenDetector", "SendGridDetector", "SlackDetector"),
    *("SquareOAuthDetector", "StripeDetector", "TelegramBotTokenDetector", "TwilioKeyDetector"),
)
ENTROPY = ({"name": "Base64HighEntropyString", "limit": 4.5}, {"name": "HexHighEntropyString", "limit": 3.0})
# Digests and word lists, in which everything looks like a key
NOT_READ = (".po", ".lock", ".jsonl", ".png", ".webp", ".min.js")
# Not secrets: what a connection string looks like, in advice and examples
PLACEHOLDERS = ("user:password@", "name:password@", "://portal:portal@")
# and numbers of requests and keys of tests that only look like real ones
LOOK_ALIKES = ('"request_id": "', "a1b2c3d4e5f6")


@dataclass(frozen=True)
class Result:
    status: int
    lines: list[str]


def tracked_files() -> list[str]:
    """What is or would be committed."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in names if not name.endswith(NOT_READ) and (ROOT / name).is_file()]


def secrets(files: list[str] | None = None, root: Path = ROOT) -> Result:
    found = SecretsCollection(root=str(root))
    plugins = [*({"name": name} for name in DETECTORS), *ENTROPY]
    filters = [{"path": f"detect_secrets.filters.heuristic.{name}"} for name in ("is_sequential_string", "is_uuid")]
    files = tracked_files() if files is None else files
    with transient_settings({"plugins_used": plugins, "filters_used": filters}):
        for name in files:
            found.scan_file(name)
    lines = []
    for name, one in found:
        line = (root / name).read_text(errors="replace").splitlines()[one.line_number - 1]
        if not any(known in line.lower() for known in (*PLACEHOLDERS, *LOOK_ALIKES)):
            lines.append(f"{name}:{one.line_number}: {one.type}")
    return Result(FOUND if lines else WELL, lines or [f"{len(files)} files read, nothing found"])


def packages() -> Result:
    """All packages, those of development too: what builds and tests the portal can harm it as well."""
    with TemporaryDirectory() as folder:
        locked = Path(folder) / "requirements.txt"
        export = ["export", "--frozen", "--quiet", "--all-groups", "--all-extras", "--no-emit-project"]
        subprocess.run(
            [TOOLS / "uv", *export, "--output-file", locked], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        audit = ["--requirement", locked, "--no-deps", "--disable-pip", "--timeout", "10", "--format", "json"]
        answer = subprocess.run([TOOLS / "pip-audit", *audit], capture_output=True, text=True, check=False)
    return judged(answer.stdout, answer.stderr)


def judged(answer: str, complaint: str = "") -> Result:
    """What the audit says. A package that the index does not know has not been judged; the tool passes over it."""
    try:
        rows: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (complaint.strip().splitlines() or ["no answer"])[-1]
        return Result(UNKNOWN, [f"NOT LOOKED UP, no database was reached: {last}"])
    faults = [f"{row['name']} {row['version']}: {one['id']}" for row in rows for one in row.get("vulns", ())]
    unknown = [row["name"] for row in rows if "vulns" not in row]
    known = len(rows) - len(unknown)
    lines = [*faults, f"{known} of {len(rows)} packages looked up, {len(faults)} known faults"]
    if unknown:
        few = ", ".join(unknown[:5]) + (", ..." if len(unknown) > 5 else "")
        lines.append(f"NOT LOOKED UP, the database does not know {len(unknown)} of them: {few}")
    if faults:
        return Result(FOUND, lines)
    return Result(UNKNOWN if unknown or not known else WELL, lines)


def parts() -> Result:
    """The list that others compare with news of faults: what runs, without what only tests."""
    (ROOT / PARTS).parent.mkdir(exist_ok=True)
    export = ["export", "--frozen", "--quiet", "--no-dev", "--format", "cyclonedx1.5"]
    answer = subprocess.run([TOOLS / "uv", *export], cwd=ROOT, check=True, capture_output=True, text=True)
    (ROOT / PARTS).write_text(answer.stdout)
    return Result(WELL, [f"{len(json.loads(answer.stdout)['components'])} packages written to {PARTS}"])


STEPS: dict[str, Callable[[], Result]] = {"secrets": secrets, "packages": packages, "parts": parts}


def main(names: list[str]) -> int:
    unknown = set(names) - set(STEPS)
    if unknown:
        sys.stderr.write(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(STEPS)}.\n")
        return 2
    statuses = []
    for name in names or STEPS:
        result = STEPS[name]()
        statuses.append(result.status)
        for line in result.lines:
            sys.stdout.write(f"{name}: {line}\n")
    return FOUND if FOUND in statuses else max(statuses)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
