"""What customers and staff have in common: a session that ends, and files."""

from http import HTTPMethod
from types import TracebackType
from typing import Self

import httpx

from poshtiban.api import Api


class DeskClient:
    """Somebody at one of the two APIs; closes its connections at the end of a `with` block.

    `url` goes up to and including the version, `token` is that of a session that is already open, `transport` is
    httpx's, for tests and proxies. Every method raises ProblemError where the desk refuses.
    """

    def __init__(
        self, url: str, token: str | None = None, language: str = "fa", transport: httpx.BaseTransport | None = None
    ) -> None:
        self.api = Api(url, token, language, transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; the session lives on."""
        self.api.close()

    def sign_out(self) -> None:
        """End the session."""
        self.api.send(object, HTTPMethod.DELETE, "/sessions/current")
        self.api.token = None

    def upload(self, filename: str, content_type: str, content: bytes) -> str:
        """Upload a file and wait until it was checked; gives the id for `attachments`."""
        return self.api.upload(filename, content_type, content)

    def download(self, attachment_id: str) -> bytes:
        """The content of an attachment."""
        return self.api.download(attachment_id)
