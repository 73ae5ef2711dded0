"""How long a caller is kept waiting for AWS: past that no call begins, and the answer is "try again", not a time-out.

A slow call and its repetitions, or many calls in a row, would each be within their own limits and together far beyond
what API Gateway or a person waits.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

from botocore.exceptions import BotoCoreError

REQUEST_SECONDS = 2.8
"""Of a request, in which calls may begin: the last one, or the pause before it, then ends within two seconds more."""


class OutOfTimeError(BotoCoreError):
    """The call did not begin, since whoever waits for it has waited long enough."""

    fmt = "the request has no time left for {operation}"


class Patience:
    """Until when calls may begin; shared by all clients, since Lambda gives a process one request at a time."""

    def __init__(self) -> None:
        self._until = inf

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Let calls begin for so long, and no longer."""
        self._until = time.monotonic() + seconds
        try:
            yield
        finally:
            self._until = inf

    def watch(self, client: Any) -> Any:
        """The client, which from now on asks here before each call and each repetition."""
        service = client.meta.service_model.service_id.hyphenize()
        client.meta.events.register_first(f"before-send.{service}", self._refuse_call)
        client.meta.events.register_first(f"needs-retry.{service}", self._refuse_repetition)
        return client

    def _refuse_call(self, event_name: str, **_: object) -> None:
        if self._is_over():
            raise OutOfTimeError(operation=event_name.rpartition(".")[2])

    def _refuse_repetition(self, **_: object) -> bool | None:
        """False ends botocore's repetitions, whatever its own rules say; None leaves it to them."""
        return False if self._is_over() else None

    def _is_over(self) -> bool:
        return time.monotonic() > self._until


patience = Patience()
