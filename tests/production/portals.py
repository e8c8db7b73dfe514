"""A portal in processes of its own, for tests that set one up from nothing: its commands, and code run within it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "LANG", "HOME")
KEY = "a key of a test, long enough to be taken for one in earnest, 0123456789"


@dataclass
class Portal:
    """`folder` is its `VAR_DIR`."""

    url: str
    folder: Path
    key: str = KEY
    path: str = os.environ.get("PATH", os.defpath)

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        settings = {"DATABASE_URL": self.url, "VAR_DIR": str(self.folder), "SECRET_KEY": self.key}
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return subprocess.run(
            [sys.executable, *command],
            env={**kept, "DJANGO_SETTINGS_MODULE": "portal.settings", **settings, "PATH": self.path, **environment},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def manage(self, *arguments: str, **environment: str) -> str:
        """A command that must succeed; what it says."""
        done = self.run("manage.py", *arguments, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *arguments: str, **environment: str) -> str:
        """A command that must not succeed; why."""
        done = self.run("manage.py", *arguments, **environment)
        assert done.returncode == 1, done.stdout + done.stderr
        return done.stderr

    def tells(self, code: str) -> Any:
        """What code within the portal puts into `told`."""
        begin = "import django, json; django.setup()\ntold = None\n"
        done = self.run("-c", f"{begin}{code}\nprint(json.dumps(told))")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])
