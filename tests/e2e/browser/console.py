"""What an agent does on the console."""

from datetime import UTC, datetime

import pyotp
from playwright.sync_api import Locator, expect

from local.stack_file import Staff
from tests.e2e.browser.window import Window


def sign_in(window: Window, member: Staff) -> None:
    """With password and the code of this moment."""
    give_password(window, member)
    give_code(window, member.totp_secret)
    expect(window.page.get_by_role("heading", name=window.words.console.queue, exact=True)).to_be_visible()


def give_password(window: Window, member: Staff) -> None:
    """The first step; the second one is there after it."""
    words, page = window.words.console, window.page
    page.get_by_label(words.email, exact=True).fill(member.email)
    page.get_by_label(words.password, exact=True).fill(member.password)
    page.get_by_role("button", name=words.next).click()
    expect(page.get_by_label(words.code, exact=True)).to_be_visible()


def give_code(window: Window, secret: str, *, steps_ahead: int = 0) -> None:
    """The second step; it is sent when the last digit stands there. The next code is taken early, a used one never."""
    totp = pyotp.TOTP(secret)
    code = totp.generate_otp(totp.timecode(datetime.now(UTC)) + steps_ahead)
    window.page.get_by_label(window.words.console.code, exact=True).fill(code)


def queue_row(window: Window, subject: str) -> Locator:
    """The row of a ticket."""
    return window.page.get_by_role("row").filter(has_text=subject)


def walk_to(window: Window, subject: str) -> None:
    """With j from the top of the queue, until the ticket has the focus."""
    link = queue_row(window, subject).get_by_role("link")
    expect(link).to_be_visible()
    for _ in range(window.page.get_by_role("row").count()):
        window.page.keyboard.press("j")
        if link.evaluate("link => link === document.activeElement"):
            return
    raise AssertionError(f"j never came to «{subject}»")
