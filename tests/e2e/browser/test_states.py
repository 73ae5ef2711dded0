"""The states and dialogs that no journey passes: each is looked at, in both languages and at both sizes."""

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import Customer, sign_in, ticket_row
from tests.e2e.browser.window import LAPTOP, PHONE
from tests.e2e.browser.words import EN, FA, Words
from tests.e2e.people import Person, wait_for

SEATS = [
    pytest.param(words, size, id=f"{words.language}-{size['width']}")
    for words, size in product((FA, EN), (PHONE, LAPTOP))
]


def answer(desk: Person, number: str, **more: object) -> None:
    """By the API, as a supervisor."""
    seen = desk.get(f"/tickets/{number}")["last_message_id"]
    desk.post(f"/tickets/{number}/messages", {"body": "بررسی شد.", "based_on": seen, **more}, key=f"answer-{number}")


@pytest.mark.parametrize(("words", "size"), SEATS)
def test_the_states_of_a_ticket_on_the_panel(
    stack: LocalStack,
    open_window: OpenWindow,
    customer: Callable[[], Person],
    staff: Callable[[str], Person],
    words: Words,
    size: dict[str, int],
) -> None:
    nima, desk = Customer.of(customer()), staff("supervisor")
    solved, ended = (nima.person.open_ticket(subject=subject)["number"] for subject in ("حل‌شده", "بسته"))
    answer(desk, solved)
    answer(desk, ended, resolve=True)
    desk.call("PATCH", f"/tickets/{ended}", {"status": "closed"})
    wait_for(lambda: nima.person.get("/notifications")["unread"] >= 2, "the notifications")
    window = open_window(f"{stack.file.panel_url}sign-in?next=notifications", words, size, "states")
    page, say = window.page, words.panel

    sign_in(window, nima)
    expect(page.get_by_role("main").get_by_text(say.told).first).to_be_visible()
    expect(ticket_row(window, "حل‌شده")).to_be_visible()
    window.look("notifications")

    page.goto(f"{stack.file.panel_url}tickets/{solved}")
    page.get_by_role("button", name=say.resolve).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    window.look("resolve")
    page.get_by_role("button", name=say.resolve_yes).click()
    expect(page.get_by_role("button", name=say.rate)).to_be_visible()
    window.look("rating")

    page.goto(f"{stack.file.panel_url}tickets/{ended}")
    expect(page.get_by_role("link", name=say.open_new)).to_be_visible()
    window.look("closed")

    page.goto(f"{stack.file.panel_url}tickets/new")
    page.get_by_label(say.subject, exact=True).fill("شاید بعد")
    page.get_by_role("button", name=say.discard).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    window.look("discard")


def test_a_ticket_that_was_opened_is_no_news_any_more(
    stack: LocalStack, open_window: OpenWindow, customer: Callable[[], Person], staff: Callable[[str], Person]
) -> None:
    nima = Customer.of(customer())
    seen, other = (nima.person.open_ticket(subject=subject)["number"] for subject in ("دیده", "ندیده"))
    for number in (seen, other):
        answer(staff("supervisor"), number)
    wait_for(lambda: nima.person.get("/notifications")["unread"] == 2, "the notifications")

    window = open_window(f"{stack.file.panel_url}sign-in?next=tickets%2F{seen}", size=PHONE)
    sign_in(window, nima)

    wait_for(lambda: nima.person.get("/notifications")["unread"] == 1, "the one that is left")
    items = nima.person.get("/notifications")["items"]
    assert [one["ticket_number"] for one in items if not one["is_read"]] == [other]


@pytest.mark.parametrize(("words", "size"), SEATS)
def test_the_dialogs_of_the_console(
    stack: LocalStack,
    open_window: OpenWindow,
    agent: Callable[..., Staff],
    sara: Customer,
    words: Words,
    size: dict[str, int],
) -> None:
    number, colleague = sara.person.open_ticket()["number"], agent()
    window = open_window(stack.file.console_url, words, size, "dialogs")
    page, say = window.page, words.console
    console.sign_in(window, agent("admin"))

    page.goto(f"{stack.file.console_url}tickets/{number}")
    page.get_by_role("button", name=say.assign, exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("option", name=colleague.name).first).to_be_attached()
    window.look("assign")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    expect(dialog.get_by_role("combobox", name=say.canned_find)).to_be_visible()
    window.look("canned-picker")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    for path, button in (("canned-replies", say.add_canned), ("staff", say.invite)):
        page.goto(stack.file.console_url + path)
        page.get_by_role("button", name=button, exact=True).click()
        expect(dialog).to_be_visible()
        window.look(f"{path}-new")
        page.keyboard.press("Escape")
    page.get_by_role("button", name=say.edit).first.click()
    expect(dialog).to_be_visible()
    window.look("staff-edit")

    page.goto(f"{stack.file.console_url}reports")
    expect(page.get_by_role("heading", name=say.glance)).to_be_visible()
    page.get_by_role("button", name=say.make_file).click()
    expect(page.get_by_text(say.file_ready)).to_be_visible(timeout=30_000)
    window.look("reports")
    with page.expect_download() as fetched:
        page.get_by_role("link", name=say.download).click()
    assert fetched.value.suggested_filename.endswith(".csv")

    page.goto(f"{stack.file.console_url}nowhere")
    expect(page.get_by_role("main").get_by_role("link")).to_be_visible()
    window.look("not-found")
