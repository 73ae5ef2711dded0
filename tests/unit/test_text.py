"""Text, phone numbers and identifiers as people write them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from helpdesk.model.identifiers import (
    CheckDigitError,
    canonical_ticket_number,
    check_digit,
    grouped_ticket_number,
    is_id,
    new_id,
    new_ticket_number,
    ticket_number_in_text,
)
from helpdesk.model.phone import canonical_phone
from helpdesk.model.text import ascii_digits, clean_line, clean_text, is_blank

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
SEPARATORS = ["", *"\u00a0\u200c\u200e\u200f\u202a\u202b\u202c\u2066\u2069\ufeff -.()"]
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
DIGITS = [{}, PERSIAN, ARABIC, FULL_WIDTH]


@given(
    st.from_regex(r"9[0-9]{9}", fullmatch=True),
    st.sampled_from(["", "0", "98", "+98", "0098", "+980", "00980", "980", "＋98"]),
    st.lists(st.sampled_from(DIGITS), min_size=15, max_size=15),
    st.lists(st.sampled_from(SEPARATORS), min_size=16, max_size=16),
)
def test_one_phone_has_one_form_however_it_is_spelled(
    subscriber: str, prefix: str, scripts: list[dict[int, str]], separators: list[str]
) -> None:
    digits = [digit.translate(script) for digit, script in zip(prefix + subscriber, scripts, strict=False)]
    spelled = "".join(separator + digit for separator, digit in zip(separators, [*digits, ""], strict=False))

    assert canonical_phone(spelled) == f"+98{subscriber}"


@given(st.text(alphabet="0123456789۰۹٠٩+۸٨９ ()-.\u200e\u202b", max_size=20))
def test_whatever_is_taken_for_a_phone_is_one_iranian_mobile(text: str) -> None:
    try:
        phone = canonical_phone(text)
    except ValueError:
        return
    assert phone.isascii()
    assert (len(phone), phone[:4], phone[1:].isdecimal()) == (13, "+989", True)
    assert canonical_phone(phone) == phone


@pytest.mark.parametrize(
    "number",
    [
        "",
        "02188776655",
        "+14155550100",
        "0912345678",
        "091234567890",
        "0912CALLNOW",
        "09123456789x12",
        "09123456789 ext. 12",
        "09123456789#12",
        "09123456789;ext=12",
        "tel:09123456789",
        "0912-345-6789,",
        "٠٢١٨٨٧٧٦٦٥٥",
        "+982188776655",
        "00989123456789 09123456789",
        "00441632960961",
        "+9891234567890",
        "++989123456789",
        "+00989123456789",
        "00009123456789",
        "009809123456789１",
        "०९१२३४५६७८९",
        "0912345678৯",
        "+98+9123456789",
        "9O12345678",
        "۹",
        "0912345678९",
    ],
)
def test_what_is_no_iranian_mobile_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="phone"):
        canonical_phone(number)


@pytest.mark.parametrize("text", ["\x00", "a\x07b", "\ud800", "\ufffe", "\U0001ffff", "\ufdd0", "\x85"])
def test_text_that_would_poison_a_queue_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="unsafe"):
        clean_text(f"سلام{text}سلام")


def test_persian_is_kept_as_written() -> None:
    text = "می‌خواهم قسط «۳» را بپردازم؛ ي و ك عربی هم بماند. 🙏🏽"

    assert clean_text(text) == text


@pytest.mark.parametrize("text", ["", " \u00a0\u3000", "\u200b\u200f", "\u202e\u2066\u2069", "\u2800", "\u3164 \ufeff"])
def test_what_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}ق{text}")


def test_a_line_holds_no_line_break() -> None:
    assert clean_text(" یک\r\nدو ") == "یک\nدو"
    with pytest.raises(ValueError, match="unsafe"):
        clean_line("یک\nدو")


def test_digits_of_three_scripts_are_one() -> None:
    assert ascii_digits("۱۲۳٤٥٦789") == "123456789"


@given(st.integers(min_value=0, max_value=10**9 - 1), st.integers(min_value=0, max_value=9), st.integers(1, 9))
def test_a_single_wrong_digit_is_always_noticed(value: int, place: int, by: int) -> None:
    digits = f"{value:09}"
    number = digits + check_digit(digits)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

    with pytest.raises(CheckDigitError):
        canonical_ticket_number(wrong)


@given(st.integers(min_value=0, max_value=10**9 - 1))
def test_the_check_digit_is_that_of_the_standard(value: int) -> None:
    assert check_digit(f"{value:09}") == mod_11_10.calc_check_digit(f"{value:09}")


def test_a_number_is_understood_as_people_read_it() -> None:
    number = new_ticket_number()

    assert canonical_ticket_number(grouped_ticket_number(number)) == number
    assert canonical_ticket_number(number.translate(PERSIAN)) == number
    assert canonical_ticket_number(ticket_number_in_text(number)) == number


@given(
    st.integers(min_value=0, max_value=10**9 - 1),
    st.lists(st.sampled_from(["", " ", "-", "–", ".", "/", "\u200c", "\u200e", "\u00a0"]), min_size=11, max_size=11),
    st.sampled_from([str.maketrans({}), PERSIAN, ARABIC, FULL_WIDTH]),
)
def test_a_ticket_number_has_one_form_in_any_grouping_and_digits(
    value: int, separators: list[str], digits: dict[int, int]
) -> None:
    number = f"{value:09}" + check_digit(f"{value:09}")
    grouped = "".join(
        separator + digit for separator, digit in zip(separators, [*number.translate(digits), ""], strict=True)
    )

    assert canonical_ticket_number(grouped) == number


@given(st.integers(min_value=0, max_value=10**9 - 1), st.integers(1, 9))
def test_a_wrong_check_digit_is_told_apart_from_nonsense(value: int, by: int) -> None:
    right = check_digit(f"{value:09}")

    with pytest.raises(CheckDigitError):
        canonical_ticket_number(f"{value:09}{(int(right) + by) % 10}")
    with pytest.raises(ValueError, match="ticket_number"):
        canonical_ticket_number(f"{value:09}")


@given(st.lists(st.integers(-5, 5), max_size=20))
def test_ids_sort_in_the_order_they_were_made_whatever_the_clocks_say(steps: list[int]) -> None:
    ids = [new_id(NOW)]
    for step in steps:
        ids.append(new_id(NOW + timedelta(milliseconds=step), after=ids[-1]))

    assert ids == sorted(ids)
    assert all(map(is_id, ids))


def test_an_id_of_a_later_millisecond_sorts_later() -> None:
    assert new_id(NOW) < new_id(NOW + timedelta(milliseconds=1))
