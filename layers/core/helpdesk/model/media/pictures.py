"""Pictures, decoded and written anew: what was not a pixel of the first frame does not survive.

So EXIF (with its place and time), colour profiles, comments, further frames and whatever was appended are gone;
only the orientation that EXIF asks for is carried out first. Nothing but `judge` imports this module, since it loads
Pillow.
"""

import warnings
from io import BytesIO

from PIL import ExifTags, Image

from helpdesk.model.attachment import Refusal
from helpdesk.model.media.verdict import Kept, RefusedFileError

PIXEL_LIMIT = 52_000_000  # the 50 megapixels of a telephone's camera, and not much more
Image.MAX_IMAGE_PIXELS = PIXEL_LIMIT

THUMBNAIL_SIDE = 480

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "P", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}
_OPTIONS: dict[str, dict[str, float]] = {
    "JPEG": {"quality": 85, "progressive": True},
    "PNG": {},
    "WEBP": {"quality": 85, "method": 2},  # method 4, the default, takes five times as long and saves nothing
}
_THUMBNAIL_QUALITY = 80
_WEBP_SIDE = 16383

# What Pillow raises for broken files: https://pillow.readthedocs.io/en/stable/handbook/writing-your-own-image-plugin.html
_DAMAGES = (OSError, SyntaxError, ValueError, EOFError)

# EXIF 2.32, tag 0x0112: how the picture must be turned to stand upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def renew(content: bytes, content_type: str) -> Kept:
    """The picture in the format it came in, with a thumbnail.

    Raises:
        RefusedFileError: it cannot be decoded, or has too many pixels to try.
    """
    form = _FORMATS[content_type]
    picture = _decoded(content, form)
    return Kept(_encoded(picture, form, **_OPTIONS[form]), _thumbnail(picture))


def _decoded(content: bytes, form: str) -> Image.Image:
    """The first frame, upright. Pillow tells its size by the header: a bomb is refused before it goes off."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it could make do with
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(BytesIO(content), formats=(form,))
            _refuse_unwritable(picture, form)
            picture.load()
            return _reduced(_upright(picture), form)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise RefusedFileError(Refusal.TOO_MANY_PIXELS) from error
        except _DAMAGES as error:
            raise RefusedFileError(Refusal.DAMAGED) from error


def _refuse_unwritable(picture: Image.Image, form: str) -> None:
    if form == "WEBP" and max(picture.size) > _WEBP_SIDE:  # an animation may be larger than a picture
        raise RefusedFileError(Refusal.TOO_MANY_PIXELS)


def _upright(picture: Image.Image) -> Image.Image:
    try:
        orientation = picture.getexif().get(ExifTags.Base.Orientation)
    except _DAMAGES:
        return picture  # a good picture with bad metadata, which go anyway
    return picture.transpose(_TURNS[orientation]) if orientation in _TURNS else picture


def _reduced(picture: Image.Image, form: str) -> Image.Image:
    """Nothing but pixels, 8 bits a channel, in a mode that the format has."""
    if picture.mode == "P" and picture.palette is None:
        raise ValueError("colours by number, and no list of them")
    if picture.mode.startswith(("I", "F")):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data and "RGBA" in _MODES[form]:
        picture = picture.convert("RGBA")
    elif picture.mode not in _MODES[form]:
        picture = picture.convert("RGB")
    picture.info = {}  # Pillow would write some of it out again
    return picture


def _thumbnail(picture: Image.Image) -> bytes:
    """The picture within a square of `THUMBNAIL_SIDE`, as a JPEG; what was transparent is white."""
    small = picture.convert("RGBA" if picture.mode == "RGBA" else "RGB")
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    if small.mode == "RGBA":
        ground = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(ground, small).convert("RGB")
    return _encoded(small, "JPEG", quality=_THUMBNAIL_QUALITY)


def _encoded(picture: Image.Image, form: str, **options: float) -> bytes:
    output = BytesIO()
    picture.save(output, form, **options)
    return output.getvalue()
