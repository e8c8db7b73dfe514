"""The words that advice looks up: `data/<name>.txt`, words between spaces; lines that begin with `#` explain."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "data"


def _read(name: str) -> frozenset[str]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


FREE_MAIL = _read("free_mail")
KNOWN_INITIALS = _read("known_initials")
