"""What a code proves in the account: an e-mail address, wanted or not, and another phone number."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from local.stack import LocalStack
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import PASSWORD, Customer, sign_in
from tests.e2e.browser.window import LAPTOP, PHONE
from tests.e2e.browser.words import EN, FA, Words
from tests.e2e.people import Person, Sms, codes, wait_for


@pytest.mark.parametrize(("words", "size"), [(FA, PHONE), (EN, LAPTOP)], ids=["fa", "en"])
def test_a_customer_confirms_an_address_and_takes_it_away_by_keyboard(
    stack: LocalStack, open_window: OpenWindow, customer: Callable[[], Person], words: Words, size: dict[str, int]
) -> None:
    nima, address = Customer.of(customer()), f"nima-{words.language}@mail.example"
    window = open_window(f"{stack.file.panel_url}sign-in?next=account", words, size, "email")
    page, keys, say = window.page, window.page.keyboard, words.panel
    sign_in(window, nima)
    section = page.get_by_role("region", name=say.email)
    expect(page.get_by_label(say.by_email, exact=True)).to_be_hidden()

    section.get_by_role("button", name=say.add_email).focus()
    keys.press("Enter")
    expect(section.get_by_label(say.new_email, exact=True)).to_be_focused()
    keys.type("nonsense")
    keys.press("Enter")
    expect(section.get_by_label(say.new_email, exact=True)).to_have_attribute("aria-invalid", "true")
    keys.press("Control+A")
    keys.type(address)
    keys.press("Enter")
    expect(section.get_by_label(say.code, exact=True)).to_be_focused()
    window.look("code")
    assert nima.person.get("/me")["email"] is None
    sent = Sms(stack.state_dir / "email.jsonl")
    keys.type(wait_for(lambda: codes(sent, address), "the code")[-1])
    expect(section.get_by_role("status").filter(has_text=say.email_confirmed)).to_be_visible()
    expect(section.get_by_text(address)).to_be_visible()
    window.look("confirmed")

    page.get_by_label(say.by_email, exact=True).focus()
    keys.press("Space")
    keys.press("Enter")
    expect(page.get_by_text(say.saved, exact=True)).to_be_visible()
    me = nima.person.get("/me")
    assert (me["email"], me["email_confirmed"], me["preferences"]) == (address, True, {"sms": True, "email": False})

    section.get_by_role("button", name=say.remove_email).focus()
    keys.press("Enter")
    expect(section.get_by_role("button", name=say.add_email)).to_be_focused()
    assert nima.person.get("/me")["email"] is None


def test_a_customer_moves_to_another_number_by_keyboard(
    stack: LocalStack, open_window: OpenWindow, sms: Sms, customer: Callable[[], Person]
) -> None:
    window = open_window(f"{stack.file.panel_url}sign-in?next=account")
    page, keys, say = window.page, window.page.keyboard, window.words.panel
    sign_in(window, Customer.of(customer()))
    section = page.get_by_role("region", name=say.phone)
    section.get_by_role("button", name=say.change_phone).focus()
    keys.press("Enter")
    expect(section.get_by_label(say.new_phone, exact=True)).to_be_focused()
    keys.insert_text("۰۹۳۷۰۰۰۰۲۰۲")
    section.get_by_label(say.password, exact=True).focus()
    keys.insert_text("not the right one")
    keys.press("Enter")
    expect(section.get_by_label(say.password, exact=True)).to_have_attribute("aria-invalid", "true")
    keys.press("Control+A")
    keys.insert_text(PASSWORD)
    keys.press("Enter")
    expect(section.get_by_label(say.code, exact=True)).to_be_focused()
    keys.type(wait_for(lambda: codes(sms, "+989370000202"), "the code")[-1])
    expect(section.get_by_text("۰۹۳۷ ۰۰۰ ۰۲۰۲")).to_be_visible()
    expect(section.get_by_role("button", name=say.change_phone)).to_be_focused()
