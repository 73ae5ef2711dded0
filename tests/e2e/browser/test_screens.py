"""The screens that no journey passes: each is looked at."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import Customer, sign_in
from tests.e2e.browser.window import LAPTOP, PHONE
from tests.e2e.browser.words import EN, FA, Words

SEATS = [pytest.param(FA, PHONE, id="fa-360"), pytest.param(EN, LAPTOP, id="en-1280")]


@pytest.mark.parametrize(("words", "size"), SEATS)
def test_the_other_screens_of_the_panel_are_in_order(
    stack: LocalStack, open_window: OpenWindow, sara: Customer, words: Words, size: dict[str, int]
) -> None:
    window = open_window(f"{stack.file.panel_url}password-reset", words, size, "panel")
    page, say = window.page, words.panel
    expect(page.get_by_role("button", name=say.send_code)).to_be_visible()
    window.look("password-reset")
    page.goto(f"{stack.file.panel_url}sign-in?next=tickets")
    sign_in(window, sara)
    expect(page.get_by_text(say.no_tickets)).to_be_visible()
    window.look("no-tickets")
    page.goto(f"{stack.file.panel_url}notifications")
    expect(page.get_by_text(say.no_notifications)).to_be_visible()
    window.look("notifications")
    page.goto(f"{stack.file.panel_url}account")
    expect(page.get_by_role("heading", name=say.sessions)).to_be_visible()
    expect(page.get_by_text(say.this_device)).to_be_visible()
    window.look("account")
    page.get_by_role("button", name=say.menu).click()
    expect(page.get_by_role("button", name=say.sign_out, exact=True).first).to_be_visible()
    window.look("menu")


@pytest.mark.parametrize(("words", "size"), SEATS)
def test_the_other_screens_of_the_console_are_in_order(
    stack: LocalStack,
    open_window: OpenWindow,
    agent: Callable[[str], Staff],
    sara: Customer,
    words: Words,
    size: dict[str, int],
) -> None:
    window = open_window(stack.file.console_url, words, size, "console")
    page, say = window.page, words.console
    console.sign_in(window, agent("admin"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    window.look("help")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    for path, heading in (("staff", say.staff), ("canned-replies", say.canned)):
        page.goto(stack.file.console_url + path)
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        expect(page.get_by_role("main").get_by_role("button").first).to_be_visible()
        window.look(path)
    page.goto(f"{stack.file.console_url}customers?phone={sara.phone}")
    expect(page.get_by_role("main").get_by_text("مشتری تازه").first).to_be_visible()
    window.look("customer")
