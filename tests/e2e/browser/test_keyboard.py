"""Without a mouse."""

from collections.abc import Callable

import pyotp
from playwright.sync_api import Locator, expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import PASSWORD, Customer, picture, said, shown_number, sign_in, tile
from tests.e2e.browser.window import Window
from tests.e2e.people import Person, Sms, codes, wait_for

STEPS = 40


def tab_to(window: Window, target: Locator) -> None:
    """Press Tab until the target has the focus; the focus can be seen then."""
    expect(target).to_be_attached()
    for _ in range(STEPS):
        window.page.keyboard.press("Tab")
        if target.evaluate("it => it === document.activeElement"):
            assert target.evaluate("it => it.matches(':focus-visible')")
            return
    raise AssertionError(f"Tab never came to {target}")


def test_a_customer_signs_in_and_files_a_ticket_by_keyboard_alone(
    stack: LocalStack, open_window: OpenWindow, sara: Customer
) -> None:
    window = open_window(stack.file.panel_url)
    page, keys, say = window.page, window.page.keyboard, window.words.panel
    page.on("filechooser", lambda chooser: chooser.set_files([picture("چک.png")]))
    tab_to(window, page.get_by_label(say.phone, exact=True))
    keys.type(sara.phone)
    tab_to(window, page.get_by_label(say.password, exact=True))
    keys.insert_text(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("heading", name=say.greeting)).to_be_visible()

    tab_to(window, page.get_by_role("main").get_by_role("link", name=say.new_ticket))
    keys.press("Enter")
    tab_to(window, page.get_by_role("radio").first)
    keys.press("Space")
    keys.press("ArrowDown")
    expect(page.get_by_role("radio", name=say.documents)).to_be_checked()
    tab_to(window, page.locator("input[name=priority]").first)
    keys.press("Space")
    tab_to(window, page.get_by_label(say.subject, exact=True))
    keys.insert_text("بی موش")
    tab_to(window, page.get_by_label(say.description, exact=True))
    keys.insert_text("همه‌چیز با صفحه‌کلید.")
    tab_to(window, page.get_by_role("button", name=say.add_files))
    keys.press("Enter")
    expect(tile(window, "چک.png").get_by_text(say.ready, exact=True)).to_be_visible()
    tab_to(window, page.get_by_role("button", name=say.submit))
    keys.press("Enter")

    number = shown_number(window)
    ticket = sara.person.get(f"/tickets/{number}")
    assert (ticket["topic"], ticket["priority"], ticket["subject"]) == ("documents", "low", "بی موش")


def test_what_is_missing_is_marked_and_takes_the_focus(
    stack: LocalStack, open_window: OpenWindow, sara: Customer
) -> None:
    window = open_window(f"{stack.file.panel_url}sign-in?next=tickets%2Fnew")
    page, keys, say = window.page, window.page.keyboard, window.words.panel
    tab_to(window, page.get_by_label(say.password, exact=True))
    keys.press("Enter")
    expect(page.get_by_label(say.phone, exact=True)).to_be_focused()
    expect(page.get_by_label(say.phone, exact=True)).to_have_attribute("aria-invalid", "true")
    keys.type(sara.phone)
    tab_to(window, page.get_by_label(say.password, exact=True))
    keys.insert_text(PASSWORD)
    keys.press("Enter")

    tab_to(window, page.get_by_role("button", name=say.submit))
    keys.press("Enter")
    expect(page.get_by_text(say.choose_topic)).to_be_visible()
    expect(page.get_by_role("radio").first).to_be_focused()
    window.look("marked")


def test_whoever_types_on_after_an_empty_form_keeps_what_is_typed(stack: LocalStack, open_window: OpenWindow) -> None:
    window = open_window(stack.file.panel_url)
    page, say = window.page, window.words.panel
    page.get_by_label(say.password, exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("0912")
    expect(page.get_by_label(say.phone, exact=True)).to_have_value("0912")


def test_a_customer_registers_by_keyboard_alone(stack: LocalStack, sms: Sms, open_window: OpenWindow) -> None:
    window = open_window(stack.file.panel_url)
    page, keys, say = window.page, window.page.keyboard, window.words.panel
    tab_to(window, page.get_by_role("button", name=say.register))
    keys.press("Enter")
    tab_to(window, page.get_by_label(say.name, exact=True))
    keys.insert_text("مینا راد")
    tab_to(window, page.get_by_label(say.phone, exact=True))
    keys.insert_text("۰۹۳۷۰۰۰۰۱۰۱")
    tab_to(window, page.get_by_label(say.password, exact=True))
    keys.insert_text(PASSWORD)
    keys.press("Enter")
    tab_to(window, page.get_by_label(say.code, exact=True))
    keys.type(wait_for(lambda: codes(sms, "+989370000101"), "the code")[-1])
    expect(page.get_by_role("heading", name=say.greeting)).to_be_visible()


def test_a_forgotten_password_is_set_anew_by_keyboard_alone(
    stack: LocalStack, sms: Sms, open_window: OpenWindow, customer: Callable[[], Person]
) -> None:
    nima = Customer.of(customer())
    window = open_window(stack.file.panel_url)
    page, keys, say = window.page, window.page.keyboard, window.words.panel
    tab_to(window, page.get_by_role("button", name=say.forgotten))
    keys.press("Enter")
    tab_to(window, page.get_by_label(say.phone, exact=True))
    keys.type(nima.phone)
    keys.press("Enter")
    tab_to(window, page.get_by_label(say.code, exact=True))
    keys.type(wait_for(lambda: codes(sms, f"+98{nima.phone[1:]}"), "the code")[-1])
    tab_to(window, page.get_by_label(say.new_password, exact=True))
    keys.insert_text("یک رمز عبور تازه و بلند")
    tab_to(window, page.get_by_role("button", name=say.set_password))
    keys.press("Enter")
    expect(page.get_by_role("heading", name=say.greeting)).to_be_visible()


def test_a_customer_replies_resolves_and_rates_by_keyboard_alone(
    stack: LocalStack, open_window: OpenWindow, sara: Customer
) -> None:
    number = sara.person.open_ticket()["number"]
    window = open_window(f"{stack.file.panel_url}sign-in?next=tickets%2F{number}")
    page, keys, say = window.page, window.page.keyboard, window.words.panel
    sign_in(window, sara)
    tab_to(window, page.get_by_label(say.reply, exact=True))
    keys.insert_text("ممنون، رسید.")
    tab_to(window, page.get_by_role("button", name=say.send))
    keys.press("Enter")
    expect(said(window)).to_have_count(2)
    tab_to(window, page.get_by_role("button", name=say.resolve))
    keys.press("Enter")
    tab_to(window, page.get_by_role("button", name=say.resolve_yes))
    keys.press("Enter")
    tab_to(window, page.locator("input[name=score]").first)
    keys.press("Space")
    keys.press("ArrowRight")
    tab_to(window, page.get_by_role("button", name=say.rate))
    keys.press("Enter")
    expect(page.get_by_text(say.thanks)).to_be_visible()
    assert sara.person.get(f"/tickets/{number}")["rating"] is not None


def test_a_supervisor_signs_in_takes_answers_resolves_and_assigns_by_keyboard_alone(
    stack: LocalStack,
    open_window: OpenWindow,
    agent: Callable[..., Staff],
    staff: Callable[[str], Person],
    sara: Customer,
) -> None:
    colleague, member = agent(), agent("supervisor")
    title = "سلام دوباره"
    staff("supervisor").post("/canned-replies", {"title": title, "body": "{customer_name} گرامی،", "topic": None})
    number = sara.person.open_ticket(subject="همه با صفحه‌کلید", priority="urgent")["number"]
    window = open_window(stack.file.console_url)
    page, keys, say = window.page, window.page.keyboard, window.words.console
    tab_to(window, page.get_by_label(say.password, exact=True))
    keys.insert_text(member.password)
    keys.press("Shift+Tab")
    keys.type(member.email)
    keys.press("Enter")
    expect(page.get_by_label(say.code, exact=True)).to_be_focused()
    keys.type(pyotp.TOTP(member.totp_secret).now())
    expect(page.get_by_role("heading", name=say.queue, exact=True)).to_be_visible()

    console.walk_to(window, "همه با صفحه‌کلید")
    keys.press("c")
    expect(page.get_by_text(say.claimed)).to_be_visible()
    keys.press("Enter")
    expect(page.get_by_text(say.has_it)).to_be_visible()
    keys.press("a")
    choice = page.get_by_role("dialog").get_by_label(say.assign_to, exact=True)
    expect(choice.get_by_role("option", name=colleague.name).first).to_be_attached()
    expect(choice).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    if page.get_by_role("dialog").is_visible():  # the list opened by the first key is closed by the second
        tab_to(window, page.get_by_role("dialog").get_by_role("button", name=say.assign, exact=True))
        keys.press("Enter")
    expect(page.get_by_text(say.assigned)).to_be_visible()

    keys.press("t")
    expect(page.get_by_role("combobox", name=say.canned_find)).to_be_focused()
    keys.insert_text(title)
    expect(page.get_by_role("option", name=title)).to_be_visible()
    keys.press("Enter")
    reply = page.get_by_role("textbox", name=say.reply, exact=True)
    expect(reply).to_have_value("مشتری تازه گرامی،")
    expect(reply).to_be_focused()
    keys.press("Control+Shift+Enter")
    expect(page.get_by_text(say.sent)).to_be_visible()
    assert sara.person.get(f"/tickets/{number}")["status"] == "resolved"
