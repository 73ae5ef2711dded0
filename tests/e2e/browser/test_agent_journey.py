"""An agent's way through the console, by keyboard from the queue on."""

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import Customer, said
from tests.e2e.browser.window import LAPTOP, PHONE, Window
from tests.e2e.browser.words import EN, FA, Words

SUBJECTS = ("قسط سوم ثبت نشده", "قسط چهارم ثبت نشده", "قسط پنجم ثبت نشده", "قسط ششم ثبت نشده")
SEATS = [
    pytest.param(words, size, subject, id=f"{words.language}-{size['width']}")
    for (words, size), subject in zip(product((FA, EN), (PHONE, LAPTOP)), SUBJECTS, strict=True)
]


@pytest.mark.parametrize(("words", "size", "subject"), SEATS)
def test_an_agent_claims_and_answers_by_keyboard(
    stack: LocalStack,
    open_window: OpenWindow,
    agent: Callable[[], Staff],
    sara: Customer,
    words: Words,
    size: dict[str, int],
    subject: str,
) -> None:
    number = sara.person.open_ticket(subject=subject, priority="urgent")["number"]
    window = open_window(stack.file.console_url, words, size, "agent")
    page, say = window.page, words.console
    expect(page.get_by_role("heading", name=say.sign_in_title)).to_be_visible()
    window.look("1-sign-in")

    console.sign_in(window, agent())
    console.walk_to(window, subject)
    window.look("2-queue")
    page.keyboard.press("c")
    expect(page.get_by_text(say.claimed)).to_be_visible()
    expect(console.queue_row(window, subject)).to_contain_text(say.mine)

    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=subject)).to_be_visible()
    expect(page.get_by_text(say.has_it)).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_label(say.note, exact=True).and_(page.get_by_role("textbox"))).to_be_focused()
    page.keyboard.insert_text("با واحد مالی هماهنگ شد.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(say.noted)).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.get_by_label(say.reply, exact=True).and_(page.get_by_role("textbox"))).to_be_focused()
    page.keyboard.insert_text("قسط شما ثبت شد.")
    close_notices(window)
    window.look("3-ticket")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(say.sent)).to_be_visible()
    expect(said(window)).to_have_text(["ثبت نشده است.", "با واحد مالی هماهنگ شد.", "قسط شما ثبت شد."])
    window.look("4-answered")

    seen = sara.person.get(f"/tickets/{number}")["messages"]["items"]
    assert [message["body"] for message in seen] == ["قسط شما ثبت شد.", "ثبت نشده است."]


def close_notices(window: Window) -> None:
    """All that are there just now; good ones may go by themselves meanwhile."""
    close = "name => document.querySelectorAll(`.notice button[aria-label=${name}]`).forEach(button => button.click())"
    window.page.evaluate(close, window.words.panel.close)
    expect(window.page.locator(".notice")).to_have_count(0)


def test_a_wrong_code_is_told_and_the_right_one_still_taken(
    stack: LocalStack, open_window: OpenWindow, agent: Callable[[], Staff]
) -> None:
    member = agent()
    window = open_window(stack.file.console_url)
    console.give_password(window, member)
    window.page.get_by_label(window.words.console.code, exact=True).fill("000000")
    expect(window.page.get_by_text("کد درست نیست")).to_be_visible()

    console.give_code(window, member.totp_secret)
    expect(window.page.get_by_role("heading", name=window.words.console.queue, exact=True)).to_be_visible()
