"""What went wrong is said where it went wrong, and what was typed stays."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Locator, expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import PASSWORD, Customer, sign_in
from tests.e2e.browser.window import PHONE, Window

NUMBER = "09370009999"
TOO_MANY = {
    "type": "urn:poshtiban:problem:too-many-requests",
    "title": "تعداد درخواست‌ها زیاد است",
    "status": 429,
    "detail": "600 ثانیهٔ دیگر دوباره تلاش کنید.",
    "retry_after": 600,
}
REFUSALS = [
    (lambda route: route.abort("connectionrefused"), "پاسخی از سامانه نرسید"),
    (lambda route: route.fulfill(status=429, json=TOO_MANY), "۱۰ دقیقهٔ دیگر دوباره تلاش کنید."),
    (lambda route: route.fulfill(status=500, json={"message": "Internal server error"}), "خطایی رخ داد"),
    (lambda route: route.fulfill(status=503, body="<html>Service Unavailable</html>"), "خطایی رخ داد"),
]

NEWS = {
    "items": [
        {
            "id": "01KAPA00000000000000000000",
            "type": "ticket_answered",
            "ticket_number": "4821937056",
            "subject": "درخواست دیگر",
            "at": "2026-11-23T09:00:00Z",
            "is_read": False,
        }
    ],
    "next_cursor": None,
    "unread": 1,
}


def refuse_each_way(window: Window, path: str, button: str) -> None:
    """Send the form that is filled; each refusal is said in it."""
    page = window.page
    window.forgiven = (500, 503)
    form = page.locator("form").filter(has=page.get_by_role("button", name=button))
    for refuse, words in REFUSALS:
        page.route(path, refuse)
        form.get_by_role("button", name=button).click()
        expect(form.get_by_role("alert")).to_contain_text(words)
        expect(form.get_by_role("button", name=button)).to_have_attribute("aria-busy", "false")
        page.unroute(path)


@pytest.mark.parametrize("way", ["register", "forgotten"])
def test_a_registration_and_a_reset_that_fail_say_so_beside_the_form(
    stack: LocalStack, open_window: OpenWindow, way: str
) -> None:
    window = open_window(stack.file.panel_url, size=PHONE, name=f"refused-{way}")
    page, say = window.page, window.words.panel
    page.get_by_role("button", name=getattr(say, way)).click()
    page.get_by_label(say.phone, exact=True).fill(NUMBER)
    if way == "register":
        page.get_by_label(say.name, exact=True).fill("سارا محمدی")
        page.get_by_label(say.password, exact=True).fill(PASSWORD)
    collection = "registrations" if way == "register" else "password-resets"
    refuse_each_way(window, f"**/api/v1/{collection}", say.send_code)
    expect(page.get_by_label(say.phone, exact=True)).to_have_value(NUMBER)
    window.look("form")

    asked = {"registration_id": "a-try", "reset_id": "a-try", "resend_after": 60}
    page.route(f"**/api/v1/{collection}", lambda route: route.fulfill(status=202, json=asked))
    page.get_by_role("button", name=say.send_code).click()
    page.route(f"**/api/v1/{collection}/a-try/confirm", lambda route: route.abort("connectionrefused"))
    page.get_by_label(say.code, exact=True).fill("123456")
    if way == "forgotten":
        page.get_by_label(say.new_password, exact=True).fill(PASSWORD)
        page.get_by_role("button", name=say.set_password).click()
    expect(page.locator("form").get_by_role("alert")).to_contain_text("پاسخی از سامانه نرسید")
    expect(page.get_by_label(say.code, exact=True)).not_to_have_value("")


def test_an_export_that_failed_says_so_and_can_be_asked_for_again(
    stack: LocalStack, open_window: OpenWindow, agent: Callable[[str], Staff]
) -> None:
    window = open_window(f"{stack.file.console_url}sign-in?next=reports", name="export-failed")
    page, say = window.page, window.words.console
    member = agent("supervisor")
    console.give_password(window, member)
    console.give_code(window, member.totp_secret)
    expect(page.get_by_role("columnheader", name=say.unsolved)).to_be_visible()

    export = {"id": "an-export", "state": "waiting", "rows": 0}
    page.route("**/v1/reports/exports", lambda route: route.fulfill(status=202, json=export))
    page.route("**/v1/reports/exports/*", lambda route: route.fulfill(json=export | {"state": "failed"}))
    page.get_by_role("button", name=say.make_file).click()
    expect(page.get_by_role("alert").filter(has_text=say.file_failed)).to_be_visible()
    window.look("reports")
    page.route("**/v1/reports/exports", lambda route: route.fulfill(status=202, json=export | {"state": "done"}))
    page.get_by_role("button", name=say.make_file).click()
    expect(page.get_by_text(say.file_ready)).to_be_visible()


def is_clear_of(box: Locator, note: Locator, block: str) -> None:
    """Neither covers the other with the box at this end of the window."""
    box.evaluate("(box, block) => box.scrollIntoView({block})", block)
    box.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    one, other = box.bounding_box(), note.bounding_box()
    assert one
    assert other
    assert one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"], (block, one, other)


def test_what_is_told_on_a_phone_never_covers_where_one_writes(
    stack: LocalStack, open_window: OpenWindow, agent: Callable[[], Staff], sara: Customer
) -> None:
    number = sara.person.open_ticket()["number"]
    his = open_window(f"{stack.file.console_url}sign-in?next=tickets%2F{number}", size=PHONE, name="clear-console")
    member = agent()
    console.give_password(his, member)
    console.give_code(his, member.totp_secret)
    his.page.get_by_role("button", name=his.words.console.claim, exact=True).click()
    check = partial(is_clear_of, his.page.locator("[data-keep-clear]"), his.page.get_by_text(his.words.console.claimed))
    for block in ("start", "center", "end"):
        check(block)

    hers = open_window(f"{stack.file.panel_url}sign-in?next=tickets%2F{number}", size=PHONE, name="clear-panel")
    sign_in(hers, sara)
    expect(hers.page.locator("[data-keep-clear]")).to_be_visible()
    hers.page.route("**/v1/notifications?*", lambda route: route.fulfill(json=NEWS))
    hers.page.evaluate("() => dispatchEvent(new Event('online'))")
    news = hers.page.get_by_role("status").filter(has_text=hers.words.panel.told)
    expect(news).to_be_visible()
    for block in ("start", "center", "end"):
        is_clear_of(hers.page.locator("[data-keep-clear]"), news, block)
