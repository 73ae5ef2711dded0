"""What an attacker sends: other sites, borrowed addresses, strange bodies; and what never comes out."""

import base64
import json
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from botocore.exceptions import ClientError

from helpdesk.edge.gateway import COOKIE_NAMES
from helpdesk.store import sessions
from tests.functional.conftest import Aws, Client, SignIn
from tests.functional.test_customer_tickets import TICKET
from tests.support.http_events import context, internal_event

JSON = "application/json"


def _by_cookie(client: Client, **headers: str) -> Client:
    """The same person in a browser."""
    return replace(client, token="", headers={"cookie": f"{COOKIE_NAMES[client.kind]}={client.token}", **headers})


def _stored(aws: Aws) -> list[Any]:
    return aws.items("desk")


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_a_form_of_another_site_changes_nothing(customer: SignIn, aws: Aws, kind: str) -> None:
    browser = _by_cookie(customer(), **{"sec-fetch-site": "cross-site", "origin": "https://evil.example"})

    assert browser("POST", "/tickets", json.dumps(TICKET), key="k", headers={"content-type": kind}).status == 403
    assert _stored(aws) == []


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_a_form_of_our_own_page_is_no_json(customer: SignIn, aws: Aws, kind: str) -> None:
    browser = _by_cookie(customer(), **{"sec-fetch-site": "same-origin"})

    assert browser("POST", "/tickets", json.dumps(TICKET), key="k", headers={"content-type": kind}).status == 415
    assert _stored(aws) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": ""},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "Same-Origin"},
        {"sec-fetch-site": "cross-site", "origin": "https://desk.example"},
        {"origin": "null"},
        {"origin": "https://desk.example.evil.example"},
        {"origin": "http://desk.example"},
        {"origin": "https://desk.example:8443"},
        {"referer": "https://desk.example/"},
    ],
    ids=str,
)
def test_a_cookie_needs_the_word_of_the_browser_that_the_page_is_ours(
    customer: SignIn, aws: Aws, headers: dict[str, str]
) -> None:
    answer = _by_cookie(customer(), **headers)("POST", "/tickets", TICKET, key="k")

    assert (answer.status, answer.body["type"]) == (403, "urn:poshtiban:problem:cross-site")
    assert _stored(aws) == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_no_other_method_gets_round_the_check(customer: SignIn, method: str) -> None:
    assert _by_cookie(customer())(method, "/tickets").status == 403


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_no_header_or_query_makes_another_method(customer: SignIn, header: str) -> None:
    sara = customer()
    number = sara("POST", "/tickets", TICKET, key="k").body["number"]

    answers = [
        sara("GET", f"/tickets/{number}/resolve", headers={header: "POST"}, query={"_method": "POST"}),
        sara("POST", f"/tickets/{number}", {}, headers={header: "GET"}),
    ]

    assert [answer.status for answer in answers] == [404, 404]
    assert sara("GET", f"/tickets/{number}").body["status"] == "open"


@pytest.mark.parametrize("beside", ['consent={"all": true}', "a=b c", "=x", ";;;", "__Host-sessionx=1"])
def test_a_strange_cookie_beside_ours_does_no_harm(customer: SignIn, beside: str) -> None:
    sara = customer()
    cookie = f"{beside}; {COOKIE_NAMES[sara.kind]}={sara.token}"

    assert replace(sara, token="", headers={"cookie": cookie})("GET", "/tickets").status == 200


@pytest.fixture
def counted(aws: Aws) -> Any:
    """The addresses that counters of tickets were made for."""

    def addresses() -> set[str]:
        keys = [item["pk"]["S"] for item in _stored(aws)]
        return {key.split("#")[2] for key in keys if key.startswith("LIMIT#tickets_address#")}

    return addresses


@pytest.mark.parametrize(
    "forged",
    [
        {"x-forwarded-for": "203.0.113.9"},
        {"x-real-ip": "203.0.113.9", "forwarded": "for=203.0.113.9", "true-client-ip": "203.0.113.9"},
        {"cloudfront-viewer-address": "203.0.113.9:4711"},
        {"cloudfront-viewer-address": "203.0.113.9:4711", "x-origin-verify": "guess"},
    ],
    ids=str,
)
def test_nobody_chooses_the_address_he_is_counted_by(customer: SignIn, counted: Any, forged: dict[str, str]) -> None:
    assert customer()("POST", "/tickets", TICKET, key="k", headers=forged).status == 201
    assert counted() == {"198.51.100.7"}


@pytest.mark.parametrize(
    ("viewer", "address"),
    [
        ("203.0.113.9:4711", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6:4711", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::6]:4711", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9:4711", "203.0.113.9"),
    ],
)
def test_cloudfronts_word_counts_behind_its_secret_and_ipv6_by_the_line(
    customer: SignIn, counted: Any, viewer: str, address: str
) -> None:
    sara = customer()
    sara = replace(sara, handler=replace(sara.handler, origin_verify="secret"))
    headers = {"x-origin-verify": "secret", "cloudfront-viewer-address": viewer, "x-forwarded-for": "192.0.2.1"}

    assert sara("POST", "/tickets", TICKET, key="k", headers=headers).status == 201
    assert counted() == {address}


@pytest.mark.parametrize("secret", ["", "SECRET", "secre", "secret ", "sécret"])
def test_a_wrong_secret_opens_no_door(customer: SignIn, secret: str) -> None:
    sara = customer()
    sara = replace(sara, handler=replace(sara.handler, origin_verify="secret"))

    assert sara("GET", "/tickets", headers={"x-origin-verify": secret}).status == 403


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 20_000,
        '{"subject": 1e400}',
        '{"subject": -1e999}',
        '{"subject": -Infinity}',
        '{"subject": 1' + "0" * 5000 + "}",
        '{"\\ud800": 1}',
        '{"a\\u0000b": 1}',
        '{"a\\r\\nSet-Cookie: x": 1}',
        '{"subject": "x", "subj\\u0065ct": "y"}',
        '{"a": {"b": 1, "b": 2}}',
        "{\"subject\": 'x'}",
        '{"subject": "x",}',
        '{"subject": 0x10}',
        '{"subject": "x"} {"subject": "y"}',
        '\ufeff{"subject": "x"}',
    ],
    ids=lambda text: text[:24],
)
def test_what_is_no_sound_json_is_refused_before_anything_looks_at_it(customer: SignIn, aws: Aws, text: str) -> None:
    answer = customer()("POST", "/tickets", text, key="k")

    assert (answer.status, answer.body["type"]) == (400, "urn:poshtiban:problem:malformed-body")
    assert _stored(aws) == []


def test_ten_megabytes_are_refused_unread_on_every_route(customer: SignIn, agent: SignIn) -> None:
    huge = '{"a": "' + "x" * 10_000_000 + '"}'
    sara, reza = customer(), agent()

    statuses = [
        sara("POST", "/tickets", huge, key="k").status,
        sara("POST", "/tickets/4821937057/resolve", huge).status,
        reza("POST", "/tickets/4821937057/claim", "[" * 10_000_000).status,
    ]

    assert statuses == [413, 413, 413]


@pytest.mark.parametrize(
    ("declared", "status"),
    [
        (JSON, 201),
        ("application/json; charset=utf-8", 201),
        ('application/json;charset="UTF-8"', 201),
        ("application/json; charset=utf-16", 415),
        ("application/json; charset=iso-8859-1", 415),
        ("application/jsonp", 415),
        ("text/json", 415),
        ("application/xml", 415),
        ("", 415),
    ],
)
def test_a_body_is_json_in_utf_8(customer: SignIn, declared: str, status: int) -> None:
    assert customer()("POST", "/tickets", TICKET, key="k", headers={"content-type": declared}).status == status


def _encoded(client: Client, body: bytes) -> int:
    """The status of an answer to a body as a REST API with binary types hands it over."""
    headers = {"content-type": JSON, "authorization": f"Bearer {client.token}"}
    event = internal_event("POST", "/canned-replies", headers, {}, base64.b64encode(body).decode())
    status: int = client.handler({**event, "isBase64Encoded": True}, context())["statusCode"]
    return status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"title": "سلام", "body": "درود"}'.encode(), 201),
        ('{"title": "سلام", "body": "درود"}'.encode("utf-16"), 400),
        (b'{"title": "\xff\xfe", "body": "x"}', 400),
        (b"\x00\x01\x02", 400),
        (b"{" * 4000, 400),
        (b'{"title": "' + b"x" * 200_000 + b'", "body": "x"}', 413),
    ],
    ids=["sound", "utf-16", "no utf-8", "bytes", "open braces", "too long"],
)
def test_a_body_in_base64_is_judged_by_what_it_holds(agent: SignIn, body: bytes, status: int) -> None:
    assert _encoded(agent("سرپرست", "supervisor", ()), body) == status


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\x00b", "a\x1b[31mb"])
def test_line_breaks_come_neither_into_headers_nor_into_names(customer: SignIn, aws: Aws, value: str) -> None:
    sara = customer()
    answers = [
        sara("POST", "/tickets", {**TICKET, "subject": value}, key="k"),
        sara("POST", "/attachments", {"filename": value, "content_type": value, "size": 9}),
    ]

    assert [answer.status for answer in answers] == [422, 422]
    assert not any("\n" in text or "\r" in text for answer in answers for text in answer.headers.values())
    assert _stored(aws) == []


def test_reading_goes_on_while_the_sessions_table_takes_no_writes(
    customer: SignIn, aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    def throttled(*_: object) -> None:
        answer: Any = {"Error": {"Code": "ThrottlingException"}, "ResponseMetadata": {"HTTPStatusCode": 400}}
        raise ClientError(answer, "UpdateItem")

    sara = customer()
    monkeypatch.setattr("helpdesk.edge.gateway.is_due_to_be_seen", lambda *_: True)
    monkeypatch.setattr(sessions, "touch", throttled)

    assert sara("GET", "/tickets").status == 200
    assert sara("POST", "/tickets", TICKET, key="k").status == 503


def test_twenty_tickets_an_hour_are_enough_and_the_answer_says_how_long_to_wait(customer: SignIn) -> None:
    sara = customer()
    answers = [sara("POST", "/tickets", TICKET, key=str(n)) for n in range(22)]

    refused = [answer for answer in answers if answer.status == 429]
    assert {answer.status for answer in answers[:20]} == {201}
    assert all(0 < int(answer.headers["Retry-After"]) <= 3600 for answer in refused)
    assert sara("POST", "/tickets", TICKET, key="0").status == 201  # a replay costs nothing
    assert sara("GET", "/tickets").status == 200


def test_an_address_has_a_quota_of_its_own(customer: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    sara, nima = customer("سارا"), customer("نیما")
    quotas = import_module("customer_tickets.services").office.rules.quotas
    monkeypatch.setattr("helpdesk.store.limits._PARTS", 1)
    monkeypatch.setitem(quotas, "tickets_address", replace(quotas["tickets_address"], most=16))

    statuses = [who("POST", "/tickets", TICKET, key=str(n)).status for n in range(9) for who in (sara, nima)]

    assert statuses == [201] * 16 + [429] * 2
