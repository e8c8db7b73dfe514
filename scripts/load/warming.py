"""Before memory is compared: each web process meets every page that readers know, so that what it keeps is full."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from random import Random
from urllib.parse import urlsplit

from scripts.load.visitor import SECONDS
from scripts.production import Production
from scripts.production.machine import connection
from scripts.production.setup import AS_PROXY

AT_ONCE = 2  # for each process


def meet_every_page(production: Production, addresses: Sequence[str]) -> None:
    """Past the proxy, in another order for each; what one process has made, the others find in Redis."""
    headers = {**AS_PROXY, "Host": urlsplit(production.url).netloc, "Accept-Encoding": "gzip"}

    def ask(port: int, paths: Sequence[str]) -> None:
        for path in paths:
            with connection(port, seconds=SECONDS) as server:
                server.request("GET", path, headers=headers)
                response = server.getresponse()
                response.read()
            if response.status != 200:
                raise HTTPException(f"{response.status} {path}")

    with ThreadPoolExecutor(AT_ONCE * len(production.web)) as threads:
        asked = []
        for port in production.web.values():
            order = Random(port).sample(addresses, len(addresses))  # noqa: S311
            asked += [threads.submit(ask, port, order[part::AT_ONCE]) for part in range(AT_ONCE)]
        for one in asked:
            one.result()
