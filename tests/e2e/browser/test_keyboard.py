"""Without a mouse."""

from playwright.sync_api import Locator, expect

from local.stack import LocalStack
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import PASSWORD, Customer, picture, shown_number, tile
from tests.e2e.browser.window import Window

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
