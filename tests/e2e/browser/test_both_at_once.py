"""A customer and an agent at their screens at the same time."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console, panel
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import Customer, said
from tests.e2e.browser.window import LAPTOP, PHONE
from tests.e2e.browser.words import EN, FA, Words


@pytest.mark.parametrize(
    ("words", "size"), [pytest.param(FA, PHONE, id="fa-360"), pytest.param(EN, LAPTOP, id="en-1280")]
)
def test_the_customer_sees_the_answer_arrive_without_reloading(
    stack: LocalStack,
    open_window: OpenWindow,
    agent: Callable[[], Staff],
    sara: Customer,
    words: Words,
    size: dict[str, int],
) -> None:
    hers = open_window(stack.file.panel_url, words, size, "both-customer")
    his = open_window(stack.file.console_url, words, LAPTOP, "both-agent")
    console.sign_in(his, agent())
    panel.sign_in(hers, sara)

    hers.page.goto(f"{stack.file.panel_url}tickets/new")
    panel.fill_ticket(hers, "چه مدرکی کم است؟")
    number = panel.submit_ticket(hers)
    hers.page.get_by_role("link", name=words.panel.open_ticket).click()
    expect(said(hers)).to_have_count(1)
    hers.page.evaluate("() => (window.neverReloaded = true)")

    his.page.goto(f"{stack.file.console_url}tickets/{number}")
    his.page.get_by_role("textbox", name=words.console.reply, exact=True).fill("فقط صفحهٔ دوم شناسنامه.")
    his.page.get_by_role("button", name=words.console.send).click()
    expect(his.page.get_by_text(words.console.sent)).to_be_visible()

    expect(said(hers)).to_have_text(["تصویر کارت ملی پیوست است.", "فقط صفحهٔ دوم شناسنامه."], timeout=30_000)
    expect(hers.page.get_by_role("main").get_by_text(words.panel.answered, exact=True)).to_be_visible()
    assert hers.page.evaluate("() => window.neverReloaded")
    hers.look("answer-arrived")


def test_the_agent_sees_the_customers_message_arrive_without_reloading(
    stack: LocalStack, open_window: OpenWindow, agent: Callable[[], Staff], sara: Customer
) -> None:
    number = sara.person.open_ticket()["number"]
    window = open_window(f"{stack.file.console_url}tickets/{number}")
    member = agent()
    console.give_password(window, member)
    console.give_code(window, member.totp_secret)
    expect(said(window)).to_have_count(1)

    sara.person.post(f"/tickets/{number}/messages", {"body": "شمارهٔ قرارداد را نگفتم."}, key="forgotten")
    expect(said(window)).to_have_text(["ثبت نشده است.", "شمارهٔ قرارداد را نگفتم."], timeout=30_000)
