"""A logo for which there is no room."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image

from scripts.faults.accounts import signed_in
from scripts.faults.browser import Browser, NotDone
from scripts.faults.scene import Scene

ROOM = "16k"
NUMBER = 90


def picture() -> bytes:
    """So noisy that it stays large."""
    target = BytesIO()
    Image.frombytes("RGB", (400, 400), os.urandom(400 * 400 * 3)).save(target, "PNG")
    return target.getvalue()


@contextmanager
def no_room_in(folder: Path) -> Iterator[None]:
    """A file system of some kilobytes in place of the folder; who may not mount one gets a folder to read only."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _send_logo(browser: Browser, organization: int, seed: int) -> str:
    """The page that comes then."""
    page = browser.open(f"/en/desk/organizations/{organization}/edit/")
    to = browser.send(page, "/logo/", {"logo_alt": f"Logo {seed}"}, files={"logo": ("a.png", picture(), "image/png")})
    return browser.open(to).text


def disk_is_full(scene: Scene) -> None:
    """The first logo is stored; for the second there is no room, which has to be said; the third is stored again."""
    browser = signed_in(scene.production, scene.told, "main user", scene.editors[0], NUMBER)
    organization = scene.editors[0].organization
    folder = scene.production.folder / "var" / "media" / "logos"
    saved = "The logo is saved."
    scene.check(saved in _send_logo(browser, organization, 1), "the first logo was not saved")
    kept = _shown(organization)
    with no_room_in(folder):
        for _each in range(3):
            try:
                said = _send_logo(browser, organization, 2)
            except NotDone as error:
                scene.check(False, f"who sends a logo sees an error page ({error})")
                continue
            scene.check("could not be stored" in said and saved not in said, "nobody says that the logo was not saved")
        scene.check(not [*folder.glob("*.webp")], "a piece of a logo stays")
        time.sleep(5)
    scene.check(_shown(organization) == kept, "the former logo is no longer the organization’s")
    scene.check((folder.parent / kept).exists(), "the former logo is gone")
    scene.check(saved in _send_logo(browser, organization, 3), "no logo can be saved afterwards")
    browser.close()


def _shown(organization: int) -> str:
    from organizations.models import Organization

    return str(Organization.objects.get(pk=organization).logo)
