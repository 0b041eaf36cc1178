"""Pictures are decoded and written anew: what is not picture (place, camera, a tail) stays behind.

Pillow is loaded only here and only when a picture comes: it is 10 MB of a process.
"""

import io
from typing import TYPE_CHECKING

from nenmong.core.files.refused import Refused, Why

if TYPE_CHECKING:
    from PIL import Image

MOST_POINTS = 64_000_000  # a phone's camera makes 12 to 50 million
LONGEST_SIDE = 5000  # A4 at 400 points an inch, sharper than any page needs
QUALITY = 88
FORMATS = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",)}  # MPO: a JPEG with a second one behind it
MODES = {"jpeg": ("L", "RGB"), "png": ("1", "L", "LA", "P", "RGB", "RGBA")}


def rewritten(content: bytes, kind: str) -> bytes:
    """Return the picture itself, upright, without anything its file said beside it.

    Raises:
        Refused: it is damaged, or has more points than can be held.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415

    crowded = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as image:
            _check(image, kind)
            if kind == "jpeg":  # decoded at a half or a quarter where that is sharp enough
                image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
            image.load()
            turned = ImageOps.exif_transpose(image)
            return _written(turned, kind)
    except crowded as error:
        raise Refused(Why.TOO_MANY_POINTS) from error
    except Refused:
        raise
    except Exception as error:  # decoders fail in many ways on damaged bytes
        raise Refused(Why.DAMAGED) from error


def _check(image: "Image.Image", kind: str) -> None:
    """Look at what the head says, before any point is decoded."""
    if image.format not in FORMATS[kind]:
        raise Refused(Why.DAMAGED)
    if image.width * image.height > MOST_POINTS:
        raise Refused(Why.TOO_MANY_POINTS)


def _written(image: "Image.Image", kind: str) -> bytes:
    clean = image if image.mode in MODES[kind] else image.convert("RGB")
    if max(clean.size) > LONGEST_SIDE:
        clean.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    seen_through = clean.info.get("transparency") if kind == "png" else None
    clean.info = {}  # what else the file said is written along from here
    out = io.BytesIO()
    if kind == "jpeg":
        clean.save(out, "JPEG", quality=QUALITY)
    elif seen_through is not None:
        clean.save(out, "PNG", transparency=seen_through)
    else:
        clean.save(out, "PNG")
    return out.getvalue()
