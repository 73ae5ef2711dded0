"""A customer's way through the panel, from registering to the ticket's page."""

from itertools import product

import pytest
from playwright.sync_api import expect

from local.stack import LocalStack
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import choose_files, fill_ticket, picture, said, submit_ticket, ticket_row, tile
from tests.e2e.browser.window import LAPTOP, PHONE, Window
from tests.e2e.browser.words import EN, FA, Words, ascii_digits
from tests.e2e.people import Sms, codes, wait_for

SEATS = [
    pytest.param(words, size, f"0937000{place:04}", id=f"{words.language}-{size['width']}")
    for place, (words, size) in enumerate(product((FA, EN), (PHONE, LAPTOP)))
]


@pytest.mark.parametrize(("words", "size", "phone"), SEATS)
def test_a_customer_registers_and_files_a_ticket_with_two_pictures(
    stack: LocalStack, sms: Sms, open_window: OpenWindow, words: Words, size: dict[str, int], phone: str
) -> None:
    window = open_window(stack.file.panel_url, words, size, "customer")
    page, say = window.page, words.panel
    expect(page.get_by_role("heading", name=say.sign_in_title)).to_be_visible()
    window.look("1-sign-in")

    register(window, sms, phone)
    expect(page.get_by_role("heading", name=say.greeting)).to_be_visible()
    window.look("4-home")

    page.get_by_role("main").get_by_role("link", name=say.new_ticket).click()
    expect(page.get_by_role("radio")).to_have_count(8)
    window.look("5-new-ticket")
    fill_ticket(window, "کارت ملی و شناسنامه")
    expect(page.get_by_text(say.documents_hint)).to_be_visible()
    choose_files(window, picture("کارت ملی.png"), picture("شناسنامه.png", (160, 90, 30)))
    for name in ("کارت ملی.png", "شناسنامه.png"):
        expect(tile(window, name).get_by_text(say.ready, exact=True)).to_be_visible()
    window.look("6-ready-to-submit")

    number = submit_ticket(window)
    window.look("7-submitted")

    page.get_by_role("link", name=say.tickets).click()
    row = ticket_row(window, "کارت ملی و شناسنامه")
    expect(row).to_contain_text(say.waiting_for_us)
    assert number in ascii_digits(row.inner_text()).replace("-", "")
    window.look("8-list")

    row.click()
    expect(page.get_by_role("heading", name="کارت ملی و شناسنامه")).to_be_visible()
    expect(said(window)).to_have_text(["تصویر کارت ملی پیوست است."])
    expect(page.get_by_role("button", name=say.opens)).to_have_count(2)
    window.look("9-ticket")


def register(window: Window, sms: Sms, phone: str) -> None:
    """With the code that comes by SMS."""
    page, say = window.page, window.words.panel
    page.get_by_role("button", name=say.register).click()
    page.get_by_label(say.name, exact=True).fill("سارا محمدی")
    page.get_by_label(say.phone, exact=True).fill(phone)
    page.get_by_label(say.password, exact=True).fill("یک گذرواژهٔ خوب و بلند")
    window.look("2-register")
    page.get_by_role("button", name=say.send_code).click()
    expect(page.get_by_label(say.code, exact=True)).to_be_visible()
    window.look("3-code")
    code = wait_for(lambda: codes(sms, f"+98{phone[1:]}"), "the code")[-1]
    page.get_by_label(say.code, exact=True).fill(code)
