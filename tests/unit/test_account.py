"""Rules of accounts: which sessions an account keeps, e-mail addresses, tokens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from helpdesk.model.account import (
    SECOND_FACTOR_TRIES,
    Challenge,
    Credentials,
    Delivery,
    Purpose,
    SessionEntry,
    SignInChallenge,
    canonical_email,
)
from helpdesk.model.session_rules import MOST_SESSIONS
from helpdesk.model.tokens import new_token, token_id

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
CHALLENGE = Challenge(
    id="c",
    purpose=Purpose.REGISTRATION,
    to="+989121234567",
    delivery=Delivery.CODE,
    code_hash="",
    code_ends_at=NOW + timedelta(minutes=5),
    ends_at=NOW + timedelta(hours=1),
)


def _credentials(*names: str, ends_at: datetime = LATER) -> Credentials:
    return Credentials("a", "+989121234567", "", tuple(SessionEntry(name, ends_at) for name in names))


def test_a_session_joins_the_others() -> None:
    listing, ended = _credentials("first").with_session(SessionEntry("second", LATER), NOW)

    assert (listing.session_ids, ended) == (("first", "second"), ())


def test_the_oldest_session_ends_when_there_are_too_many() -> None:
    names = [str(number) for number in range(MOST_SESSIONS)]

    listing, ended = _credentials(*names).with_session(SessionEntry("new", LATER), NOW)

    assert (listing.session_ids, ended) == ((*names[1:], "new"), ("0",))


def test_sessions_that_ran_out_make_room() -> None:
    names = [str(number) for number in range(MOST_SESSIONS)]

    listing, ended = _credentials(*names, ends_at=NOW).with_session(SessionEntry("new", LATER), NOW)

    assert (listing.session_ids, ended) == (("new",), ())


def test_sessions_leave_the_list() -> None:
    assert _credentials("a", "b", "c").without_sessions(["a", "c"]).session_ids == ("b",)


@pytest.mark.parametrize(
    ("minutes", "tries", "takes"),
    [(0, 0, True), (4.99, 4, True), (5, 0, False), (0, 5, False)],
)
def test_a_code_counts_for_some_minutes_and_tries(minutes: float, tries: int, takes: bool) -> None:
    challenge = replace(CHALLENGE, tries=tries)

    assert challenge.takes_codes(5, NOW + timedelta(minutes=minutes)) is takes


def test_a_sign_in_waits_for_some_minutes_and_tries() -> None:
    challenge = SignInChallenge("c", "a", "reza@desk.example", LATER)

    assert challenge.takes_codes(NOW)
    assert not challenge.takes_codes(LATER)
    assert not replace(challenge, tries=SECOND_FACTOR_TRIES).takes_codes(NOW)


def test_a_token_is_256_bits_and_stored_as_a_hash() -> None:
    token = new_token()

    assert len(token) == 43
    assert token != new_token()
    assert len(token_id(token)) == 64
    assert token not in token_id(token)


@pytest.mark.parametrize("typed", ["Reza@Desk.Example", " reza@desk.example "])
def test_an_email_address_has_one_form(typed: str) -> None:
    assert canonical_email(typed) == "reza@desk.example"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "reza",
        "reza@",
        "@desk.example",
        "reza@desk",
        "a b@desk.example",
        "reza@desk..example",
        "رضا@desk.example",
        "reza@-desk.example",
        "reza@desk.example\nbcc: x@y.example",
        f"{'a' * 250}@desk.example",
    ],
)
def test_anything_else_is_no_email_address(typed: str) -> None:
    with pytest.raises(ValueError, match="email"):
        canonical_email(typed)
