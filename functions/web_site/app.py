"""The customers' panel and the agents' console, each from the origin of its API; no AWS service is asked."""

import re
from pathlib import Path
from typing import Any

from helpdesk.edge.incoming import Incoming
from helpdesk.edge.settings import optional_setting, setting
from helpdesk.edge.site import Page, Site, security_headers

_root = Path(setting("SITE_ROOT"))
_buckets = (setting("UPLOADS_BUCKET"), setting("FILES_BUCKET"))
_store = optional_setting("S3_PUBLIC_ENDPOINT") or " ".join(
    f"https://{bucket}.s3.{setting('AWS_REGION')}.amazonaws.com" for bucket in _buckets
)
_security = security_headers(_store)
_panel, _console = Site(_root / "panel", _security), Site(_root / "console", _security)
_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+){0,2}")
_PROBLEM = (
    b'{"type": "urn:poshtiban:problem:not-found", "title": "Not found", "status": 404, "detail": "No such route."}'
)
_NO_ROUTE = Page(404, {"Content-Type": "application/problem+json", "Cache-Control": "no-store"}, _PROBLEM)


def handler(event: dict[str, Any], _context: object) -> dict[str, object]:
    """Answer whatever no other function of the API answers."""
    request = Incoming.of(event)
    return _page(request, event).response()


def _page(request: Incoming, event: dict[str, Any]) -> Page:
    match request.path.strip("/").split("/"):
        case ["internal", *_] if not _is_internal(event):
            return _NO_ROUTE  # the console and its document are not for the internet, even to look at
        case ["api", "v1", "openapi.json"]:
            return _document("public.json")
        case ["internal", "v1", "openapi.json"]:
            return _document("internal.json")
        case ["api", *_] | ["internal", "v1", *_]:
            return _NO_ROUTE
        case ["internal", *rest]:
            return _console.page("/".join(rest), request.headers, _stage(request, event) + "/internal/")
        case [*parts]:
            return _panel.page("/".join(parts), request.headers)


def _document(name: str) -> Page:
    body = (_root / "openapi" / name).read_bytes()
    return Page(200, {"Content-Type": "application/json", "Cache-Control": "no-cache"}, body)


def _is_internal(event: dict[str, Any]) -> bool:
    """Only the internal API sends events of the first form."""
    return event.get("version") != "2.0"


def _stage(request: Incoming, event: dict[str, Any]) -> str:
    """What stands before the path for a browser: a REST API's stage or a domain's base path, or nothing.

    Under sam local there is no stage, and the context has the route's path: `/internal/{proxy+}`. What is found goes
    into a page, so it is taken only if it looks like nothing else.
    """
    whole: str = event["requestContext"].get("path", request.path)
    before = whole.removesuffix(request.path) if whole.endswith(request.path) else ""
    return before if _PREFIX.fullmatch(before) else ""
