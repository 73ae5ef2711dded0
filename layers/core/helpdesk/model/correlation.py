"""Which request is being worked on, so that all it sets going can be found by one id in the logs of every function."""

from collections.abc import Iterator
from contextlib import contextmanager

CORRELATION = "correlation_id"
"""Its name in log lines, in the outbox and among a message's attributes."""


class Correlation:
    """The id of the present request: API Gateway's, or that of whatever else woke the function.

    Known to all that happens meanwhile and passed through no action, since no rule depends on it. Lambda gives a
    process one request at a time.
    """

    def __init__(self) -> None:
        self.id = ""

    @contextmanager
    def of(self, request_id: str) -> Iterator[None]:
        """Let what happens meanwhile belong to this request."""
        self.id = request_id
        try:
            yield
        finally:
            self.id = ""


correlation = Correlation()
