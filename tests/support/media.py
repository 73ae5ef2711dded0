"""Pictures and documents made where they are needed: no binary files in the repository."""

from io import BytesIO
from typing import Any

from PIL import Image

PLACE = "35.6892 N 51.3890 E"
"""What a telephone may have written into a picture."""

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def picture(
    content_type: str = "image/png", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any
) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "red")
    image.paste((0, 0, 255), (size[0] // 2, 0, size[0], size[1]))
    return encoded(image.convert(mode), content_type, **options)


def encoded(image: Image.Image, content_type: str, **options: Any) -> bytes:
    """Any picture as a file of this type."""
    output = BytesIO()
    image.save(output, _FORMATS[content_type], **options)
    return output.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Metadata with an orientation and a place."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010E] = PLACE
    return data


def opened(content: bytes) -> Image.Image:
    """The picture in these bytes, decoded."""
    image = Image.open(BytesIO(content))
    image.load()
    return image


def document(catalog: bytes = b"", *objects: bytes) -> bytes:
    """A small PDF: a catalogue with these further entries, and further objects from number 4 on."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>",
        *objects,
    ]
    content, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + table + trailer


def stream(entries: bytes, packed: bytes) -> bytes:
    """A stream object's body."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(packed), packed)


def eicar() -> bytes:
    """The test file that every malware scanner knows; never in one piece in a file of ours."""
    return rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
