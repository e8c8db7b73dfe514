"""How gunicorn runs the web processes: `gunicorn --config python:portal.running.web_server portal.wsgi`.

Processes and threads come from the environment, since they depend on the machine. The proxy before them takes care of
slow visitors and writes the log of requests.
"""

import os
from typing import Any

bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")  # noqa: S104 (in a container)
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
timeout = 30
graceful_timeout = 25  # what is begun is finished; less than the compose file gives before it kills
keepalive = 5
# A process goes after so many requests, and another takes its place: what leaked goes with it.
max_requests = 50_000
max_requests_jitter = 10_000
# Where the processes say that they live: in memory, so that a slow disk does not look like a dead process.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
accesslog = None  # it would hold addresses of people
logger_class = "portal.watching.server_logs.ServerLogger"  # the portal's lines, without addresses
loglevel = os.environ.get("LOG_LEVEL", "WARNING").lower()
# Only the portal reads what the proxy says about the visitor, and only with BEHIND_PROXY.
forwarded_allow_ips = ""


def on_starting(server: Any) -> None:
    """What is counted begins anew with the server."""
    from portal.watching.process_counts import begin_anew

    begin_anew()


def child_exit(server: Any, worker: Any) -> None:
    """What a process has counted outlives it."""
    from portal.watching.process_counts import keep_counts_of

    keep_counts_of(worker.pid)
