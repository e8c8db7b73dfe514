"""The counts of processes that have gone: kept, and put together into one file for each kind.

Each process of the web server counts in files of its own (`PROMETHEUS_MULTIPROC_DIR`). Processes come and go all day,
and each of their files would be read whenever Prometheus asks.
"""

import os
import struct
from pathlib import Path

from prometheus_client.mmap_dict import MmapedDict

GONE = "gone"


def folder() -> Path | None:
    """Where the counts are; None when each process counts for itself."""
    name = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    return Path(name) if name else None


def begin_anew() -> None:
    """Take away what an earlier web server counted: numbers of processes come again."""
    counts = folder()
    if counts is not None:
        counts.mkdir(parents=True, exist_ok=True)
        for path in counts.glob("*.db"):
            path.unlink()


def keep_counts_of(pid: int) -> None:
    """Add what a process counted that has ended. Only the process that starts all others does it."""
    counts = folder()
    for path in counts.glob(f"*_{pid}.db") if counts else ():
        kind = path.name.removesuffix(f"_{pid}.db")
        try:
            values = list(MmapedDict.read_all_values_from_file(str(path)))
        except (OSError, RuntimeError, ValueError, struct.error):
            values = []  # the process was killed while it wrote; the web server must go on
        path.unlink(missing_ok=True)
        kept = MmapedDict(str(path.with_name(f"{kind}_{GONE}.db")))
        try:
            for key, value, timestamp, _position in values:
                kept.write_value(key, kept.read_value(key)[0] + value, timestamp)
        finally:
            kept.close()
