"""Redis with the options of the compose file, in a folder of its own."""

import shutil
from pathlib import Path

from scripts.production import compose
from scripts.production.machine import listens, plain_user, program
from scripts.production.process import Process


def redis(folder: Path, port: int, environment: dict[str, str]) -> Process:
    user = plain_user("redis")
    data = folder / "redis"
    data.mkdir(exist_ok=True)
    if user is not None:
        shutil.chown(data, user)
    _server, *options = compose.command_of("redis")
    here = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(data)]
    process = Process("redis", [program("redis-server"), *options, *here], environment, folder, user=user)
    process.is_healthy = lambda: listens(port)
    return process
