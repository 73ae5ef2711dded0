"""What can go wrong for a caller.

PoshtibanError
├── ProblemError             the desk said no, and why (RFC 9457)
└── AttachmentRefusedError   a file was looked at and refused
Faults of the network are httpx's own: httpx.TransportError.
"""

import httpx


class PoshtibanError(Exception):
    """Base of the errors of this package."""


class ProblemError(PoshtibanError):
    """An answer other than 2xx; `detail` and the messages of `errors` are in the language that was asked for.

    `retry_after` is in seconds, where the desk said when to come again.
    """

    def __init__(self, response: httpx.Response) -> None:
        is_problem = response.headers.get("content-type", "").startswith("application/problem+json")
        problem = response.json() if is_problem else {}
        self.status = response.status_code
        self.type: str = problem.get("type", "about:blank")
        self.title: str = problem.get("title", response.reason_phrase)
        self.detail: str = problem.get("detail", "")
        self.errors: dict[str, str] = {error["field"]: error["message"] for error in problem.get("errors") or []}
        self.retry_after = int(response.headers["retry-after"]) if "retry-after" in response.headers else None
        super().__init__(" ".join([f"{self.status} {self.title}.", self.detail, *self._fields()]).strip())

    def _fields(self) -> list[str]:
        return [f"{field}: {message}" for field, message in self.errors.items()]


class AttachmentRefusedError(PoshtibanError):
    """The file is not one that the desk takes; the message says why."""
