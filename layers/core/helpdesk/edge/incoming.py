"""What the edge needs to see of a request before any route does, alike for both kinds of API Gateway events."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

_OWN_SITE = "same-origin"
_JSON = "application/json"
_UTF_8 = ("", "charset=utf-8")
_BEARER = "bearer "


@dataclass(frozen=True)
class Incoming:
    """A request's outside.

    Args:
        headers: by lower-case name.
        address: the caller's IP address as API Gateway saw it.
        domain: the host name that API Gateway was called by.
        body_length: in characters, as it came: perhaps in base64.
        request_id: API Gateway's, which its own log and the caller know too.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    address: str
    domain: str
    body_length: int
    request_id: str

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Self:
        """The request in an event of an HTTP API (payload 2.0) or of a REST API."""
        context = event["requestContext"]
        http = context.get("http") or {
            "method": event["httpMethod"],
            "path": event["path"],
            "sourceIp": context.get("identity", {}).get("sourceIp", ""),
        }
        headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
        return cls(
            method=http["method"].upper(),
            path=event.get("rawPath") or http["path"],
            headers=headers,
            # not every engine fills the list of payload 2.0
            cookies=_cookies("; ".join(event.get("cookies") or ()) or headers.get("cookie", "")),
            address=http.get("sourceIp", ""),
            domain=context.get("domainName", ""),
            body_length=len(event.get("body") or ""),
            request_id=context.get("requestId", ""),
        )

    @property
    def bearer_token(self) -> str | None:
        """The token of a client that is no browser."""
        value = self.headers.get("authorization", "")
        return value[len(_BEARER) :].strip() if value.lower().startswith(_BEARER) else None

    @property
    def is_reading(self) -> bool:
        """Whether the method changes nothing."""
        return self.method in ("GET", "HEAD", "OPTIONS")

    @property
    def is_json(self) -> bool:
        """Whether the body says that it is JSON, which is UTF-8 alone (RFC 8259, section 8.1)."""
        media_type, _, parameters = self.headers.get("content-type", "").partition(";")
        return media_type.strip() == _JSON and parameters.strip().lower().replace('"', "") in _UTF_8

    @property
    def language(self) -> str:
        """The language of the answer: Persian unless English is asked for first."""
        return "en" if self.headers.get("accept-language", "").strip().lower().startswith("en") else "fa"

    def is_same_origin(self, origin: str) -> bool:
        """Whether a page of our own sent it; what the browser says of itself counts more than a name."""
        site = self.headers.get("sec-fetch-site")
        return site == _OWN_SITE if site is not None else self.headers.get("origin") == origin

    def is_foreign(self, origin: str) -> bool:
        """Whether a page of somebody else's sent it; programs send neither header."""
        site, sender = self.headers.get("sec-fetch-site"), self.headers.get("origin")
        return not self.is_same_origin(origin) and (site not in (None, "none") or sender is not None)


def _cookies(header: str) -> dict[str, str]:
    """By name; the first of a name counts, and a strange one beside ours does no harm (RFC 6265, section 5.4)."""
    pairs = (pair.partition("=") for pair in header.split(";"))
    return {name.strip(): value.strip() for name, _, value in reversed(list(pairs))}
