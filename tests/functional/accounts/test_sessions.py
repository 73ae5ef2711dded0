"""A customer signs in and out."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from helpdesk.actions.seed_people import create_customer
from helpdesk.edge.rules import load_rules
from helpdesk.model import passwords
from helpdesk.model.errors import BusyError
from helpdesk.model.people import Customer
from helpdesk.store import accounts, keys
from helpdesk.store.limits import part
from tests.functional.accounts.conftest import (
    BEARER,
    OUR_PAGE,
    PASSWORD,
    PHONE,
    Clock,
    raw_answer,
    sign_in,
)
from tests.functional.conftest import Answer, Aws, Client
from tests.support.counting import Call, operations

WRONG = "not-the-right-secret"
SIGN_IN_REQUESTS = 5  # as tests/functional/test_counted_work.py counts them
STRANGERS_PHONE = "+989350000000"


def _try(panel: Client, phone: str = PHONE, password: str = PASSWORD) -> Answer:
    return panel("POST", "/sessions", {"phone": phone, "password": password, **BEARER})


def _slowly(panel: Client, clock: Clock, times: int, phone: str = PHONE) -> list[int]:
    """Statuses of wrong sign-ins that keep to the pace."""
    statuses = []
    for _ in range(times):
        statuses.append(_try(panel, phone, WRONG).status)
        clock.forward(seconds=20)
    return statuses


def _at_the_start_of_a_window(clock: Clock) -> None:
    clock.now = clock.now.replace(minute=0)


@pytest.mark.parametrize("phone", ["09121234567", "+98 912 123 4567", "۰۹۱۲۱۲۳۴۵۶۷"])
def test_a_customer_signs_in_however_the_number_is_written(panel: Client, sara: Customer, phone: str) -> None:
    answer = _try(panel, phone)

    assert answer.status == 201
    assert answer.body["account"] == {"id": sara.id, "name": "سارا", "phone": PHONE, "language": "fa"}
    assert replace(panel, token=answer.body["token"])("GET", "/me").status == 200


def test_a_wrong_password_and_an_unknown_number_are_the_same_to_whoever_watches(
    panel: Client, sara: Customer, requests: list[Call], hashings: list[str]
) -> None:
    wrong = _try(panel, password=WRONG)
    work = (list(requests), list(hashings))
    requests.clear()
    hashings.clear()
    unknown = _try(panel, STRANGERS_PHONE)

    assert (wrong.status, wrong.body["type"]) == (401, "urn:poshtiban:problem:credentials")
    assert (unknown.status, unknown.body, unknown.headers) == (wrong.status, wrong.body, wrong.headers)
    assert (requests, hashings) == work
    assert operations(work[0]) == ["TransactWriteItems", "GetItem", "GetItem"]
    assert work[1] == ["verify"]


@pytest.mark.parametrize("phone", [PHONE, STRANGERS_PHONE])
def test_fast_guesses_are_slowed_down_known_number_or_not(
    panel: Client, sara: Customer, clock: Clock, phone: str
) -> None:
    statuses = [_try(panel, phone, WRONG).status for _ in range(6)]
    slowed = _try(panel, phone)
    clock.forward(seconds=60)

    assert statuses == [401] * 5 + [429]
    assert (slowed.status, slowed.headers["Retry-After"]) == (429, "60")
    assert _try(panel, phone, WRONG).status == 401


@pytest.mark.parametrize("phone", [PHONE, STRANGERS_PHONE])
def test_slow_guesses_lock_for_a_while_known_number_or_not(
    panel: Client, sara: Customer, clock: Clock, phone: str, hashings: list[str]
) -> None:
    _at_the_start_of_a_window(clock)

    assert _slowly(panel, clock, 10, phone) == [401] * 10
    hashings.clear()
    locked = _try(panel, phone)
    assert (locked.status, locked.headers["Retry-After"]) == (429, str(900 - 10 * 20))
    assert hashings == []
    clock.forward(minutes=15)
    assert _try(panel, phone).status == (201 if phone == PHONE else 401)


def test_the_right_password_forgets_wrong_ones(panel: Client, sara: Customer, clock: Clock) -> None:
    _at_the_start_of_a_window(clock)
    _slowly(panel, clock, 9)
    assert _try(panel).status == 201

    assert _slowly(panel, clock, 9) == [401] * 9


def test_signing_in_again_and_again_locks_nobody_out(panel: Client, sara: Customer) -> None:
    assert {_try(panel).status for _ in range(25)} == {201}


def test_an_address_may_not_guess_at_many_numbers(panel: Client, sara: Customer) -> None:
    statuses = [_try(panel, f"+98935000{number:04}").status for number in range(240)]

    most = load_rules().quotas["sign_in_address"].most
    assert statuses[-20:] == [429] * 20
    assert statuses.count(401) == most
    assert _try(panel).status == 429


def test_right_sign_ins_do_not_count_against_an_address_that_many_share(
    panel: Client, sara: Customer, aws: Aws, clock: Clock
) -> None:
    _try(panel)
    _try(panel)

    counters = [item for item in aws.items("accounts") if item["pk"]["S"].startswith("LIMIT#")]
    where = f"LIMIT#sign_in_address#{part('198.51.100.7', PHONE)}"
    assert [(item["pk"]["S"], item["used"]["N"]) for item in counters] == [(where, "0")]


def test_a_disabled_account_opens_no_session(panel: Client, sara: Customer, aws: Aws) -> None:
    table = aws.table("accounts")
    credentials = accounts.find(table, sara.id)
    assert credentials
    table.commit([accounts.change(table, replace(credentials, enabled=False))])

    assert _try(panel).body == _try(panel, password=WRONG).body


def test_a_hash_of_other_days_is_renewed_by_the_next_sign_in(panel: Client, sara: Customer, aws: Aws) -> None:
    table = aws.table("accounts")
    credentials = accounts.find(table, sara.id)
    assert credentials
    weaker = PasswordHasher(time_cost=1, memory_cost=16, parallelism=2).hash(PASSWORD)
    table.commit([accounts.change(table, replace(credentials, password_hash=weaker))])

    assert [_try(panel).status for _ in range(2)] == [201, 201]
    renewed = accounts.find(table, sara.id)
    assert renewed
    assert not passwords.is_outdated(renewed.password_hash)


def test_a_page_of_ours_gets_a_cookie_and_loses_it_when_it_signs_out(panel: Client, sara: Customer) -> None:
    opened = raw_answer(panel, "POST", "/sessions", {"phone": PHONE, "password": PASSWORD}, **OUR_PAGE)
    cookie = opened["cookies"][0].partition(";")[0]

    closed = raw_answer(panel, "DELETE", "/sessions/current", cookie=cookie, **OUR_PAGE)

    assert json.loads(opened["body"])["token"] is None
    assert closed["statusCode"] == 204
    assert closed["cookies"] == ["__Host-session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict"]
    assert panel("GET", "/me", headers={"cookie": cookie}).status == 401


def test_a_program_gets_a_token_and_no_cookie(panel: Client, sara: Customer) -> None:
    opened = raw_answer(panel, "POST", "/sessions", {"phone": PHONE, "password": PASSWORD, **BEARER})

    assert opened["cookies"] == []
    assert len(json.loads(opened["body"])["token"]) == 43


@pytest.mark.parametrize("theirs", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_no_other_page_gets_a_cookie(panel: Client, sara: Customer, aws: Aws, theirs: dict[str, str]) -> None:
    answer = raw_answer(panel, "POST", "/sessions", {"phone": PHONE, "password": PASSWORD}, **theirs)

    assert (answer["statusCode"], answer.get("cookies", [])) == (403, [])
    assert aws.items("sessions") == []


def test_a_session_is_stored_under_the_hash_of_its_token(panel: Client, sara: Customer, aws: Aws, clock: Clock) -> None:
    token = sign_in(panel).token

    (row,) = aws.items("sessions")
    assert token not in json.dumps(row)
    assert int(row["expires_at"]["N"]) == int((clock.now + timedelta(days=60)).timestamp())


def test_signing_out_ends_this_session_and_leaves_the_others(panel: Client, sara: Customer, aws: Aws) -> None:
    here, there = sign_in(panel), sign_in(panel)

    assert here("DELETE", "/sessions/current").status == 204
    assert (here("GET", "/me").status, there("GET", "/me").status) == (401, 200)
    credentials = accounts.find(aws.table("accounts"), sara.id)
    assert credentials
    assert [keys.session(session_id)["pk"] for session_id in credentials.session_ids] == [
        row["pk"] for row in aws.items("sessions")
    ]


def test_a_customer_sees_where_he_is_signed_in(panel: Client, sara: Customer, clock: Clock) -> None:
    sign_in(replace(panel, headers={"user-agent": "Firefox\u0007 143"}))
    clock.forward(hours=1)
    here = sign_in(replace(panel, headers={"user-agent": "curl/8"}))

    listed = here("GET", "/sessions").body["items"]

    assert [(session["device"], session["is_current"]) for session in listed] == [
        ("curl/8", True),
        ("Firefox 143", False),
    ]
    assert listed[0]["expires_at"] == (clock.now + timedelta(days=14)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_an_idle_session_is_not_listed(panel: Client, sara: Customer, clock: Clock) -> None:
    sign_in(panel)
    clock.forward(days=14)

    assert len(sign_in(panel)("GET", "/sessions").body["items"]) == 1


def test_another_session_can_be_ended(panel: Client, sara: Customer) -> None:
    here, there = sign_in(panel), sign_in(panel)
    (other,) = [session for session in here("GET", "/sessions").body["items"] if not session["is_current"]]

    assert here("DELETE", f"/sessions/{other['id']}").status == 204
    assert (here("GET", "/me").status, there("GET", "/me").status) == (200, 401)


def test_a_session_that_is_not_ones_own_is_not_found(panel: Client, sara: Customer, aws: Aws) -> None:
    mine = sign_in(panel)
    theirs = "0" * 64
    aws.dynamodb.put_item(TableName="sessions", Item=keys.session(theirs))

    answers = [mine("DELETE", f"/sessions/{session_id}") for session_id in (theirs, "1" * 64)]

    assert [answer.status for answer in answers] == [404, 404]
    assert answers[0].body == answers[1].body
    assert len(aws.items("sessions")) == 2


def test_all_other_sessions_can_be_ended(panel: Client, sara: Customer) -> None:
    others = [sign_in(panel) for _ in range(3)]
    here = sign_in(panel)

    assert here("DELETE", "/sessions").status == 204
    assert {other("GET", "/me").status for other in others} == {401}
    assert here("GET", "/me").status == 200


def test_the_oldest_session_ends_with_the_twenty_first(panel: Client, sara: Customer, aws: Aws) -> None:
    opened = [sign_in(panel) for _ in range(21)]

    assert [session("GET", "/me").status for session in (opened[0], opened[1], opened[20])] == [401, 200, 200]
    assert len(aws.items("sessions")) == 20


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"phone": "021", "password": PASSWORD}, "phone"),
        ({"phone": PHONE, "password": ""}, "password"),
        ({"phone": PHONE, "password": "x" * 129}, "password"),
        ({"phone": PHONE, "password": "a\u0000b"}, "password"),
        ({"phone": PHONE}, "password"),
        ({"phone": PHONE, "password": PASSWORD, "transport": "header"}, "transport"),
        ({"phone": PHONE, "password": PASSWORD, "admin": True}, "admin"),
    ],
)
def test_a_bad_field_is_named(panel: Client, aws: Aws, body: dict[str, object], field: str) -> None:
    answer = panel("POST", "/sessions", body)

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, [field])
    assert aws.items("accounts") == []


def _by_browser(panel: Client, cookie: str = "") -> tuple[str, str]:
    """Sign in by a page of ours that sends this cookie; the new cookie, and its token."""
    headers = {**OUR_PAGE, **({"cookie": cookie} if cookie else {})}
    answer = raw_answer(panel, "POST", "/sessions", {"phone": PHONE, "password": PASSWORD}, **headers)
    assert answer["statusCode"] == 201
    given: str = answer["cookies"][0].partition(";")[0]
    return given, given.partition("=")[2]


def _is_open(panel: Client, cookie: str) -> bool:
    return panel("GET", "/me", headers={"cookie": cookie}).status == 200


def test_signing_in_ends_the_session_whose_cookie_came_along(panel: Client, sara: Customer, aws: Aws) -> None:
    before, _ = _by_browser(panel)

    after, _ = _by_browser(panel, before)

    assert before != after
    assert (_is_open(panel, before), _is_open(panel, after)) == (False, True)
    assert len(aws.items("sessions")) == 1


def test_signing_in_ends_the_session_of_whoever_used_the_browser_before(
    panel: Client, sara: Customer, aws: Aws, clock: Clock
) -> None:
    create_customer(aws.table("accounts"), aws.table("desk"), "نیما", STRANGERS_PHONE, PASSWORD, clock.now)
    theirs = f"__Host-session={sign_in(panel, STRANGERS_PHONE).token}"

    _by_browser(panel, theirs)

    assert not _is_open(panel, theirs)


@pytest.mark.parametrize("planted", ["x", "0" * 43, "; Path=/", "' OR 1=1"])
def test_a_planted_cookie_never_becomes_a_session(panel: Client, sara: Customer, planted: str) -> None:
    cookie, token = _by_browser(panel, f"__Host-session={planted}")

    assert token != planted
    assert len(token) == 43
    assert _is_open(panel, cookie)
    assert not _is_open(panel, f"__Host-session={planted}")


def test_rotating_a_session_costs_no_further_request(panel: Client, sara: Customer, requests: list[Call]) -> None:
    cookie, _ = _by_browser(panel)
    requests.clear()
    _by_browser(panel, cookie)

    assert len(requests) == SIGN_IN_REQUESTS


@pytest.mark.parametrize(("days", "status"), [(13.99, 200), (14, 401)])
def test_a_customers_session_ends_when_it_was_idle_for_fourteen_days(
    panel: Client, sara: Customer, clock: Clock, days: float, status: int
) -> None:
    me = sign_in(panel)
    clock.forward(days=days)

    assert me("GET", "/me").status == status


def test_a_customers_session_ends_after_sixty_days_however_busy(panel: Client, sara: Customer, clock: Clock) -> None:
    me = sign_in(panel)
    statuses = []
    for _ in range(6):
        clock.forward(days=10)
        statuses.append(me("GET", "/me").status)

    assert statuses == [200] * 5 + [401]


def test_no_session_opens_when_the_throttles_cannot_be_written(
    panel: Client, sara: Customer, aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise BusyError

    monkeypatch.setattr("helpdesk.store.table.Table.commit", busy)

    assert _try(panel).status == 503
    assert aws.items("sessions") == []
