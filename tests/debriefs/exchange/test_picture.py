"""A picture is what its bytes are, not what its name says; and only pixels are kept."""

from io import BytesIO

import pytest
from PIL import Image

from debriefs.exchange.picture import LARGEST_FILE, LONGEST_SIDE, NotAPicture, read_picture


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#005eb8").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "stored"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_png_and_a_jpeg_are_taken(kind: str, stored: str) -> None:
    found = read_picture(picture(kind))
    assert (found.kind, found.width, found.height) == (stored, 40, 30)
    assert Image.open(BytesIO(found.content)).format == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        picture("GIF"),
        picture("BMP"),
        picture()[:60],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    ],
    ids=["empty", "text", "svg", "pdf", "gif", "bmp", "cut off", "only the head"],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPicture, match="not a PNG or JPEG"):
        read_picture(content)


def test_a_file_over_ten_megabytes_is_refused_unread() -> None:
    with pytest.raises(NotAPicture, match="larger than 10 MB"):
        read_picture(picture() + b"\0" * LARGEST_FILE)


def test_a_small_file_with_very_many_dots_is_refused() -> None:
    with pytest.raises(NotAPicture, match="25 megapixels or smaller"):
        read_picture(picture(size=(6000, 5000)))


def test_a_large_picture_is_stored_smaller() -> None:
    found = read_picture(picture("JPEG", (3200, 1600)))
    assert (found.width, found.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_what_a_phone_adds_and_what_hides_behind_the_picture_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Bed 4, name of a patient"
    sent = picture("JPEG", exif=exif) + b"<script>hidden</script>"
    kept = read_picture(sent).content
    assert b"Bed 4" not in kept and b"hidden" not in kept
    assert not Image.open(BytesIO(kept)).getexif()


def test_a_photo_taken_sideways_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    found = read_picture(picture("JPEG", (40, 30), exif=exif))
    assert (found.width, found.height) == (30, 40)
