"""Those who send text messages: AWS, an Iranian gateway, or nobody at all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from helpdesk.aws.local_outbox import LocalOutbox
from helpdesk.aws.provider_faults import provider_faults
from helpdesk.aws.secret import Secret
from helpdesk.model.delivery import NotSentError, RefusedError, Sms, UncertainError

_AWS_REFUSALS = frozenset({"InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid", "OptedOut"})

# A gateway's words for "never": no such number, a text it cannot take (https://kavenegar.com/rest.html).
_GATEWAY_REFUSALS = frozenset({411, 413, 422})
_COUNTRY_CODE = "+98"
_TIMES = urllib3.Timeout(connect=2, read=5)


class SmsProvider(Protocol):
    """Sends text messages."""

    @property
    def is_repeatable(self) -> bool:
        """Whether it knows a message that comes again by its event id, and sends it once."""

    def send(self, sms: Sms) -> str:
        """Send one, and give what the provider calls it.

        Raises:
            RefusedError: it will never take it.
            NotSentError: it has surely not gone out.
            UncertainError: nobody knows.
        """


@dataclass(frozen=True)
class LocalSms:
    """Sends nothing: writes it down."""

    outbox: LocalOutbox
    is_repeatable: bool = False

    def send(self, sms: Sms) -> str:
        """Write the message down."""
        self.outbox.write("sms", sms, sms.text)
        return "local"


@dataclass(frozen=True)
class AwsSms:
    """Sends through SNS, by a client that does not repeat a call by itself: each one is a message.

    Args:
        sender: the name that phones show, where the country allows one; may be empty.
    """

    client: Any
    sender: str
    is_repeatable: bool = False

    def send(self, sms: Sms) -> str:
        """Send the message as a transactional one."""
        attributes = {"AWS.SNS.SMS.SMSType": "Transactional"} | (
            {"AWS.SNS.SMS.SenderID": self.sender} if self.sender else {}
        )
        with provider_faults(_AWS_REFUSALS):
            answer = self.client.publish(
                PhoneNumber=sms.to,
                Message=sms.text,
                MessageAttributes={
                    name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
                },
            )
        message_id: str = answer["MessageId"]
        return message_id


@dataclass(frozen=True)
class HttpSms:
    """Sends through a gateway in the shape of Kavenegar's: a form with receptor, sender and message.

    Args:
        url: where to post; ``{key}`` in it stands for the API key.
        sender: the line that sends; may be empty.
    """

    url: str
    key: Secret
    sender: str
    is_repeatable: bool = False

    def send(self, sms: Sms) -> str:
        """Send the message."""
        fields = {"receptor": _national(sms.to), "message": sms.text} | ({"sender": self.sender} if self.sender else {})
        status, body = _post(self.url.replace("{key}", self.key.text()), fields)
        try:
            return _message_id(status, body)
        except NotSentError:
            self.key.forget()
            raise


def _post(url: str, fields: Mapping[str, str]) -> tuple[int, bytes]:
    with urllib3.PoolManager(timeout=_TIMES, retries=False) as pool:
        try:
            answer = pool.request("POST", url, fields=fields, encode_multipart=False, redirect=False)
        except (ConnectTimeoutError, NewConnectionError) as error:
            raise NotSentError(type(error).__name__) from None  # the original names the key
        except HTTPError as error:
            raise UncertainError(type(error).__name__) from None
    return answer.status, answer.data


def _national(phone: str) -> str:
    """``0912…`` for ``+98912…``, as the gateways want it."""
    return f"0{phone.removeprefix(_COUNTRY_CODE)}"


def _message_id(http_status: int, body: bytes) -> str:
    """What the gateway calls the message. Its own status stands in the body; HTTP's may be of a proxy in between."""
    try:
        answer = json.loads(body)
        status, entries = int(answer["return"]["status"]), answer.get("entries")
    except (KeyError, TypeError, ValueError):
        status, entries = http_status, None
    if status in _GATEWAY_REFUSALS:
        raise RefusedError(f"gateway_{status}")
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        raise NotSentError(f"gateway_{status}")
    if status != HTTPStatus.OK or not entries:
        raise UncertainError(f"gateway_{status}")
    return str(entries[0]["messageid"])
