"""What becomes of a picture that somebody sends as a logo: it is looked at warily, made small and written anew.

Nothing of the file that was sent is kept: what else it held (place, camera, scripts) is gone.
"""

import io
import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000
LONGEST_SIDE = 512
FORMATS = ("PNG", "JPEG", "WEBP")
# A phone's photo with a second picture in the same file, of which the first is taken
SEVERAL_BUT_STILL = "MPO"


@dataclass(frozen=True)
class Logo:
    """A picture ready to be stored."""

    content: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """A new name that tells nothing and cannot be guessed."""
        return f"{secrets.token_hex(16)}.webp"


def read_logo(file: UploadedFile) -> Logo:
    """The logo in a file that was sent; `ValidationError` says what is wrong with the file."""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("The file is too large. It can have 2 MB."))
    return _written(_picture(file.read(MOST_BYTES + 1)))


def _picture(content: bytes) -> Image.Image:
    """The decoded picture. Its size is known, and checked, before any of it is decoded."""
    unreadable = ValidationError(_("This file is not a picture that can be used. Choose a PNG, JPEG or WebP file."))
    too_many = ValidationError(_("The picture has too many pixels. Make it smaller first."))
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise too_many
            if sent.format != SEVERAL_BUT_STILL and getattr(sent, "is_animated", False):
                raise ValidationError(_("The picture moves. Choose one that stands still."))
            sent.verify()
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
        picture.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
        picture.load()
        return ImageOps.exif_transpose(picture)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many from error
    except Exception as error:  # a hostile file can make a decoder raise anything
        raise unreadable from error


def _written(picture: Image.Image) -> Logo:
    """The picture small, and only the picture."""
    has_holes = "A" in picture.getbands() or "transparency" in picture.info
    small = picture.convert("RGBA" if has_holes else "RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    small.info = {}
    target = io.BytesIO()
    small.save(target, "WEBP", quality=90)
    return Logo(target.getvalue(), small.width, small.height)
