"""The account page of staff: password, recovery codes, sessions."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.window import LAPTOP, PHONE, Window
from tests.e2e.browser.words import EN, FA, Words


@pytest.mark.parametrize(
    ("words", "size"), [pytest.param(FA, LAPTOP, id="fa-1280"), pytest.param(EN, PHONE, id="en-360")]
)
def test_a_member_of_staff_keeps_the_own_account(
    stack: LocalStack, open_window: OpenWindow, agent: Callable[..., Staff], words: Words, size: dict[str, int]
) -> None:
    member = agent()
    window = open_window(stack.file.console_url, words, size, "account")
    page, say = window.page, words.console
    console.sign_in(window, member)
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name=say.account, exact=True)).to_be_focused()
    expect(page.get_by_text(say.ten_left)).to_be_visible()
    window.look("account")

    page.get_by_role("button", name=say.others_out).click()
    expect(page.get_by_text(say.signed_out)).to_be_visible()
    renew_codes(window, member)
    change_password(window, member)


def renew_codes(window: Window, member: Staff) -> None:
    """Once with a wrong password, then rightly; the next code is taken, since the present one opened the session."""
    page, say = window.page, window.words.console
    card = page.get_by_role("region", name=say.recovery_codes)
    card.get_by_role("button", name=say.new_codes).click()
    password = card.get_by_label(say.password, exact=True)
    expect(password).to_be_focused()
    password.fill("not-the-password")
    console.give_code(window, member.totp_secret, steps_ahead=1)
    page.keyboard.press("Enter")
    expect(card.get_by_text(say.wrong_proof)).to_be_visible()
    window.look("renew")
    password.fill(member.password)
    console.give_code(window, member.totp_secret, steps_ahead=1)
    page.keyboard.press("Enter")
    codes = card.get_by_role("list", name=say.recovery_codes)
    expect(codes).to_be_focused()
    expect(codes.get_by_role("listitem")).to_have_count(10)
    window.look("renewed")
    card.get_by_role("button", name=say.kept).click()
    expect(card).to_be_focused()
    expect(card.get_by_text(say.ten_left)).to_be_visible()


def change_password(window: Window, member: Staff) -> None:
    """A wrong present one is marked."""
    page, say = window.page, window.words.console
    card = page.get_by_role("region", name=say.change_password)
    present = card.get_by_label(say.present_password, exact=True)
    present.fill("not-the-password")
    card.get_by_label(say.new_password, exact=True).fill(f"{member.password} دیگر")
    page.keyboard.press("Enter")
    expect(card.get_by_text(say.wrong_password)).to_be_visible()
    expect(present).to_be_focused()
    present.fill(member.password)
    page.keyboard.press("Enter")
    expect(card.get_by_text(say.password_changed)).to_be_visible()
