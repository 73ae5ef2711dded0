"""Pictures are decoded, written anew and shown small."""

import struct
from io import BytesIO
from typing import Any
from zlib import crc32

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from helpdesk.model.attachment import Refusal
from helpdesk.model.media.judge import judge
from helpdesk.model.media.pictures import PIXEL_LIMIT, THUMBNAIL_SIDE
from helpdesk.model.media.verdict import Kept, RefusedFileError
from tests.support.media import PLACE, document, eicar, encoded, exif, opened, picture

MOST = 10 * 1024 * 1024
PICTURE_TYPES = ("image/jpeg", "image/png", "image/webp")
RED, BLUE = (255, 0, 0), (0, 0, 255)


def kept(content: bytes, content_type: str = "image/png") -> Kept:
    return judge(content, content_type, MOST)


def refusal(content: bytes, content_type: str = "image/png", most: int = MOST) -> Refusal:
    with pytest.raises(RefusedFileError) as refused:
        judge(content, content_type, most)
    return refused.value.reason


def is_near(pixel: object, wanted: tuple[int, ...]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 24 for a, b in zip(pixel, wanted, strict=True))


@pytest.mark.parametrize("content_type", PICTURE_TYPES)
def test_a_picture_keeps_its_type_size_and_colours(content_type: str) -> None:
    clean = opened(kept(picture(content_type), content_type).content)

    assert Image.MIME[str(clean.format)] == content_type
    assert clean.size == (64, 48)
    assert is_near(clean.convert("RGB").getpixel((8, 24)), RED)
    assert is_near(clean.convert("RGB").getpixel((56, 24)), BLUE)


@pytest.mark.parametrize("content_type", PICTURE_TYPES)
def test_metadata_are_gone(content_type: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, Any] = {"exif": exif(), "icc_profile": profile, "xmp": b"<x:xmpmeta>secret</x:xmpmeta>"}
    if content_type == "image/png":
        options = {"exif": exif(), "icc_profile": profile, "pnginfo": _png_text()}
    content = picture(content_type, **options)
    assert PLACE.encode() in content

    clean = kept(content, content_type)

    for written in (clean.content, clean.thumbnail or b""):
        assert PLACE.encode() not in written
        assert b"secret" not in written
        assert not opened(written).info.keys() & {"exif", "icc_profile", "xmp", "comment", "photoshop"}


def _png_text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "secret")
    info.add_itxt("XML:com.adobe.xmp", "secret")
    return info


def test_the_comment_of_a_jpeg_is_gone() -> None:
    assert b"secret" not in kept(picture("image/jpeg", comment=b"secret"), "image/jpeg").content


@pytest.mark.parametrize("content_type", PICTURE_TYPES)
@pytest.mark.parametrize("tail", [b"PK\x03\x04 a zip", b"<script>alert(1)</script>", document()])
def test_what_was_appended_is_dropped(content_type: str, tail: bytes) -> None:
    assert tail not in kept(picture(content_type) + tail, content_type).content


# What each orientation makes of a picture that is red at the left: where red is afterwards.
@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (64, 48), (4, 24)),
        (2, (64, 48), (60, 24)),
        (3, (64, 48), (60, 24)),
        (4, (64, 48), (4, 24)),
        (5, (48, 64), (24, 4)),
        (6, (48, 64), (24, 4)),
        (7, (48, 64), (24, 60)),
        (8, (48, 64), (24, 60)),
        (99, (64, 48), (4, 24)),
    ],
)
@pytest.mark.parametrize("content_type", PICTURE_TYPES)
def test_a_picture_is_turned_as_its_metadata_ask(
    content_type: str, orientation: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    clean = opened(kept(picture(content_type, exif=exif(orientation)), content_type).content)

    assert clean.size == size
    assert is_near(clean.convert("RGB").getpixel(red), RED)


def test_a_picture_with_broken_metadata_is_kept_as_it_stands() -> None:
    clean = kept(picture("image/webp", exif=b"Exif\0\0neither order of bytes"), "image/webp")

    assert opened(clean.content).size == (64, 48)


def test_a_thumbnail_is_a_small_jpeg_of_the_same_shape() -> None:
    thumbnail = opened(kept(picture(size=(1920, 1080))).thumbnail or b"")

    assert thumbnail.format == "JPEG"
    assert thumbnail.size == (THUMBNAIL_SIDE, THUMBNAIL_SIDE * 1080 // 1920)
    assert is_near(thumbnail.getpixel((40, 40)), RED)


def test_a_small_picture_is_not_blown_up() -> None:
    assert opened(kept(picture(size=(20, 10))).thumbnail or b"").size == (20, 10)


def test_a_very_narrow_picture_has_a_thumbnail() -> None:
    assert opened(kept(picture(size=(1, 5000))).thumbnail or b"").size == (1, THUMBNAIL_SIDE)


@pytest.mark.parametrize("content_type", ["image/png", "image/webp"])
def test_transparency_is_kept_and_white_in_the_thumbnail(content_type: str) -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))

    clean = kept(encoded(clear, content_type), content_type)

    assert opened(clean.content).mode == "RGBA"
    assert is_near(opened(clean.thumbnail or b"").getpixel((20, 20)), (255, 255, 255))


def test_a_transparent_colour_number_is_kept_as_transparency() -> None:
    numbered = Image.new("P", (40, 40), 0)
    numbered.putpalette([0, 0, 0, 255, 255, 255])

    clean = opened(kept(encoded(numbered, "image/png", transparency=0)).content)

    assert clean.convert("RGBA").getpixel((5, 5)) == (0, 0, 0, 0)


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_a_png_with_few_colours_stays_small(mode: str) -> None:
    assert opened(kept(picture(mode=mode)).content).mode == mode


def test_sixteen_bits_of_grey_become_eight() -> None:
    grey = Image.new("I;16", (40, 40), 0x8000)

    clean = opened(kept(encoded(grey, "image/png")).content)

    assert clean.mode == "L"
    assert clean.getpixel((5, 5)) == 0x80


def test_printing_colours_become_screen_colours() -> None:
    clean = opened(kept(picture("image/jpeg", mode="CMYK"), "image/jpeg").content)

    assert clean.mode == "RGB"
    assert is_near(clean.getpixel((8, 24)), (254, 0, 0))


@pytest.mark.parametrize("content_type", ["image/png", "image/webp"])
def test_of_an_animation_the_first_frame_is_kept(content_type: str) -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue", "green")]

    clean = opened(
        kept(encoded(frames[0], content_type, save_all=True, append_images=frames[1:]), content_type).content
    )

    assert getattr(clean, "n_frames", 1) == 1
    assert is_near(clean.convert("RGB").getpixel((20, 20)), RED)


def test_of_a_jpeg_with_several_pictures_the_first_is_kept() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    several = BytesIO()
    frames[0].save(several, "MPO", save_all=True, append_images=frames[1:])

    clean = opened(kept(several.getvalue(), "image/jpeg").content)

    assert clean.format == "JPEG"
    assert is_near(clean.getpixel((20, 20)), RED)


def test_nothing_is_empty() -> None:
    assert refusal(b"") == Refusal.EMPTY


def test_one_byte_more_than_the_limit_is_too_large() -> None:
    content = picture()

    assert judge(content, "image/png", len(content)).thumbnail
    assert refusal(content, most=len(content) - 1) == Refusal.TOO_LARGE


SAMPLES = {
    "image/jpeg": picture("image/jpeg"),
    "image/png": picture("image/png"),
    "image/webp": picture("image/webp"),
    "application/pdf": document(),
    "gif": b"GIF89a" + bytes(40),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "html": b"<html><script>alert(1)</script></html>",
    "wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "exe": b"MZ\x90\0",
    "two bytes": b"\xff\xd8",
}
MISTAKES = [
    (declared, true) for declared in (*PICTURE_TYPES, "application/pdf") for true in SAMPLES if true != declared
]


@pytest.mark.parametrize(("declared", "true"), MISTAKES)
def test_another_type_than_declared_is_refused(declared: str, true: str) -> None:
    assert refusal(SAMPLES[true], declared) == Refusal.WRONG_TYPE


def test_a_type_that_is_not_taken_is_wrong() -> None:
    assert refusal(b"GIF89a" + bytes(40), "image/gif") == Refusal.WRONG_TYPE


@pytest.mark.parametrize("content_type", PICTURE_TYPES)
def test_half_a_picture_is_damaged(content_type: str) -> None:
    content = picture(content_type, size=(640, 480))

    assert refusal(content[: len(content) // 2], content_type) == Refusal.DAMAGED


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBP"], ids=["jpeg", "png", "webp"]
)
@pytest.mark.parametrize("tail", [b"", bytes(64), b"<?php system($_GET['c']); ?>"], ids=["nothing", "zeros", "php"])
def test_a_beginning_alone_is_damaged(head: bytes, tail: bytes) -> None:
    content_type = dict(zip((b"\xff", b"\x89", b"R"), PICTURE_TYPES, strict=True))[head[:1]]

    assert refusal(head + tail, content_type) == Refusal.DAMAGED


def test_colours_by_number_without_a_list_are_damaged() -> None:
    numbered = picture(mode="P")
    start = numbered.index(b"PLTE") - 4
    length = struct.unpack(">I", numbered[start : start + 4])[0]

    assert refusal(numbered[:start] + numbered[start + 12 + length :]) == Refusal.DAMAGED


@pytest.mark.parametrize("size", [(30_000, 30_000), (PIXEL_LIMIT // 1000 + 1, 1000)], ids=["bomb", "little too large"])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    header = struct.pack(">4sIIBBBBB", b"IHDR", *size, 8, 2, 0, 0, 0)
    small = picture()
    claims_more = small[:12] + header + struct.pack(">I", crc32(header)) + small[33:]

    assert refusal(claims_more) == Refusal.TOO_MANY_PIXELS


def wide_animation(side: int) -> bytes:
    """An animated WebP that claims this width; its canvas stands in 24 bits each, less one."""
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue")]
    content = encoded(frames[0], "image/webp", save_all=True, append_images=frames[1:])
    canvas = content.index(b"VP8X") + 12
    return content[:canvas] + (side - 1).to_bytes(3, "little") + content[canvas + 3 :]


def test_a_webp_may_be_as_wide_as_the_format_has_it() -> None:
    assert opened(kept(wide_animation(16_383), "image/webp").content).size == (16_383, 16)


@pytest.mark.parametrize("side", [16_384, 1 << 24])
def test_an_animation_on_a_canvas_wider_than_any_picture_is_refused(side: int) -> None:
    assert refusal(wide_animation(side), "image/webp") == Refusal.TOO_MANY_PIXELS


@pytest.mark.parametrize("content_type", PICTURE_TYPES)
def test_the_malware_test_file_is_refused_wherever_it_stands(content_type: str) -> None:
    assert refusal(picture(content_type) + eicar(), content_type) == Refusal.DANGEROUS
