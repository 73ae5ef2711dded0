"""A page asks once for what it shows: a request too many is paid for by everybody, at every visit."""

from collections import Counter
from urllib.parse import urlsplit

from playwright.sync_api import Request

from local.stack import LocalStack
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import Customer, sign_in


def test_the_list_of_tickets_is_asked_for_once(stack: LocalStack, open_window: OpenWindow, sara: Customer) -> None:
    sara.person.open_ticket(subject="درخواست")
    window = open_window(f"{stack.file.panel_url}sign-in?next=tickets")
    sign_in(window, sara)
    window.page.wait_for_load_state("networkidle")
    asked: Counter[str] = Counter()

    def note(request: Request) -> None:
        _, is_ours, path = urlsplit(request.url).path.partition("/api/v1")
        asked[path] += bool(is_ours)

    window.page.on("request", note)
    window.page.goto(f"{stack.file.panel_url}tickets", wait_until="networkidle")

    assert asked == {"": 0} | dict.fromkeys(("/tickets", "/notifications", "/form", "/me"), 1)
