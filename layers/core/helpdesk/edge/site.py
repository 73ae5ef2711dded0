"""The built web apps as HTTP answers: which file, which headers, nothing outside the folder."""

import base64
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from helpdesk.edge.safe_headers import SAFE_HEADERS

_INDEX = "index.html"
_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""What a browser accepts, best first, and the ending of the file that the build wrote for it."""


@dataclass(frozen=True)
class Page:
    """An answer: bytes with their headers."""

    status: int
    headers: dict[str, str]
    body: bytes = b""

    def response(self) -> dict[str, object]:
        """The answer for API Gateway, which takes bytes in base 64; what names no policy of its own shows nothing."""
        return {
            "statusCode": self.status,
            "headers": {**SAFE_HEADERS, **self.headers},
            "body": base64.b64encode(self.body).decode(),
            "isBase64Encoded": True,
        }


@dataclass(frozen=True)
class Site:
    """One web app below a folder.

    Args:
        root: the app's folder; only files that stood there at the start are ever served.
        security: headers that every page carries, the content security policy among them.
    """

    root: Path
    security: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def files(self) -> frozenset[str]:
        """Paths of all files, relative to the root."""
        return frozenset(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())

    def page(self, path: str, headers: Mapping[str, str], base: str = "/") -> Page:
        """The file of this path; any other path is one of the app's own and gets its index.

        Args:
            path: relative, without the slash before it.
            headers: the request's, by lower-case name.
            base: what relative addresses in the index begin with.
        """
        if path in self.files - {_INDEX}:
            return self._asset(path, headers)
        if _INDEX not in self.files or (_has_ending(path) and path != _INDEX):
            return Page(404, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": _ASK_AGAIN})
        return self._index(base)

    def _index(self, base: str) -> Page:
        html = (self.root / _INDEX).read_text(encoding="utf-8")
        body = html.replace('<base href="/">', f'<base href="{base}">', 1).encode()
        headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": _ASK_AGAIN}
        return Page(200, {**headers, **self.security}, body)

    def _asset(self, path: str, headers: Mapping[str, str]) -> Page:
        sent = {
            "Content-Type": mimetypes.guess_type(path)[0] or "application/octet-stream",
            "Cache-Control": _FOREVER if path.startswith("assets/") else _ASK_AGAIN,
            "Vary": "Accept-Encoding",
        }
        ending = self._encoding(path, headers.get("accept-encoding", ""))
        if ending:
            sent["Content-Encoding"] = ending
        body = (self.root / (path + _ENCODINGS.get(ending, ""))).read_bytes()
        sent["ETag"] = f'"{sha256(body).hexdigest()[:16]}"'
        if headers.get("if-none-match") == sent["ETag"]:
            return Page(304, sent)
        return Page(200, sent, body)

    def _encoding(self, path: str, accepted: str) -> str:
        names = {name.split(";")[0].strip() for name in accepted.split(",")}
        return next((name for name, end in _ENCODINGS.items() if name in names and path + end in self.files), "")


def _has_ending(path: str) -> bool:
    return "." in path.rpartition("/")[2]


def security_headers(store_origins: str) -> dict[str, str]:
    """Headers that keep a page to itself: it loads from its own origin and from the store of files alone.

    Args:
        store_origins: origins of the buckets, with a space between them.
    """
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": f"'self' data: blob: {store_origins}",
        "connect-src": f"'self' {store_origins}",
        "manifest-src": "'self'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "geolocation=(), microphone=(), payment=()",
        "X-Frame-Options": "DENY",
    }
