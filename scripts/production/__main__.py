"""The command: starts everything, prints where it is, and stops everything on Ctrl-C or TERM."""

import argparse
import signal
from pathlib import Path
from threading import Event

from scripts.production.machine import Missing
from scripts.production.setup import Production


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/run_production_locally", description=__doc__)
    parser.add_argument("--folder", type=Path, help="keeps the database and files here; else all is gone at the end")
    parser.add_argument("--port", type=int, default=0, help="of the proxy; else any that is free")
    parser.add_argument("--web", type=int, default=3, help="how many web processes")
    parser.add_argument("--workers", type=int, default=2, help="how many workers")
    parser.add_argument("--database-url", default="", help="a PostgreSQL that runs already")
    parser.add_argument("--email-url", default="", help="a mail server; else mails are files")
    parser.add_argument("--no-limits", action="store_true", help="the proxy does not count how often this machine asks")
    chosen = parser.parse_args()
    ends = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ends.set())
    production = Production(
        chosen.folder,
        copies={"web": chosen.web, "worker": chosen.workers},
        database_url=chosen.database_url,
        email_url=chosen.email_url,
        port=chosen.port,
        limits=not chosen.no_limits,
    )
    say(f"Starting in {production.folder}")
    try:
        with production:
            for name, process in production.processes.items():
                say(f"{name:<12}{process.pid:>8}  {production.ports.get(name, '')}")
            say(f"\nThe portal is open: {production.url}/ (nobody has signed its certificate)")
            say(f"Logs, and state.json with the numbers of the processes: {production.folder}. Ctrl-C ends it.")
            ends.wait()
            say("Stopping")
    except Missing as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
