"""The command: `make faults`, or `make faults FAULTS=web,redis` for some of them."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from scripts.faults.mailbox import Mailbox
from scripts.production import Production
from scripts.production.machine import Missing

# Mails are tried again soon, or the end would be waited for longer than the faults last. All listings are decided on.
SETTINGS = {"MAIL_RETRY_SECONDS": "5", "TRUST_PUBLISHED": "0"}


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--faults", default="", help="their names, with commas; else all")
    parser.add_argument("--listings", type=int, default=300, help="so many beside those of the demonstration")
    parser.add_argument("--signups", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="keeps database, logs and files here; else all is gone at the end")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped"))  # what runs is stopped with it
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="faults-"))
    try:
        wrong = run(folder, chosen)
    except Missing as error:
        raise SystemExit(str(error)) from error
    finally:
        if not chosen.folder:
            shutil.rmtree(folder, ignore_errors=True)
    say("\nNothing was wrong." if not wrong else "\n" + "\n".join(f"WRONG  {line}" for line in wrong))
    sys.exit(bool(wrong))


def run(folder: Path, chosen: argparse.Namespace) -> list[str]:
    """All of it; gives what was wrong."""
    mailbox = Mailbox()
    production = Production(folder, email_url=f"smtp://127.0.0.1:{mailbox.port}", environment=SETTINGS)
    mailbox.come()
    try:
        with production:
            # From here on this process is one more of the portal: it makes people, and looks at what is left.
            os.environ.update(production.environment, DJANGO_SETTINGS_MODULE="portal.settings")
            import django

            django.setup()
            from scripts.faults.accidents import FAULTS
            from scripts.faults.run import bring_about, look, set_scene

            names = [name.strip() for name in chosen.faults.split(",") if name.strip()] or list(FAULTS)
            if unknown := set(names) - set(FAULTS):
                raise SystemExit(f"There is no fault {', '.join(unknown)}. There are: {', '.join(FAULTS)}")
            scene = set_scene(production, mailbox, chosen.listings, chosen.signups)
            bring_about(scene, names, say)
            look(scene, say)
            return scene.wrong
    finally:
        mailbox.go()


if __name__ == "__main__":
    main()
