"""Passwords: one form, argon2id, common ones refused, and the same work for an account that is not there."""

import re

import pytest
from argon2 import PasswordHasher, extract_parameters

from helpdesk.edge.common_passwords import load_common_passwords
from helpdesk.model import passwords
from helpdesk.model.errors import InvalidError

COMMON = load_common_passwords()
WORDS = ("poshtiban", "پشتیبان")


@pytest.fixture
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def test_a_password_is_verified_by_its_hash() -> None:
    password_hash = passwords.hash_password("یک گذرواژهٔ بلند")

    assert re.match(r"\$argon2id\$v=19\$m=65536,t=3,p=4\$", password_hash)
    assert passwords.verify_password(password_hash, "یک گذرواژهٔ بلند")
    assert not passwords.verify_password(password_hash, "یک گذرواژهٔ بلند ")


def test_nobodys_hash_takes_the_work_of_everybodys() -> None:
    assert extract_parameters(passwords.NOBODYS_HASH) == extract_parameters(passwords.hash_password("something else"))


@pytest.mark.usefixtures("_cheap")
def test_no_password_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "NOBODYS_HASH", passwords.hash_password("guessed"))

    assert not passwords.verify_password(None, "guessed")


@pytest.mark.parametrize("password", ["Poshtiban-1404", "poshtiban-ali", "پشتیبان۱۲۳۴", "!!poshtibanPOSHTIBAN"])
def test_a_password_of_the_desks_own_words_is_refused(password: str) -> None:
    with pytest.raises(InvalidError):
        passwords.refuse_common(password, COMMON, WORDS)


def test_a_word_of_the_desk_in_a_longer_password_is_taken() -> None:
    passwords.refuse_common("poshtiban knows my cat", COMMON, WORDS)


@pytest.mark.usefixtures("_cheap")
def test_a_hash_with_weaker_parameters_is_outdated(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = passwords.hash_password("a-long-enough-secret")

    assert not passwords.is_outdated(weak)
    monkeypatch.undo()
    assert passwords.is_outdated(weak)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("رمز۱۲۳۴۵۶۷۸", "رمز12345678"),
        ("secret-٠١٢٣٤", "secret-01234"),
        ("ｓｅｃｒｅｔ", "secret"),
        (" spaces stay ", " spaces stay "),
    ],
)
def test_a_password_is_the_same_on_any_keyboard(typed: str, canonical: str) -> None:
    assert passwords.canonical_password(typed) == canonical


@pytest.mark.parametrize("typed", ["with\0nul", "line\nbreak", "lone\ud800surrogate", "\ufffe non", "bell\x07"])
def test_characters_that_no_keyboard_sends_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="unsafe_text"):
        passwords.canonical_password(typed)


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "PassWord123",
        "1234567890",
        "qwertyuiop",
        "1q2w3e4r5t",
        "aaaaaaaaaaaa",
        "1212121212",
        "09121234567",
    ],
)
def test_what_anybody_would_guess_first_is_refused(password: str) -> None:
    with pytest.raises(InvalidError) as refused:
        passwords.refuse_common(password, COMMON, WORDS)
    assert (refused.value.field, refused.value.reason) == ("password", "common_password")


@pytest.mark.parametrize("password", ["correct horse battery", "یک گذرواژهٔ بلند", "a-long-enough-secret"])
def test_another_password_is_taken(password: str) -> None:
    passwords.refuse_common(password, COMMON, WORDS)


def test_the_list_holds_only_what_could_be_chosen() -> None:
    assert len(COMMON) > 1000
    assert [entry for entry in COMMON if len(entry) < passwords.SHORTEST or entry != entry.lower()] == []
