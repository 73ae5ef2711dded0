"""Both APIs and both apps, on one port of `sam local start-api`."""

import re
from urllib.parse import urljoin

import docker
import httpx

from tests.e2e.journey import serve_a_customer
from tests.sam_local.program import SamLocal

PATIENCE = 60


def _page(url: str) -> httpx.Response:
    answer = httpx.get(url, timeout=PATIENCE)
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer


def _script(page: httpx.Response) -> str:
    """The page's own script, by the addresses that a browser would make of what it says."""
    base = re.search(r'<base href="([^"]+)"', page.text)
    source = re.search(r'<script[^>]* src="([^"]+)"', page.text)
    assert base
    assert source
    script = _page(urljoin(urljoin(str(page.url), base[1]), source[1]))
    assert script.headers["content-type"].startswith("text/javascript")
    return script.text


def test_a_customer_is_served_from_registration_to_answer(sam_local: SamLocal) -> None:
    serve_a_customer(sam_local.file, sam_local.sms)


def test_the_panel_and_its_script_come_from_the_root(sam_local: SamLocal) -> None:
    panel = _page(sam_local.file.panel_url)

    assert '<base href="/">' in panel.text
    assert len(_script(panel)) > 10_000


def test_the_console_and_its_script_come_from_below_internal(sam_local: SamLocal) -> None:
    console = _page(sam_local.file.console_url)

    assert '<base href="/internal/">' in console.text
    assert len(_script(console)) > 10_000


def test_the_panel_may_send_files_to_the_local_store(sam_local: SamLocal) -> None:
    policy = _page(sam_local.file.panel_url).headers["content-security-policy"]

    assert sam_local.file.aws_endpoint in policy.partition("connect-src")[2].partition(";")[0]


def test_functions_behind_the_apis_run_in_containers(sam_local: SamLocal, engine: docker.DockerClient) -> None:
    mounted = [mount["Source"] for it in engine.containers.list() for mount in it.attrs["Mounts"]]

    behind = ("AgentAccounts", "AgentDesk", "CustomerAccounts", "CustomerTickets", "WebSite")
    assert all(any(source.endswith(f"/{name}Function") for source in mounted) for name in behind)
