"""How many answers were ready: from the proxy's copy (its log), and from pages that the portal keeps (its counts)."""

import json
from collections import Counter
from pathlib import Path

from scripts.production import Production
from scripts.production.machine import connection
from scripts.production.setup import AS_PROXY

PAGES = "portal_kept_pages_total{"


class ProxyLog:
    """Reads on from where it was."""

    def __init__(self, production: Production) -> None:
        self._path: Path = production.proxy.folder / "access.log"
        self._read = self._path.stat().st_size

    def answers(self) -> Counter[str]:
        """Since last time, by what the proxy's cache did; "not kept" for what it may not keep."""
        with self._path.open("rb") as log:
            log.seek(self._read)
            lines = log.read().splitlines()
            self._read = log.tell()
        return Counter(json.loads(line)["cache"] or "not kept" for line in lines)


def kept_pages(production: Production, token: str) -> Counter[str]:
    """Pages that the web processes found or made since they started: in memory, shared, made."""
    found: Counter[str] = Counter()
    for port in production.web.values():
        with connection(port) as server:
            server.request("GET", "/metrics", headers={**AS_PROXY, "Authorization": f"Bearer {token}"})
            text = server.getresponse().read().decode()
        for line in text.splitlines():
            if line.startswith(PAGES):
                labels, value = line.rsplit(" ", 1)
                found[labels.split('"')[1]] += int(float(value))
    return found
