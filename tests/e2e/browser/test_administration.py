"""What administrators alone do: the audit trail, webhooks, another password for somebody who forgot his."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.window import LAPTOP, PHONE, Window
from tests.e2e.browser.words import EN, FA, Words
from tests.e2e.people import Person

SEATS = [pytest.param(FA, PHONE, id="fa-360"), pytest.param(EN, LAPTOP, id="en-1280")]


@pytest.mark.parametrize(("words", "size"), SEATS)
def test_an_administrator_reads_the_trail_and_keeps_a_webhook(
    stack: LocalStack,
    open_window: OpenWindow,
    agent: Callable[[str], Staff],
    staff: Callable[[str], Person],
    words: Words,
    size: dict[str, int],
) -> None:
    intruder = f"{uuid4()}@nowhere.example"
    Person.at(stack.file.internal_api).call("POST", "/sessions", {"email": intruder, "password": "not-the-password"})
    window = open_window(f"{stack.file.console_url}sign-in?next=audit", words, size, "admin")
    admin = agent("admin")
    console.give_password(window, admin)
    console.give_code(window, admin.totp_secret)
    read_trail(window, intruder)
    keep_webhook(window, f"https://{uuid4()}.example/hook", staff("admin"))


def read_trail(window: Window, intruder: str) -> None:
    """All of it page by page, then what one actor did, then some days."""
    page, say = window.page, window.words.console
    expect(page.get_by_role("heading", name=say.audit, exact=True)).to_be_visible()
    tried = page.get_by_role("row").filter(has_text=intruder)
    expect(tried).to_contain_text(say.refused_sign_in)
    window.look("audit")
    tried.get_by_role("link").click()
    expect(page.get_by_role("link", name=say.show_all)).to_be_visible()
    rows = page.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    expect(rows).to_have_count(1)

    page.route("**/v1/audit?*", lambda route: route.continue_(url=route.request.url.replace("limit=50", "limit=1")))
    page.get_by_role("link", name=say.show_all).click()
    page.get_by_role("button", name=say.more).click()
    expect(rows).to_have_count(2)
    page.unroute("**/v1/audit?*")

    first = page.get_by_label(say.from_day, exact=True)
    first.fill("1405/13/01")
    page.keyboard.press("Enter")
    expect(page.get_by_text(say.wrong_date)).to_be_visible()
    expect(first).to_be_focused()
    first.fill("1405/01/01")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=say.show_all)).to_be_visible()
    expect(tried).to_be_visible()


def keep_webhook(window: Window, url: str, colleague: Person) -> None:
    """From its making to its removal."""
    page, say = window.page, window.words.console
    dialog, card = page.get_by_role("dialog"), page.get_by_role("article", name=url)
    page.get_by_role("link", name=say.webhooks).click()
    page.get_by_role("button", name=say.add_webhook).click()
    page.keyboard.press("Enter")
    expect(dialog.get_by_text(say.wrong_url)).to_be_visible()
    page.keyboard.insert_text(url.removeprefix("https://"))
    dialog.get_by_label(say.some_events).check()
    dialog.get_by_label(say.rated).check()
    window.look("webhook-new")
    dialog.get_by_role("button", name=say.create).click()
    secret = shown_secret(window, "webhook-secret")
    card.get_by_role("button", name=say.send_test).click()
    expect(card.get_by_text(say.not_arrived)).to_be_visible()
    card.get_by_role("button", name=say.rotate).click()
    dialog.get_by_role("button", name=say.rotate).click()
    assert shown_secret(window) != secret

    items = colleague.get("/webhooks")["items"]
    page.route("**/v1/webhooks", lambda route: route.fulfill(json={"items": as_if_paused(items, url)}))
    page.reload()
    expect(card.get_by_text(say.paused, exact=True)).to_be_visible()
    window.look("webhooks")
    page.unroute("**/v1/webhooks")
    card.get_by_role("button", name=say.resume).click()
    expect(card.get_by_text(say.enabled, exact=True)).to_be_visible()
    card.get_by_role("button", name=say.switch_off).click()
    dialog.get_by_role("button", name=say.switch_off).click()
    expect(card.get_by_text(say.off, exact=True)).to_be_visible()
    card.get_by_role("button", name=say.delete).click()
    dialog.get_by_role("button", name=say.delete).click()
    expect(card).to_be_hidden()


def shown_secret(window: Window, screen: str = "") -> str:
    """The secret that is shown this once; the window is closed after it."""
    dialog, say = window.page.get_by_role("dialog"), window.words.console
    secret = dialog.get_by_role("textbox", name=say.signing_secret)
    expect(secret).to_be_visible()
    if screen:
        window.look(screen)
    found = secret.input_value()
    assert found.startswith("whsec_")
    dialog.get_by_role("button", name=say.secret_kept).click()
    return found


def as_if_paused(items: list[dict[str, Any]], url: str) -> list[dict[str, Any]]:
    """What is told when this subscriber failed twenty times in a row, which takes an hour."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    failures = [{"at": now, "event_id": "01KAPA00000000000000000000", "reason": "status_500"}]
    paused = {"paused_at": now, "failures": 20, "last_failures": failures}
    return [item | paused if item["url"] == url else item for item in items]


def test_whoever_forgot_the_password_sets_another_by_an_administrators_link(
    stack: LocalStack, open_window: OpenWindow, agent: Callable[..., Staff]
) -> None:
    forgetful, admin = agent(), agent("admin")
    boss = open_window(f"{stack.file.console_url}sign-in?next=staff", size=PHONE, name="reset-boss")
    page, say = boss.page, boss.words.console
    console.give_password(boss, admin)
    console.give_code(boss, admin.totp_secret)
    row = page.get_by_role("row").filter(has_text=forgetful.email)
    row.get_by_role("button", name=say.new_password_for).click()
    page.get_by_role("dialog").get_by_role("button", name=say.make_link).click()
    link = page.get_by_role("textbox", name=say.password_link)
    expect(link).to_be_visible()
    boss.look("link")

    window = open_window(link.input_value(), size=PHONE, name="reset")
    page = window.page
    wanted = page.get_by_label(say.new_password, exact=True)
    wanted.fill("short")
    page.keyboard.press("Enter")
    expect(wanted).to_be_focused()
    expect(wanted).to_have_attribute("aria-invalid", "true")
    window.look("form")
    password = f"تازه {uuid4()}"
    wanted.fill(password)
    page.get_by_role("button", name=say.set_password).click()
    page.get_by_role("button", name=say.to_sign_in).click()
    console.sign_in(window, Staff(forgetful.name, forgetful.email, password, forgetful.totp_secret, "agent", []))
