"""One-time codes: their form, and what their hash is bound to."""

from collections import Counter

import pytest

from helpdesk.model.account import Purpose
from helpdesk.model.codes import CodeSeal, canonical_code, new_code, unmatched_hash

SEAL = CodeSeal(("pepper", ""))
BOUND = (Purpose.REGISTRATION, "+989121234567", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "123456")


def test_a_code_is_six_digits_and_every_digit_leads_some() -> None:
    codes = [new_code() for _ in range(2000)]

    assert {len(code) for code in codes} == {6}
    assert "".join(codes).isdecimal()
    assert set(Counter(code[0] for code in codes)) == set("0123456789")


def test_a_code_meets_its_own_hash() -> None:
    assert SEAL.matches(SEAL.hash(*BOUND), *BOUND)


@pytest.mark.parametrize(
    "other",
    [
        (Purpose.PASSWORD_RESET, *BOUND[1:]),
        (BOUND[0], "+989121234568", *BOUND[2:]),
        (*BOUND[:2], "01ARZ3NDEKTSV4RRFFQ69G5FAW", BOUND[3]),
        (*BOUND[:3], "123457"),
    ],
    ids=["purpose", "number", "challenge", "code"],
)
def test_a_hash_is_good_for_one_thing_only(other: tuple[Purpose, str, str, str]) -> None:
    assert not SEAL.matches(SEAL.hash(*BOUND), *other)


def test_without_the_pepper_a_hash_says_nothing() -> None:
    assert not CodeSeal(("another", "")).matches(SEAL.hash(*BOUND), *BOUND)


def test_codes_outlive_a_change_of_peppers() -> None:
    rotated = CodeSeal(("new pepper", "pepper"))

    assert rotated.matches(SEAL.hash(*BOUND), *BOUND)
    assert rotated.hash(*BOUND) != SEAL.hash(*BOUND)


def test_an_empty_pepper_opens_nothing() -> None:
    assert not SEAL.matches(CodeSeal(("",)).hash(*BOUND), *BOUND)


def test_a_hash_that_no_code_has_looks_like_the_others() -> None:
    assert len(unmatched_hash()) == len(SEAL.hash(*BOUND))
    assert unmatched_hash() != unmatched_hash()


@pytest.mark.parametrize("typed", ["123456", "۱۲۳۴۵۶", "١٢٣٤٥٦", " 123 456 "])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert canonical_code(typed) == "123456"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "१२३४५६", "123456\n7", "-12345"])
def test_anything_else_is_no_code(typed: str) -> None:
    with pytest.raises(ValueError, match="code"):
        canonical_code(typed)
