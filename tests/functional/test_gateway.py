"""The door of both APIs: sessions, sites and places."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from importlib import import_module

import pytest
from botocore.exceptions import ClientError

from helpdesk.edge.gateway import COOKIE_NAMES
from helpdesk.model.people import Kind
from helpdesk.store import sessions
from tests.functional.conftest import Aws, Client, SignIn
from tests.functional.test_customer_tickets import TICKET
from tests.support.routes import FUNCTIONS, PUBLIC, ROUTES, filled

OURS = {"sec-fetch-site": "same-origin"}


def _by_cookie(client: Client, **headers: str) -> Client:
    """The same person in a browser instead of a program."""
    cookie = f"{COOKIE_NAMES[client.kind]}={client.token}"
    return replace(client, token="", headers={"cookie": cookie, **headers})


def _aged(aws: Aws, client: Client, **changes: timedelta) -> None:
    """The client's session, with some of its times moved."""
    assert client.session
    moved = {name: getattr(client.session, name) + by for name, by in changes.items()}
    table = aws.table("sessions")
    table.commit([sessions.end(table, client.session.id)])
    table.apply(sessions.creation(table, replace(client.session, **moved)))


def test_a_cookie_opens_what_a_token_opens(customer: SignIn) -> None:
    assert _by_cookie(customer())("GET", "/tickets").status == HTTPStatus.OK


def test_a_cookie_alone_may_not_change_anything(customer: SignIn) -> None:
    answer = _by_cookie(customer())("POST", "/tickets", TICKET, key="k")

    assert (answer.status, answer.body["type"]) == (403, "urn:poshtiban:problem:cross-site")


@pytest.mark.parametrize("ours", [OURS, {"origin": "https://desk.example"}])
def test_a_cookie_from_our_own_page_may(customer: SignIn, ours: dict[str, str]) -> None:
    assert _by_cookie(customer(), **ours)("POST", "/tickets", TICKET, key="k").status == HTTPStatus.CREATED


@pytest.mark.parametrize(
    "theirs",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_sites_page_may_not_even_with_a_token(customer: SignIn, theirs: dict[str, str]) -> None:
    sara = customer()

    assert sara("POST", "/tickets", TICKET, key="k", headers=theirs).status == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("token", ["", "wrong", "token of", "' OR 1=1"])
def test_without_a_live_token_nothing_is_told(customer: SignIn, token: str) -> None:
    stranger = replace(customer(), token=token)

    assert stranger("GET", "/tickets").status == HTTPStatus.UNAUTHORIZED
    assert stranger("POST", "/tickets", {"rubbish": 1}).status == HTTPStatus.UNAUTHORIZED
    assert stranger("GET", "/no/such/route").status == HTTPStatus.UNAUTHORIZED


def test_a_customers_session_opens_nothing_at_the_internal_api(customer: SignIn, agent: SignIn) -> None:
    sara, reza = customer(), agent()

    assert replace(reza, token=sara.token)("GET", "/queue").status == HTTPStatus.UNAUTHORIZED
    assert replace(sara, token=reza.token)("GET", "/tickets").status == HTTPStatus.UNAUTHORIZED
    assert replace(reza, token="", headers={"cookie": f"__Host-session={reza.token}"})("GET", "/queue").status == 401


def test_an_idle_session_has_ended(agent: SignIn, aws: Aws) -> None:
    reza = agent()
    _aged(aws, reza, seen_at=-timedelta(minutes=31))

    assert reza("GET", "/queue").status == HTTPStatus.UNAUTHORIZED


def test_a_session_ends_at_its_absolute_limit_however_busy(agent: SignIn, aws: Aws) -> None:
    reza = agent()
    _aged(aws, reza, ends_at=-timedelta(hours=12))

    assert reza("GET", "/queue").status == HTTPStatus.UNAUTHORIZED


def test_use_is_written_down_once_in_a_while(agent: SignIn, aws: Aws) -> None:
    reza = agent()
    _aged(aws, reza, seen_at=-timedelta(minutes=6))
    before = aws.items("sessions")[0]["seen_at"]

    reza("GET", "/queue")
    after_first = aws.items("sessions")[0]["seen_at"]
    reza("GET", "/queue")

    assert before != after_first == aws.items("sessions")[0]["seen_at"]


def test_answers_are_never_kept_by_caches(customer: SignIn) -> None:
    answer = customer()("GET", "/tickets")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_answer_opened_as_a_page_shows_nothing_and_is_framed_by_nobody(customer: SignIn) -> None:
    answer = customer()("GET", "/tickets")

    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_behind_cloudfront_only_its_secret_opens_the_door(customer: SignIn) -> None:
    sara = customer()
    sara = replace(sara, handler=replace(sara.handler, origin_verify="secret"))

    assert sara("GET", "/tickets").status == HTTPStatus.FORBIDDEN
    assert sara("GET", "/tickets", headers={"x-origin-verify": "secret"}).status == HTTPStatus.OK


def test_kinds_have_cookies_of_their_own() -> None:
    assert COOKIE_NAMES == {Kind.CUSTOMER: "__Host-session", Kind.AGENT: "__Host-staff"}


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize(("function", "method", "path"), ROUTES)
def test_a_stranger_is_sent_to_sign_in(function: str, method: str, path: str) -> None:
    stranger = Client(import_module(f"{function}.app").handler, FUNCTIONS[function])

    answer = stranger(method, filled(path), {"rubbish": True} if method != "GET" else None)

    if (method, path) in PUBLIC:
        assert answer.status == HTTPStatus.UNPROCESSABLE_ENTITY or path.endswith("/resend")
    else:
        assert (answer.status, answer.body["type"]) == (401, "urn:poshtiban:problem:unauthenticated")


def test_a_throttled_session_table_is_a_request_to_try_again(customer: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def throttled(*_: object) -> None:
        code, status = "ProvisionedThroughputExceededException", {"HTTPStatusCode": 400}
        raise ClientError({"Error": {"Code": code}, "ResponseMetadata": status}, "GetItem")  # type: ignore[typeddict-item]

    client = customer()
    monkeypatch.setattr("helpdesk.edge.gateway.sessions.find", throttled)

    answer = client("GET", "/tickets")

    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
