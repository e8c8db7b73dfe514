"""Logos: what is taken, what is refused with which words, and that nothing else of the file is kept."""

import errno
import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from organizations import actions
from organizations.actions import logo as logo_actions
from organizations.logos import LONGEST_SIDE, MOST_BYTES, MOST_PIXELS, read_logo
from organizations.models import Organization
from portal.refusals import NotPermitted
from tests import factories

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(form="PNG", size=(800, 400), mode="RGB", colour="#2b6673", **options):
    target = io.BytesIO()
    Image.new(mode, size, colour).save(target, form, **options)
    return target.getvalue()


def sent(content, name="logo.png"):
    return SimpleUploadedFile(name, content, content_type="image/png")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width, height):
    """A PNG of a few hundred bytes that says it has so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_picture_is_written_anew_and_small(form):
    logo = read_logo(sent(picture(form)))
    again = Image.open(io.BytesIO(logo.content))
    assert again.format == "WEBP"
    assert again.size == (logo.width, logo.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_what_the_file_held_beside_the_picture_is_gone():
    exif = Image.Exif()
    exif[0x010E] = "Home of Aino"
    exif[0x0112] = 6  # to be turned by a quarter
    content = picture("JPEG", exif=exif, comment=b"Home of Aino", icc_profile=b"Home of Aino")
    logo = read_logo(sent(content))
    assert b"Home of Aino" in content
    assert b"Aino" not in logo.content
    assert not Image.open(io.BytesIO(logo.content)).getexif()
    assert logo.height > logo.width, "turned as it is meant to be seen"


def test_see_through_picture_stays_see_through():
    logo = read_logo(sent(picture(mode="RGBA", colour="#2b667380")))
    assert Image.open(io.BytesIO(logo.content)).mode == "RGBA"


FRAMES = [Image.new("RGB", (800, 400), colour) for colour in ("red", "green", "blue")]
REFUSED = {
    "svg": SVG,
    "text": b"not a picture",
    "empty png": b"\x89PNG\r\n\x1a\n",
    "broken png": picture()[:200],
    "broken jpeg": picture("JPEG")[:300],
    "gif": picture("GIF"),
    "moving png": picture(save_all=True, append_images=FRAMES),
    "moving webp": picture("WEBP", save_all=True, append_images=FRAMES),
    "too many pixels": bomb(MOST_PIXELS, 2),
    "bomb": bomb(200_000, 200_000),
    "script with a beginning of a png": b"\x89PNG\r\n\x1a\n" + SVG,
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_other_files_are_refused_in_words(content):
    with pytest.raises(ValidationError) as refused:
        read_logo(sent(content))
    assert refused.value.messages[0].endswith(".")


@override("en")
def test_bomb_is_refused_before_it_is_decoded(monkeypatch):
    """Its size stands at its beginning."""
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: pytest.fail("decoded"))
    for content in (bomb(MOST_PIXELS, 2), bomb(200_000, 200_000)):
        with pytest.raises(ValidationError, match="pixels"):
            read_logo(sent(content))


@override("en")
def test_large_file_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(Image, "open", lambda *args, **options: pytest.fail("opened"))
    with pytest.raises(ValidationError, match="2 MB"):
        read_logo(sent(b"\0" * (MOST_BYTES + 1)))


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def logo_of(colour="#2b6673"):
    target = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(target, "PNG")
    return read_logo(sent(target.getvalue()))


class FullDisk(FileSystemStorage):
    """Has room for the first bytes of a file."""

    def _save(self, name, content):
        super()._save(name, ContentFile(content.read()[:10]))
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.django_db
def test_picture_without_room_is_said_and_changes_nothing(organization, main_user, media, monkeypatch):
    name = actions.change_logo(organization, by=main_user, logo=logo_of(), alt="Talo").logo.name
    before = [path.name for path in media.rglob("*.webp")]
    monkeypatch.setattr(Organization._meta.get_field("logo"), "storage", FullDisk(media))
    client = Client()
    client.force_login(main_user)
    answer = client.post(
        reverse("organization_logo", args=[organization.pk]),
        {"logo": sent(picture(colour="red")), "logo_alt": "Ovi"},
        follow=True,
    )
    assert str(logo_actions.NotStored.message) in answer.content.decode()
    organization.refresh_from_db()
    assert (organization.logo.name, organization.logo_alt) == (name, "Talo")
    assert [path.name for path in media.rglob("*.webp")] == before


@pytest.mark.django_db
def test_old_file_goes_when_the_new_one_is_sure(
    organization, main_user, editor, media, django_capture_on_commit_callbacks
):
    with pytest.raises(NotPermitted):
        actions.change_logo(organization, by=editor, logo=logo_of(), alt="Talo")
    first = actions.change_logo(organization, by=main_user, logo=logo_of(), alt="Talo").logo.name
    assert default_storage.exists(first)
    assert actions.change_logo(organization, by=main_user, logo=logo_of(), alt="Talo").logo.name == first
    with django_capture_on_commit_callbacks() as callbacks:
        second = actions.change_logo(organization, by=main_user, logo=logo_of("red"), alt="Talo").logo.name
    assert default_storage.exists(first), "a transaction that fails still needs it"
    for callback in callbacks:
        callback()
    assert not default_storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_logo(organization, by=main_user)
    assert not default_storage.exists(second)
    organization.refresh_from_db()
    assert (organization.logo.name, organization.logo_alt, organization.logo_width) == ("", "", None)


@pytest.mark.django_db
def test_logo_is_sent_shown_and_served_as_what_it_is(organization, main_user, media):
    client = Client()
    client.force_login(main_user)
    url = reverse("organization_logo", args=[organization.pk])
    response = client.post(url, {"logo": sent(picture(), "<b>../../x.svg"), "logo_alt": 'Talo "Kutomo"'})
    assert response.status_code == 302
    organization.refresh_from_db()
    listing = factories.public_listing(organization)
    for page in (reverse("organization_detail", args=[organization.slug]), listing.get_absolute_url()):
        html = Client().get(page).content.decode()
        assert f'src="{organization.logo.url}" width="512" height="256" alt="Talo &quot;Kutomo&quot;"' in html
    served = Client().get(organization.logo.url)
    assert (served.headers["Content-Type"], served.headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert "public" in served.headers["Cache-Control"]
    assert Image.open(io.BytesIO(served.content)).size == (512, 256)
    assert Client().get(reverse("logo", args=["0" * 32])).status_code == 404


@pytest.mark.django_db
def test_refused_logo_is_said_at_its_field(organization, main_user, media):
    client = Client()
    client.force_login(main_user)
    url = reverse("organization_logo", args=[organization.pk])
    for file, field in ((sent(SVG, "logo.svg"), "logo"), (None, "logo")):
        response = client.post(url, {"logo": file or "", "logo_alt": "Talo"})
        assert response.status_code == 422
        assert response.context["logo_form"].errors.keys() == {field}
        assert "Talo" in response.content.decode()
    assert client.post(url, {"logo": sent(picture()), "logo_alt": ""}).context["logo_form"].errors.keys() == {
        "logo_alt"
    }
    assert list(media.rglob("*.webp")) == []
