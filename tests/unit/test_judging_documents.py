"""PDF documents are kept as they came, unless they can do more than be read."""

import random
import subprocess
import sys
from zlib import compress, compressobj

import pytest

from helpdesk.model.attachment import Refusal
from helpdesk.model.media.judge import judge
from helpdesk.model.media.verdict import RefusedFileError
from tests.support.media import document, eicar, stream

MOST = 10 * 1024 * 1024


def is_kept(content: bytes) -> bool:
    kept = judge(content, "application/pdf", MOST)
    return kept.content == content and kept.thumbnail is None


def refusal(content: bytes) -> Refusal:
    with pytest.raises(RefusedFileError) as refused:
        judge(content, "application/pdf", MOST)
    return refused.value.reason


def test_a_plain_document_is_kept_byte_by_byte() -> None:
    assert is_kept(document())


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\r\n\r\n  ", bytes(3000)])
def test_white_space_may_stand_behind_the_end(end: bytes) -> None:
    assert is_kept(document().rstrip() + end)


@pytest.mark.parametrize(
    "content",
    [
        document()[:-30],
        document() + b"PK\x03\x04 a zip",
        document() + b"<script>alert(1)</script>",
        document().replace(b"%PDF-1.7", b"%PDF-9.9"),
        b"%PDF-1.7\n",
    ],
    ids=["cut", "zip behind it", "html behind it", "unknown version", "header alone"],
)
def test_a_document_that_is_not_whole_is_damaged(content: bytes) -> None:
    assert refusal(content) == Refusal.DAMAGED


def test_a_document_must_begin_where_the_file_begins() -> None:
    assert refusal(b"MZ" + document()) == Refusal.WRONG_TYPE


ACTIVE = [
    b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
    b"/OpenAction << /S /URI /URI (http://example.com) >>",
    b"/OpenAction<</Type/Action/S/Named/N/Print>>",
    b"/OpenAction\0<</S/URI/URI(http://example.com)>>",
    b"/AA << /WC << /S /Launch /F (calc.exe) >> >>",
    b"/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>",
    b"/Names << /JavaScript 4 0 R >>",
    b"/Anything << /JS 4 0 R >>",
    b"/AcroForm << /XFA 4 0 R >>",
    b"/J#61vaScript 4 0 R",
    b"/#4cau#6Ech 4 0 R",
]


@pytest.mark.parametrize("catalog", ACTIVE)
def test_a_document_that_acts_is_dangerous(catalog: bytes) -> None:
    assert refusal(document(catalog)) == Refusal.DANGEROUS


def test_an_embedded_file_is_dangerous() -> None:
    assert refusal(document(b"", stream(b"/Type /EmbeddedFile", b"MZ"))) == Refusal.DANGEROUS


@pytest.mark.parametrize("catalog", ACTIVE)
def test_packing_does_not_hide_what_acts(catalog: bytes) -> None:
    packed = stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", compress(b"5 0 <<" + catalog + b">>"))

    assert refusal(document(b"", packed)) == Refusal.DANGEROUS


@pytest.mark.parametrize("line_end", [b"\r", b"\r\n", b"\n"])
def test_no_end_of_line_hides_what_acts(line_end: bytes) -> None:
    packed = stream(b"/Type /ObjStm /Filter /FlateDecode", compress(b"5 0 << /S /JavaScript >>"))

    assert refusal(document(b"", packed.replace(b"stream\n", b"stream" + line_end, 1))) == Refusal.DANGEROUS


def test_a_wrong_checksum_does_not_hide_what_acts() -> None:
    packed = compress(b"5 0 << /S /JavaScript >>")[:-4] + b"none"

    assert refusal(document(b"", stream(b"/Type /ObjStm /Filter /FlateDecode", packed))) == Refusal.DANGEROUS


def test_a_fault_behind_it_does_not_hide_what_acts() -> None:
    packer = compressobj()
    packed = packer.compress(b"5 0 << /S /JavaScript >>" + random.Random(1).randbytes(20_000)) + packer.flush()
    broken = packed[:15_000] + bytes(100)

    assert refusal(document(b"", stream(b"/Type /ObjStm /Filter /FlateDecode", broken))) == Refusal.DANGEROUS


def test_what_unpacks_without_end_is_dangerous() -> None:
    bomb = stream(b"/Type /ObjStm /Filter /FlateDecode", compress(bytes(40_000_000)))

    assert refusal(document(b"", bomb)) == Refusal.DANGEROUS


@pytest.mark.parametrize(
    "catalog",
    [
        b"/OpenAction [3 0 R /XYZ null null 0]",  # as LibreOffice writes it
        b"/OpenAction 4 0 R",  # as TeX does
        b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>",
        b"/JSON (text) /Launched true /GoToNothing 1",
    ],
)
def test_scrolling_to_a_page_is_no_danger(catalog: bytes) -> None:
    assert is_kept(document(catalog, b"<< /S /GoTo /D [3 0 R /Fit] >>"))


def test_short_names_in_packed_pictures_mean_nothing() -> None:
    assert is_kept(document(b"", stream(b"/Subtype /Image /Filter /DCTDecode", b"\xff\xd8 /JS( /XFA< \xff\xd9")))


def test_an_object_stream_of_another_filter_is_passed_over() -> None:
    assert is_kept(document(b"", stream(b"/Type /ObjStm /Filter /LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")))


def full_of(filler: bytes) -> bytes:
    return document().replace(b"%PDF-1.7\n", b"%PDF-1.7\n" + filler * (9_000_000 // len(filler)), 1)


@pytest.mark.parametrize(
    "filler", [b"stream\n", b">> stream\n", b"endstream", b">>" + b" " * 90, b"#41", b"/ObjStm >> stream\n"]
)
def test_nine_megabytes_of_anything_are_judged_in_one_pass(filler: bytes) -> None:
    """Looking back from each place would take hours, and nobody waits that long for a test."""
    assert is_kept(full_of(filler))


def test_nine_megabytes_of_actions_without_end_are_judged_in_one_pass() -> None:
    assert refusal(full_of(b"/OpenAction <<")) == Refusal.DANGEROUS


def test_the_malware_test_file_is_refused() -> None:
    assert refusal(document(b"", stream(b"", eicar()))) == Refusal.DANGEROUS


def test_pillow_is_not_loaded_for_a_document() -> None:
    program = (
        "import sys; from helpdesk.actions import check_attachment, read_attachment, request_upload; "
        "check_attachment.judge(b'%PDF-1.7 %%EOF', 'application/pdf', 100); "
        "sys.exit('PIL' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": ":".join(sys.path)}).returncode == 0
