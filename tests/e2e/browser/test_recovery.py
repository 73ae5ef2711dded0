"""A member of staff keeps the recovery codes, loses the phone, and comes back with one of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.window import LAPTOP, PHONE, Window
from tests.e2e.browser.words import EN, FA, Words


def enrol(window: Window, screen: str) -> list[str]:
    """Set up the second factor that is shown; the recovery codes that come with it."""
    page = window.page
    expect(page.get_by_text(window.words.console.secret)).to_be_visible()
    window.look(f"{screen}-qr")
    console.give_code(window, page.get_by_role("code").inner_text().replace(" ", ""))
    codes = page.get_by_role("list", name=window.words.console.recovery_codes)
    expect(codes).to_be_focused()
    return codes.get_by_role("code").all_inner_texts()


def go_on(window: Window) -> None:
    """The codes are kept; the desk is open."""
    window.page.get_by_role("button", name=window.words.console.kept).click()
    expect(window.page.get_by_role("heading", name=window.words.console.queue, exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("words", "size"), [pytest.param(FA, PHONE, id="fa-360"), pytest.param(EN, LAPTOP, id="en-1280")]
)
def test_recovery_codes_are_kept_at_the_first_sign_in_and_bring_back_whoever_lost_the_phone(
    stack: LocalStack, open_window: OpenWindow, agent: Callable[..., Staff], words: Words, size: dict[str, int]
) -> None:
    newcomer = agent(is_enrolled=False)
    window = open_window(stack.file.console_url, words, size, "recovery")
    page, say = window.page, words.console
    console.give_password(window, newcomer)
    first = enrol(window, "1")
    window.look("2-codes")
    page.get_by_role("button", name=say.copy_all).click()
    assert page.evaluate("() => navigator.clipboard.readText()") == "\n".join(first)
    with page.expect_download() as fetched:
        page.get_by_role("button", name=say.download_file).click()
    assert set(first) <= set(Path(fetched.value.path()).read_text(encoding="utf-8").splitlines())
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name=say.kept)).not_to_be_visible()
    expect(page.get_by_text(first[9])).to_be_visible()
    page.emulate_media(media="screen")
    go_on(window)

    page.get_by_role("button", name=say.sign_out).click()
    console.give_password(window, newcomer)
    page.get_by_role("button", name=say.lost_app).click()
    code = page.get_by_label(say.recovery_code, exact=True)
    expect(code).to_be_focused()
    code.fill("0000-0000-0000-0000-0000-0000")
    page.keyboard.press("Enter")
    expect(page.get_by_text(say.wrong_recovery)).to_be_visible()
    expect(code).to_be_focused()
    window.look("3-recovery")
    code.fill(first[3].lower().replace("-", " "))
    page.keyboard.press("Enter")
    assert set(enrol(window, "4")).isdisjoint(first)
    go_on(window)
