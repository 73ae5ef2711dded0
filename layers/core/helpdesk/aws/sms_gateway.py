"""Iranian SMS gateways: one way to ask them over HTTP, and for each the shape of its question and its answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from helpdesk.aws.secret import Secret
from helpdesk.model.delivery import NotSentError, RefusedError, Sms, UncertainError

_COUNTRY_CODE = "+98"
_TIMES = urllib3.Timeout(connect=2, read=5)


@dataclass(frozen=True)
class Shape:
    """How a gateway is asked, and what its answer means.

    Args:
        url: where to post; ``{key}`` in it stands for the API key.
        key_header: which header takes the key otherwise.
        receptor, text, line: names of the fields.
        takes_json: whether it takes a JSON object instead of a form.
        takes_many: whether the receptor is a list.
        line_is_number: whether the line is a number in JSON too.
        status: where the gateway's own status stands in its answer, in small letters.
        accepted: the status that says yes.
        message_id: where it says what it calls the message; empty for one whose documentation does not tell.
        speaks_http: whether its own statuses mean what HTTP's mean; else HTTP's status tells what becomes of a refusal.
        refusals: its own statuses for "never": no such number, a text it cannot take.
    """

    url: str
    receptor: str
    text: str
    line: str
    status: tuple[str, ...]
    accepted: int
    message_id: tuple[str | int, ...] = ()
    key_header: str = ""
    takes_json: bool = False
    takes_many: bool = False
    line_is_number: bool = False
    speaks_http: bool = True
    refusals: frozenset[int] = frozenset()

    def body(self, message: Sms, line: str) -> dict[str, object]:
        """What is asked for; without a line of our own the gateway chooses one."""
        number = f"0{message.to.removeprefix(_COUNTRY_CODE)}"
        fields: dict[str, object] = {self.receptor: [number] if self.takes_many else number, self.text: message.text}
        return fields | ({self.line: int(line) if self.line_is_number else line} if line else {})

    def read(self, http_status: int, body: bytes) -> str:
        """What the gateway calls the message that it took. HTTP's status may be of a proxy in between.

        Raises:
            RefusedError: it will never take it.
            NotSentError: it has surely not gone out.
            UncertainError: nobody knows.
        """
        answer = _in_small_letters(body)
        said = _at(answer, self.status)
        status = said if isinstance(said, int) else http_status
        if status in self.refusals:
            raise RefusedError(f"gateway_{status}")
        if said == self.accepted:
            return self._message_id(answer)
        if HTTPStatus.BAD_REQUEST <= (status if self.speaks_http else http_status) < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise NotSentError(f"gateway_{status}")
        raise UncertainError(f"gateway_{status}")

    def _message_id(self, answer: object) -> str:
        if not self.message_id:
            return ""
        if (message_id := _at(answer, self.message_id)) is None:
            raise UncertainError("gateway_names_no_message")
        return str(message_id)


SHAPES: Mapping[str, Shape] = {
    # https://kavenegar.com/rest.html
    "kavenegar": Shape(
        url="https://api.kavenegar.com/v1/{key}/sms/send.json",
        receptor="receptor",
        text="message",
        line="sender",
        status=("return", "status"),
        accepted=HTTPStatus.OK,
        message_id=("entries", 0, "messageid"),
        refusals=frozenset({411, 413, 422}),
    ),
    # Path and fields as public clients have them; https://apidocs.sms.ir:
    # 400 is an error in what was asked for, 401 in the key, 429 too much, and 500 unexpected
    "sms.ir": Shape(
        url="https://api.sms.ir/v1/send/bulk",
        key_header="X-API-KEY",
        receptor="mobiles",
        text="messageText",
        line="lineNumber",
        takes_json=True,
        takes_many=True,
        line_is_number=True,
        status=("status",),
        accepted=1,
        speaks_http=False,
        message_id=("data", "messageids", 0),
    ),
    # Path, fields and refusals as public clients have them; https://ghasedak.me/docs:
    # 413 the text is too long, 420 its link and 422 a character of it is not taken
    "ghasedak": Shape(
        url="https://gateway.ghasedak.me/rest/api/v1/WebService/SendSingleSMS",
        key_header="ApiKey",
        receptor="receptor",
        text="message",
        line="lineNumber",
        takes_json=True,
        status=("statuscode",),
        accepted=HTTPStatus.OK,
        refusals=frozenset({413, 420, 422}),
    ),
}


@dataclass(frozen=True)
class GatewaySms:
    """Sends text messages through a gateway.

    Args:
        url: where to post instead of the gateway's own address; may be empty.
        line: the line that sends; may be empty.
    """

    shape: Shape
    key: Secret
    line: str = ""
    url: str = ""
    is_repeatable: bool = False

    def send(self, message: Sms) -> str:
        """Send the message."""
        key = self.key.text()
        url = (self.url or self.shape.url).replace("{key}", key)
        headers = {"Accept": "application/json"} | ({self.shape.key_header: key} if self.shape.key_header else {})
        status, body = _post(url, headers, self.shape.body(message, self.line), as_json=self.shape.takes_json)
        try:
            return self.shape.read(status, body)
        except NotSentError:
            self.key.forget()
            raise


def _post(url: str, headers: Mapping[str, str], body: Mapping[str, object], *, as_json: bool) -> tuple[int, bytes]:
    content: dict[str, Any] = {"json": body} if as_json else {"fields": body, "encode_multipart": False}
    with urllib3.PoolManager(timeout=_TIMES, retries=False) as pool:
        try:
            answer = pool.request("POST", url, headers=headers, redirect=False, **content)
        except (ConnectTimeoutError, NewConnectionError) as error:
            raise NotSentError(type(error).__name__) from None  # the original names the key
        except HTTPError as error:
            raise UncertainError(type(error).__name__) from None
    return answer.status, answer.data


def _in_small_letters(body: bytes) -> object:
    """The answer's document; gateways do not write their names as their documentation does."""
    try:
        return json.loads(body, object_pairs_hook=lambda pairs: {name.lower(): value for name, value in pairs})
    except ValueError:
        return None


def _at(document: Any, place: tuple[str | int, ...]) -> object:
    """What stands there in the document, or None."""
    for step in place:
        try:
            document = document[step]
        except (IndexError, KeyError, TypeError):
            return None
    return document
