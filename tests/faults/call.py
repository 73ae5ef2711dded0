"""A request of a function to AWS, read far enough to tell who asks what of which table."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs

_CREDENTIAL = re.compile(r"Credential=(\w+)/\d+/[\w-]+/(\w+)/aws4_request")


@dataclass(frozen=True)
class Reply:
    """An HTTP answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class Call:
    """One request as it came in; the headers' names are in small letters.

    Args:
        callers: names of functions by the access key that the emulator gave them.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    callers: Mapping[str, str]

    @cached_property
    def _signer(self) -> tuple[str, str]:
        found = _CREDENTIAL.search(self.headers.get("authorization", ""))
        return (found.group(1), found.group(2)) if found else ("", "")

    @property
    def caller(self) -> str:
        """The function that asks, such as ``sms_sender``."""
        return self.callers.get(self._signer[0], "")

    @property
    def service(self) -> str:
        """``dynamodb``, ``sns``, ``sqs``, ``s3``, ``ses`` …, as the signature names it."""
        return self._signer[1]

    @cached_property
    def operation(self) -> str:
        """``TransactWriteItems``, ``Publish`` …; of a REST service the method, such as ``PUT``."""
        if target := self.headers.get("x-amz-target"):
            return target.rpartition(".")[2]
        if "x-www-form-urlencoded" in self.headers.get("content-type", ""):
            return parse_qs(self.body.decode())["Action"][0]
        return self.method

    @cached_property
    def document(self) -> dict[str, Any]:
        """The body of a service that speaks JSON."""
        document: dict[str, Any] = json.loads(self.body)
        return document

    @property
    def name(self) -> str:
        """For people: ``sms_sender: dynamodb GetItem``."""
        return f"{self.caller}: {self.service} {self.operation}"


type Matches = Callable[[Call], bool]


def asks(service: str, operation: str = "", *, of: str = "", holding: str = "") -> Matches:
    """Whether a call is of this service, operation and function, and holds this text in its body."""

    def matches(call: Call) -> bool:
        return (
            call.service == service
            and operation in ("", call.operation)
            and of in ("", call.caller)
            and holding.encode() in call.body
        )

    return matches
