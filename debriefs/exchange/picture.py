"""A picture that people bring: what it really is, and the same drawn anew.

What was sent is never stored: the picture is decoded and written again, smaller where it is large.
So nothing but pixels is kept: no place or camera of a phone's photo, no second file inside.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_FILE = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 1600
FORMATS = ("PNG", "JPEG")


class NotAPicture(Exception):
    """`str(error)` says what to bring instead."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is stored."""

    kind: str
    width: int
    height: int
    content: bytes


def read_picture(content: bytes) -> Picture:
    """The picture in these bytes, whatever its name claims; refuses anything else."""
    if len(content) > LARGEST_FILE:
        raise NotAPicture("The picture is larger than 10 MB. Choose a smaller one.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # we look at the size ourselves
            return _drawn_anew(content)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise NotAPicture("This is not a PNG or JPEG picture. Choose another file.") from None


def _drawn_anew(content: bytes) -> Picture:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise NotAPicture("The picture must be 25 megapixels or smaller. Choose a smaller one.")
        kind = str(opened.format)
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        drawn = ImageOps.exif_transpose(opened)
        drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = drawn.convert("RGBA" if kind == "PNG" else "RGB")
    plain.info.clear()
    out = BytesIO()
    plain.save(out, kind, **({"quality": 85} if kind == "JPEG" else {}))
    return Picture(f"image/{kind.lower()}", plain.width, plain.height, out.getvalue())
