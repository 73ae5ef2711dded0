"""The built web apps behind both APIs: what a stranger asks for, and what he gets."""

import base64
import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.support.http_events import context

ENTRY = '<base href="/"><p>{name}</p>'


@dataclass
class Fetched:
    """An answer as a browser sees it."""

    status: int
    headers: dict[str, str]
    body: str


type Fetch = Callable[..., Fetched]


@pytest.fixture
def fetch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fetch:
    """Ask for a path at one of the APIs: `fetch("public", "/tickets")`."""
    for name in ("panel", "console"):
        (tmp_path / name / "assets").mkdir(parents=True)
        (tmp_path / name / "index.html").write_text(ENTRY.format(name=name), encoding="utf-8")
        (tmp_path / name / "assets" / "app.js").write_text("1", encoding="utf-8")
    (tmp_path / "openapi").mkdir()
    for name in ("public", "internal"):
        (tmp_path / "openapi" / f"{name}.json").write_text(f'{{"title": "{name}"}}', encoding="utf-8")
    monkeypatch.setenv("SITE_ROOT", str(tmp_path))
    monkeypatch.setenv("AWS_REGION", "eu-central-1")

    def ask(api: str, path: str, whole: str | None = None, **headers: str) -> Fetched:
        monkeypatch.delitem(sys.modules, "web_site.app", raising=False)
        event = public(path, headers) if api == "public" else internal(path, whole or f"/prod{path}", headers)
        answer = import_module("web_site.app").handler(event, context())
        return Fetched(answer["statusCode"], answer["headers"], base64.b64decode(answer["body"]).decode())

    return ask


def public(path: str, headers: dict[str, str]) -> dict[str, Any]:
    request = {"domainName": "desk.example", "http": {"method": "GET", "path": path, "sourceIp": "198.51.100.7"}}
    return {"version": "2.0", "rawPath": path, "headers": headers, "requestContext": request}


def internal(path: str, whole: str, headers: dict[str, str]) -> dict[str, Any]:
    request = {"domainName": "desk.internal", "path": whole, "stage": "prod", "identity": {}}
    return {"httpMethod": "GET", "path": path, "headers": headers, "requestContext": request}


@pytest.mark.parametrize(
    "path", ["/internal/", "/internal", "//internal/", "/internal/assets/app.js", "/internal/v1/openapi.json"]
)
def test_the_internet_sees_nothing_of_the_staffs_side(fetch: Fetch, path: str) -> None:
    assert fetch("public", path).status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("route", ["/internal", "/internal/{proxy+}"])
def test_under_sam_local_the_console_has_no_stage(fetch: Fetch, route: str) -> None:
    """Its context has the route's path, where API Gateway's has the request's."""
    assert '<base href="/internal/">' in fetch("internal", "/internal/", whole=route).body


def test_the_console_stands_where_its_stage_is(fetch: Fetch) -> None:
    assert '<base href="/prod/internal/">' in fetch("internal", "/internal/queue").body


def test_behind_a_name_of_its_own_the_console_has_no_stage(fetch: Fetch) -> None:
    assert '<base href="/internal/">' in fetch("internal", "/internal/queue", whole="/internal/queue").body


@pytest.mark.parametrize(
    "whole",
    [
        '/prod/internal/"><script>alert(1)</script>',
        "//evil.example/internal/x",
        "/prod/internal/%22%3E%3Cscript%3E",
        "/prod/../../evil/internal",
        "https://evil.example/internal/x y",
    ],
)
def test_no_path_is_written_into_the_page(fetch: Fetch, whole: str) -> None:
    assert '<base href="/internal/">' in fetch("internal", "/internal/x y", whole=whole).body


@pytest.mark.parametrize(
    "header", ["host", "x-forwarded-host", "x-forwarded-prefix", "x-original-url", "x-rewrite-url", "forwarded"]
)
@pytest.mark.parametrize("api", ["public", "internal"])
def test_no_header_changes_the_page(fetch: Fetch, api: str, header: str) -> None:
    path = "/internal/" if api == "internal" else "/"
    assert fetch(api, path, **{header: "evil.example"}) == fetch(api, path)


@pytest.mark.parametrize(
    "path", ["/", "/assets/app.js", "/assets/missing.js", "/api/v1/openapi.json", "/api/v1/nothing", "/internal/"]
)
def test_every_answer_is_safe_to_open(fetch: Fetch, path: str) -> None:
    headers = fetch("public", path).headers

    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
