"""One of the two APIs over HTTP: JSON, a bearer token, retries that change nothing twice."""

import time
from collections.abc import Iterator, Mapping
from http import HTTPMethod, HTTPStatus
from typing import Any, cast
from uuid import uuid4

import httpx
from httpx_retries import Retry, RetryTransport

from poshtiban.errors import AttachmentRefusedError, ProblemError
from poshtiban.public import AttachmentView, UploadView

# Of the requests that change something only those with an Idempotency-Key are sent again; a 429 is the caller's to
# wait for.
_FAULTS = (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)
_READING = Retry(total=4, backoff_factor=0.5, max_backoff_wait=10, allowed_methods=["GET"], status_forcelist=_FAULTS)
_CREATING = _READING.copy_with(allowed_methods=["POST"])


class Api:
    """Requests to one API; timeouts, and what stays refused after the retries, are raised."""

    def __init__(
        self, url: str, token: str | None = None, language: str = "fa", transport: httpx.BaseTransport | None = None
    ) -> None:
        self.url = url
        self.token = token
        self._client = httpx.Client(
            base_url=url,
            headers={"Accept-Language": language},
            timeout=30,
            transport=RetryTransport(transport or httpx.HTTPTransport(), retry=_READING),
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get[Shape](self, shape: type[Shape], path: str, **query: str | int | None) -> Shape:
        """Read something."""
        return self.send(shape, HTTPMethod.GET, path, query=query)

    def post[Shape](self, shape: type[Shape], path: str, body: Mapping[str, object] | None = None) -> Shape:
        """Do something that may be done twice."""
        return self.send(shape, HTTPMethod.POST, path, body=body)

    def create[Shape](self, shape: type[Shape], path: str, body: Mapping[str, object], key: str | None) -> Shape:
        """Make something that must be made once: `key` is the caller's own Idempotency-Key, or a new one."""
        return self.send(shape, HTTPMethod.POST, path, body=body, key=key or str(uuid4()))

    def send[Shape](
        self,
        shape: type[Shape],  # noqa: ARG002 - the type checker reads it
        method: HTTPMethod,
        path: str,
        *,
        body: Mapping[str, object] | None = None,
        query: Mapping[str, str | int | None] | None = None,
        key: str | None = None,
    ) -> Shape:
        """The answer, in the shape that the OpenAPI document promises.

        Raises:
            ProblemError: the desk refused.
        """
        params = {name: value for name, value in (query or {}).items() if value is not None}
        headers = self._signed() | ({"Idempotency-Key": key} if key else {})
        retry = {"retry": _CREATING} if key else {}
        answer = self._client.request(method, path, json=body, params=params, headers=headers, extensions=retry)
        if not answer.is_success:
            raise ProblemError(answer)
        return cast(Shape, answer.json() if answer.content else None)

    def pages(self, path: str, **query: str | int | None) -> Iterator[Any]:
        """Everything of a list, page by page."""
        cursor: str | None = None
        while True:
            page = self.get(dict[str, Any], path, cursor=cursor, **query)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def upload(self, filename: str, content_type: str, content: bytes, patience: float = 120) -> str:
        """Upload a file and wait until it was checked; gives the id that a message links.

        Raises:
            AttachmentRefusedError: the file was refused.
            TimeoutError: nobody judged it within `patience` seconds.
        """
        body = {"filename": filename, "content_type": content_type, "size": len(content)}
        asked = self.post(UploadView, "/attachments", body)
        form = asked["upload"]
        posted = httpx.post(form["url"], data=form["fields"], files={"file": content}, timeout=patience)
        posted.raise_for_status()
        self._await_check(asked["id"], time.monotonic() + patience)
        return asked["id"]

    def download(self, attachment_id: str) -> bytes:
        """The content of an attachment."""
        answer = self._client.get(f"/attachments/{attachment_id}/download", headers=self._signed())
        if answer.status_code != HTTPStatus.SEE_OTHER:
            raise ProblemError(answer)
        return httpx.get(answer.headers["location"], timeout=60).raise_for_status().content

    def _signed(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def _await_check(self, attachment_id: str, deadline: float) -> None:
        while time.monotonic() < deadline:
            attachment = self.get(AttachmentView, f"/attachments/{attachment_id}")
            if attachment["refusal"]:
                raise AttachmentRefusedError(attachment["refusal"]["message"])
            if attachment["state"] == "clean":
                return
            time.sleep(0.5)
        raise TimeoutError(f"attachment {attachment_id} was not checked in time")
