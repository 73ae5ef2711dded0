"""What the edge needs to see of a request before any route does, alike for both kinds of API Gateway events."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, Self

_OWN_SITE = "same-origin"
_BEARER = "bearer "


@dataclass(frozen=True)
class Incoming:
    """A request's outside.

    Args:
        headers: by lower-case name.
        address: the caller's IP address as API Gateway saw it.
        domain: the host name that API Gateway was called by.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    address: str
    domain: str
    has_body: bool

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
            has_body=bool(event.get("body")),
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
    def language(self) -> str:
        """The language of the answer: Persian unless English is asked for first."""
        return "en" if self.headers.get("accept-language", "").strip().lower().startswith("en") else "fa"

    def is_same_origin(self, origin: str) -> bool:
        """Whether a page of our own sent it."""
        return self.headers.get("sec-fetch-site") == _OWN_SITE or self.headers.get("origin") == origin

    def is_foreign(self, origin: str) -> bool:
        """Whether a page of somebody else's sent it; programs send neither header."""
        site, sender = self.headers.get("sec-fetch-site"), self.headers.get("origin")
        return not self.is_same_origin(origin) and (site not in (None, "none") or sender is not None)


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
