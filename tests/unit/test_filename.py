"""Names of files as strangers send them."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpdesk.model.attachment import CONTENT_TYPES
from helpdesk.model.filename import clean_filename


@pytest.mark.parametrize("name", ["card.pdf", "کارت ملی (۲).pdf", "صورت‌حساب بانکی.pdf", "Résumé v1.2.PDF"])
def test_an_ordinary_name_is_kept_as_written(name: str) -> None:
    assert clean_filename(name, "application/pdf") == name


@pytest.mark.parametrize("name", ["../../etc/card.pdf", "C:\\Users\\me\\card.pdf", "/card.pdf", "a/b\\card.pdf"])
def test_only_the_last_part_of_a_path_is_a_name(name: str) -> None:
    assert clean_filename(name, "application/pdf") == "card.pdf"


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\x00", "\x07", "\x7f", "\ud800"])
def test_what_cannot_be_seen_is_dropped(hidden: str) -> None:
    assert clean_filename(f"ca{hidden}rd.pdf", "application/pdf") == "card.pdf"


@pytest.mark.parametrize("name", ["a\u200cb.pdf", "\u200cab.pdf", "ab\u200c.pdf"])
def test_the_non_joiner_stays_only_between_persian_letters(name: str) -> None:
    assert clean_filename(name, "application/pdf") == "ab.pdf"


def test_white_space_of_any_kind_is_one_space() -> None:
    assert clean_filename("my \t\r\n\u00a0\u2028card.pdf", "application/pdf") == "my card.pdf"


def test_what_windows_reserves_is_replaced() -> None:
    assert clean_filename('a<b>c:d"e|f?g*.pdf', "application/pdf") == "a_b_c_d_e_f_g_.pdf"


@pytest.mark.parametrize(
    ("name", "content_type", "cleaned"),
    [
        ("scan.hta", "application/pdf", "scan.hta.pdf"),
        ("card.png", "image/jpeg", "card.png.jpg"),
        ("card", "image/webp", "card.webp"),
        ("card.JPEG", "image/jpeg", "card.JPEG"),
        ("card.", "image/png", "card.png"),
        ("شناسنامه", "image/png", "شناسنامه.png"),
    ],
)
def test_a_name_ends_in_an_extension_of_its_type(name: str, content_type: str, cleaned: str) -> None:
    assert clean_filename(name, content_type) == cleaned


@pytest.mark.parametrize("name", ["", "   ", "...", "\u200b\u202e", "uploads/", ".pdf", " .pdf"])
def test_a_name_with_nothing_left_gets_a_default(name: str) -> None:
    assert clean_filename(name, "application/pdf") == "document.pdf"


def test_the_default_of_a_picture_is_of_its_type() -> None:
    assert clean_filename("\u200b", "image/jpeg") == "image.jpg"


def test_a_long_name_is_cut_before_its_extension() -> None:
    cleaned = clean_filename("ک" * 300 + ".pdf", "application/pdf")

    assert cleaned == "ک" * 96 + ".pdf"


@example("0 \x1b\r0", "image/jpeg")
@given(st.text(st.characters()), st.sampled_from(CONTENT_TYPES))
def test_every_name_becomes_short_and_harmless(name: str, content_type: str) -> None:
    cleaned = clean_filename(name, content_type)

    assert 0 < len(cleaned) <= 100
    assert not set(cleaned) & set('/\\<>:"|?*')
    assert all(unicodedata.category(c)[0] != "C" or c == "\u200c" for c in cleaned)
    assert clean_filename(cleaned, content_type) == cleaned
