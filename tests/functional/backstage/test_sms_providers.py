"""The providers of text messages, each against what it talks to."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from moto import mock_aws

from helpdesk.aws.amazon import SnsSms
from helpdesk.aws.secret import Secret
from helpdesk.aws.sms_gateway import SHAPES, GatewaySms, Shape
from helpdesk.model.delivery import NotSentError, ProviderError, RefusedError, Sms, UncertainError
from tests.support.environment import REGION
from tests.support.template import load_template

PHONE = "+989121234567"
TEXT = "به درخواست شما پاسخ داده شد."
SMS = Sms(PHONE, TEXT, "event", datetime(2026, 11, 23, tzinfo=UTC))
SENT = {"return": {"status": 200, "message": "تایید شد"}, "entries": [{"messageid": 8792343, "status": 1}]}


@dataclass
class Secrets:
    """Secrets Manager with one secret."""

    text: str = "key-1"
    reads: int = 0
    broken: bool = False

    def get_secret_value(self, **_: str) -> dict[str, str]:
        """Read it."""
        self.reads += 1
        if self.broken:
            raise ClientError({"Error": {"Code": "InternalServiceError", "Message": "no"}}, "GetSecretValue")
        return {"SecretString": f"{self.text}\n"}


class Gateway(HTTPServer):
    """Answers as it is told, and like Kavenegar's until then."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.requests: list[tuple[str, dict[str, list[str]]]] = []
        self.documents: list[tuple[Message, object]] = []
        self.answer: tuple[int, bytes] | None = 200, json.dumps(SENT).encode()


class _Answer(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.headers["Content-Type"] == "application/json":
            self.server.documents.append((self.headers, json.loads(body)))
        else:
            self.server.requests.append((self.path, parse_qs(body)))
        if self.server.answer is None:
            return  # hangs up
        status, content = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """A gateway on this machine."""
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _through(gateway: Gateway, secrets: Secrets | None = None, line: str = "", name: str = "kavenegar") -> GatewaySms:
    url = f"http://127.0.0.1:{gateway.server_port}/v1/{{key}}/sms/send.json"
    return GatewaySms(SHAPES[name], Secret(secrets or Secrets(), "arn"), line, url)


def _says(status: int) -> bytes:
    return json.dumps({"return": {"status": status, "message": "…"}, "entries": None}).encode()


def test_a_gateway_gets_a_form_with_a_national_number(gateway: Gateway) -> None:
    assert _through(gateway, line="10004346").send(SMS) == "8792343"

    form = {"receptor": ["09121234567"], "message": [TEXT], "sender": ["10004346"]}
    assert gateway.requests == [("/v1/key-1/sms/send.json", form)]


def test_without_a_line_of_our_own_the_gateway_chooses_one(gateway: Gateway) -> None:
    _through(gateway).send(SMS)

    assert set(gateway.requests[0][1]) == {"receptor", "message"}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((411, _says(411)), RefusedError),
        ((200, _says(411)), RefusedError),
        ((413, _says(413)), RefusedError),
        ((403, _says(403)), NotSentError),
        ((418, _says(418)), NotSentError),
        ((429, b"slow down"), NotSentError),
        ((302, b""), UncertainError),
        ((500, b"<html>"), UncertainError),
        ((502, _says(502)), UncertainError),
        ((200, b"<html>"), UncertainError),
        ((200, _says(200)), UncertainError),
        (None, UncertainError),
    ],
)
def test_what_a_gateway_answers_decides_whether_it_is_tried_again(
    gateway: Gateway, answer: tuple[int, bytes] | None, error: type[ProviderError]
) -> None:
    gateway.answer = answer

    with pytest.raises(error):
        _through(gateway).send(SMS)

    assert len(gateway.requests) == 1


def _gives(status: int, document: object) -> tuple[int, bytes]:
    return status, json.dumps(document).encode()


TAKEN = {
    "sms.ir": {"status": 1, "message": "موفق", "data": {"packId": "p", "messageIds": [89545112], "cost": 1.0}},
    "ghasedak": {"isSuccess": True, "statusCode": 200, "message": "با موفقیت انجام شد", "data": {"cost": 1}},
}


@pytest.mark.parametrize(
    ("name", "header", "document", "message_id"),
    [
        (
            "sms.ir",
            "X-API-KEY",
            {"mobiles": ["09121234567"], "messageText": TEXT, "lineNumber": 30007732000000},
            "89545112",
        ),
        ("ghasedak", "ApiKey", {"receptor": "09121234567", "message": TEXT, "lineNumber": "30007732000000"}, ""),
    ],
)
def test_gateways_with_a_key_of_their_own_header_get_a_document(
    gateway: Gateway, name: str, header: str, document: object, message_id: str
) -> None:
    gateway.answer = _gives(200, TAKEN[name])

    assert _through(gateway, line="30007732000000", name=name).send(SMS) == message_id

    ((headers, taken),) = gateway.documents
    assert taken == document
    assert headers[header] == "key-1"
    assert headers["Accept"] == "application/json"


@pytest.mark.parametrize(
    ("name", "answer", "error"),
    [
        ("sms.ir", _gives(400, {"status": 104, "message": "…", "data": None}), NotSentError),
        ("sms.ir", _gives(401, {"status": 10, "message": "…"}), NotSentError),
        ("sms.ir", _gives(429, {"status": 20, "message": "…"}), NotSentError),
        ("sms.ir", _gives(500, {"status": 0, "message": "…"}), UncertainError),
        ("sms.ir", _gives(200, {"status": 400, "message": "…", "data": None}), UncertainError),
        ("sms.ir", _gives(200, {"status": 1, "message": "…", "data": {"messageIds": []}}), UncertainError),
        ("sms.ir", _gives(200, ["what is this"]), UncertainError),
        ("ghasedak", _gives(200, {"IsSuccess": False, "StatusCode": 401, "Message": "…"}), NotSentError),
        ("ghasedak", _gives(200, {"IsSuccess": False, "StatusCode": 418, "Message": "…"}), NotSentError),
        ("ghasedak", _gives(400, {"isSuccess": False, "statusCode": 422, "message": "…"}), RefusedError),
        ("ghasedak", _gives(200, {"isSuccess": False, "statusCode": 413, "message": "…"}), RefusedError),
        ("ghasedak", _gives(200, {"isSuccess": False, "statusCode": 500, "message": "…"}), UncertainError),
        ("ghasedak", (502, b"<html>"), UncertainError),
        ("ghasedak", None, UncertainError),
    ],
)
def test_an_error_is_known_from_a_gateways_body_whatever_http_says(
    gateway: Gateway, name: str, answer: tuple[int, bytes] | None, error: type[ProviderError]
) -> None:
    gateway.answer = answer

    with pytest.raises(error):
        _through(gateway, name=name).send(SMS)

    assert len(gateway.documents) == 1


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_gateways_own_address_is_https_and_takes_the_key_in_one_place(shape: Shape) -> None:
    assert shape.url.startswith("https://")
    assert ("{key}" in shape.url) != bool(shape.key_header)


def test_the_template_offers_the_gateways_there_are() -> None:
    assert load_template()["Parameters"]["SmsHttpGateway"]["AllowedValues"] == list(SHAPES)


def test_a_gateway_that_is_not_there_took_nothing(gateway: Gateway) -> None:
    gone = HTTPServer(("127.0.0.1", 0), _Answer)
    gone.server_close()
    provider = replace(_through(gateway), url=f"http://127.0.0.1:{gone.server_port}/{{key}}")

    with pytest.raises(NotSentError):
        provider.send(SMS)


def test_a_key_is_read_once_and_again_when_the_gateway_does_not_know_it(gateway: Gateway) -> None:
    secrets = Secrets()
    provider = _through(gateway, secrets)
    provider.send(SMS)
    provider.send(SMS)
    assert secrets.reads == 1

    secrets.text, gateway.answer = "key-2", (403, _says(403))
    with pytest.raises(NotSentError):
        provider.send(SMS)
    gateway.answer = 200, json.dumps(SENT).encode()
    provider.send(SMS)

    assert [path.split("/")[2] for path, _ in gateway.requests] == ["key-1", "key-1", "key-1", "key-2"]


def test_without_its_key_nothing_is_sent(gateway: Gateway) -> None:
    with pytest.raises(NotSentError, match="secret"):
        _through(gateway, Secrets(broken=True)).send(SMS)

    assert gateway.requests == []


def test_an_error_shows_neither_key_nor_number(gateway: Gateway) -> None:
    gateway.answer = None

    with pytest.raises(UncertainError) as failed:
        _through(gateway).send(SMS)

    error = failed.value
    assert error.__cause__ is None
    assert error.__suppress_context__
    assert not any(part in str(error) for part in ("key-1", "912", "127.0.0.1"))


@dataclass
class Sns:
    """SNS that answers as it is told."""

    requests: list[dict[str, Any]] = field(default_factory=list)

    def publish(self, **request: Any) -> dict[str, str]:
        """Take a message."""
        self.requests.append(request)
        return {"MessageId": "sns-1"}


def test_sns_gets_number_text_and_sender() -> None:
    sns = Sns()

    assert SnsSms(sns, "Poshtiban").send(SMS) == "sns-1"

    (request,) = sns.requests
    assert (request["PhoneNumber"], request["Message"]) == (PHONE, TEXT)
    assert {name: value["StringValue"] for name, value in request["MessageAttributes"].items()} == {
        "AWS.SNS.SMS.SMSType": "Transactional",
        "AWS.SNS.SMS.SenderID": "Poshtiban",
    }


def test_sns_as_moto_has_it_takes_the_request() -> None:
    with mock_aws():
        client = boto3.client("sns", region_name=REGION, config=Config(retries={"total_max_attempts": 1}))
        assert SnsSms(client, "").send(SMS)


def test_a_number_that_sns_does_not_take_is_refused_without_being_named() -> None:
    with mock_aws():
        client = boto3.client("sns", region_name=REGION)
        with pytest.raises(RefusedError) as failed:
            SnsSms(client, "").send(replace(SMS, to="not a number"))

    assert "number" not in str(failed.value)
