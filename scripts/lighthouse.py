"""Lighthouse on start, list and listing page as a phone gets them, and what each page weighs over the wire.

A production server of its own with the demo's listings, Debian's Chromium, and Lighthouse from npm in the version that
is named here; the first run downloads it. LIGHTHOUSE names another program, as one that is installed already. It is no
part of `make test`: the figures for speed depend on what else the machine does.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = os.environ.get("LIGHTHOUSE", "npx --yes lighthouse@12.8.2").split()
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or sys.exit("Chromium is missing.")
CATEGORIES = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
LIST = "/fi/activities/"
# What a page may weigh in kB at the first view, and when another page has been seen before.
FIRST, NEXT = 60, 20
COMMANDS = (
    "migrate --verbosity 0",
    "load_reference",
    "compile_catalogues",
    "collectstatic --noinput --verbosity 0",
    "import_listings listings/imports/demo_listings.jsonl --publish --move-dates",
    "rebuild_search --if-needed",
)


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def serve(folder: str, port: int) -> "subprocess.Popen[bytes]":
    """A server as in production, but for encryption, with listings."""
    environment = {**os.environ, "VAR_DIR": folder, "SITE_URL": f"http://127.0.0.1:{port}"}
    for name in ("DATABASE_URL", "REDIS_URL", "IS_DEMO", "DEBUG"):
        environment.pop(name, None)
    for command in COMMANDS:
        subprocess.run(
            [sys.executable, "manage.py", *command.split()],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "portal.wsgi", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*gunicorn, "--threads", "4", "--log-level", "warning"], cwd=ROOT, env=environment)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/fi/", timeout=5).close()  # noqa: S310
            break
        except OSError:
            time.sleep(0.2)
    return server


def grades(url: str) -> dict[str, object]:
    """Lighthouse's report on a page, with its standard phone and network."""
    options = ["--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    found = subprocess.run(
        [*LIGHTHOUSE, url, *options, flags],
        env={**os.environ, "CHROME_PATH": CHROMIUM},
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(found.stdout)


def weight(context: BrowserContext, url: str) -> tuple[int, int]:
    """Bytes over the wire and the number of answers, headers included."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    session.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    page.close()
    return sum(sizes), sum(1 for size in sizes if size)


def main() -> int:
    faults = 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, sync_playwright() as playwright:
        server = serve(folder, port)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            tab = browser.new_page()
            tab.goto(origin + LIST)
            listing = tab.locator(".storey-title a").first.get_attribute("href") or ""
            say(f"{'page':<10}{''.join(f'{name:>16}' for name in CATEGORIES)}{'first, kB':>12}{'next, kB':>12}")
            for name, path in {"start": "/fi/", "list": LIST, "listing": listing}.items():
                fresh = browser.new_context()
                first, _answers = weight(fresh, origin + path)
                known = browser.new_context()
                weight(known, f"{origin}/fi/pages/accessibility/")
                following, _answers = weight(known, origin + path)
                report = grades(origin + path)
                scores = {code: round(100 * report["categories"][code]["score"]) for code in CATEGORIES}
                figures = "".join(f"{score:>16}" for score in scores.values())
                say(f"{name:<10}{figures}{first / 1000:>12.1f}{following / 1000:>12.1f}")
                faults += first > FIRST * 1000 or following > NEXT * 1000
                faults += any(score < CATEGORIES[code] for code, score in scores.items())
                for audit in report["audits"].values():
                    if audit["scoreDisplayMode"] in ("binary", "metricSavings") and audit["score"] not in (1, None):
                        say(f"  {audit['score']:<6}{audit['title']} {audit.get('displayValue', '')}")
        finally:
            browser.close()
            server.terminate()
            server.wait()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
