"""The built web apps as HTTP answers."""

from pathlib import Path

import pytest

from helpdesk.edge.site import Site, security_headers

BROWSER = {"accept-encoding": "gzip, deflate, br"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    root = tmp_path / "panel"
    (root / "assets").mkdir(parents=True)
    (root / "index.html").write_text('<base href="/"><script src="assets/app-1a2b.js"></script>', encoding="utf-8")
    (root / "assets" / "app-1a2b.js").write_text("plain", encoding="utf-8")
    (root / "assets" / "app-1a2b.js.br").write_bytes(b"brotli")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return Site(root, security_headers("https://files.example"))


def test_a_path_of_the_app_gets_its_index(site: Site) -> None:
    for path in ("", "tickets/4821937057", "index.html"):
        assert b"<base" in site.page(path, {}).body


def test_the_index_is_asked_for_again_and_an_asset_is_kept(site: Site) -> None:
    assert site.page("", {}).headers["Cache-Control"] == "no-cache"
    assert "immutable" in site.page("assets/app-1a2b.js", {}).headers["Cache-Control"]


def test_a_browser_gets_the_smallest_form_it_accepts(site: Site) -> None:
    small, plain = site.page("assets/app-1a2b.js", BROWSER), site.page("assets/app-1a2b.js", {})

    assert (small.body, small.headers["Content-Encoding"]) == (b"brotli", "br")
    assert small.headers["Content-Type"] == plain.headers["Content-Type"] == "text/javascript"
    assert "Content-Encoding" not in plain.headers


def test_what_the_browser_has_is_not_sent_again(site: Site) -> None:
    tag = site.page("assets/app-1a2b.js", {}).headers["ETag"]

    assert (site.page("assets/app-1a2b.js", {"if-none-match": tag}).status) == 304


@pytest.mark.parametrize("path", ["../secret.txt", "assets/../../secret.txt", "assets/missing.js", "/etc/passwd.txt"])
def test_nothing_outside_the_folder_is_served(site: Site, path: str) -> None:
    page = site.page(path, {})

    assert (page.status, page.body) == (404, b"")


def test_relative_addresses_begin_where_the_stage_does(site: Site) -> None:
    assert b'<base href="/prod/internal/">' in site.page("", {}, "/prod/internal/").body


def test_a_page_may_load_from_its_origin_and_the_store_alone(site: Site) -> None:
    policy = site.page("", {}).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "connect-src 'self' https://files.example" in policy
    assert "unsafe" not in policy
