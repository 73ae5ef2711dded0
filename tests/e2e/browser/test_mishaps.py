"""A lost network, a refused file, a session that ends in the middle of a sentence."""

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from playwright.sync_api import FilePayload, Route, expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import (
    PASSWORD,
    Customer,
    choose_files,
    fill_ticket,
    picture,
    said,
    shown_number,
    sign_in,
    submit_ticket,
    tile,
)
from tests.e2e.browser.window import PHONE
from tests.e2e.people import wait_for

FORGED: FilePayload = {"name": "forged.png", "mimeType": "image/png", "buffer": b"no picture at all"}
TEXT: FilePayload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"some words"}


@dataclass
class BrokenLine:
    """Requests go out and arrive; their answers are lost until it is mended."""

    port: int
    is_broken: bool = True
    answers: list[httpx.Response] = field(default_factory=list)

    def __call__(self, route: Route) -> None:
        if not self.is_broken or route.request.method != "POST":
            route.continue_()
            return
        request = route.request
        host = request.url.split("/")[2]
        address = request.url.replace(host, f"127.0.0.1:{self.port}")
        headers = {**request.all_headers(), "host": host}
        sent = {name: value for name, value in headers.items() if not name.startswith(":")}
        self.answers.append(httpx.post(address, content=request.post_data_buffer, headers=sent, timeout=20))
        route.abort("internetdisconnected")


def test_a_submit_whose_answer_was_lost_makes_one_ticket(
    stack: LocalStack, open_window: OpenWindow, sara: Customer
) -> None:
    window = open_window(f"{stack.file.panel_url}sign-in?next=tickets%2Fnew", size=PHONE)
    page, line = window.page, BrokenLine(stack.port)
    sign_in(window, sara)
    fill_ticket(window, "وسط راه قطع شد")
    page.route("**/api/v1/tickets", line)
    page.get_by_role("button", name=window.words.panel.submit).click()
    expect(page.get_by_text(window.words.panel.waits_for_network)).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text(window.words.panel.offline)).to_be_visible()
    window.look("offline")

    line.is_broken = False
    page.context.set_offline(False)
    number = shown_number(window)
    assert {answer.status_code for answer in line.answers} == {httpx.codes.CREATED}
    filed = [
        ticket["number"] for ticket in sara.person.get("/tickets")["items"] if ticket["subject"] == "وسط راه قطع شد"
    ]
    assert filed == [number]


def test_a_draft_survives_a_reload_with_its_file(stack: LocalStack, open_window: OpenWindow, sara: Customer) -> None:
    window = open_window(f"{stack.file.panel_url}sign-in?next=tickets%2Fnew", size=PHONE)
    sign_in(window, sara)
    fill_ticket(window, "هنوز تمام نشده", "بقیه را بعد می‌نویسم.")
    choose_files(window, picture("فیش.png"))
    expect(tile(window, "فیش.png").get_by_text(window.words.panel.ready, exact=True)).to_be_visible()

    window.page.reload()
    expect(window.page.get_by_role("radio", name=window.words.panel.documents)).to_be_checked()
    expect(window.page.get_by_label(window.words.panel.subject, exact=True)).to_have_value("هنوز تمام نشده")
    expect(tile(window, "فیش.png").get_by_text(window.words.panel.ready, exact=True)).to_be_visible()
    number = submit_ticket(window)
    [message] = sara.person.get(f"/tickets/{number}")["messages"]["items"]
    assert message["body"] == "بقیه را بعد می‌نویسم."
    assert [file["filename"] for file in message["attachments"]] == ["فیش.png"]


def test_a_refused_file_says_why_and_can_be_removed(stack: LocalStack, open_window: OpenWindow, sara: Customer) -> None:
    window = open_window(f"{stack.file.panel_url}sign-in?next=tickets%2Fnew", size=PHONE)
    page, say = window.page, window.words.panel
    sign_in(window, sara)
    fill_ticket(window, "فایل نادرست")
    choose_files(window, FORGED, TEXT)
    for name in ("forged.png", "notes.txt"):
        expect(tile(window, name).get_by_text(say.refused).first).to_be_visible()
    window.look("refused")

    page.get_by_role("button", name=say.submit).click()
    expect(page.get_by_text(say.remove_refused)).to_be_visible()
    for name in ("forged.png", "notes.txt"):
        page.get_by_role("button", name=f"{say.remove} {name}").click()
    number = submit_ticket(window)
    assert sara.person.get(f"/tickets/{number}")["messages"]["items"][0]["attachments"] == []


def test_a_customer_whose_session_ends_in_mid_reply_goes_on_in_the_same_place(
    stack: LocalStack, open_window: OpenWindow, sara: Customer
) -> None:
    number = sara.person.open_ticket()["number"]
    window = open_window(f"{stack.file.panel_url}sign-in?next=tickets%2F{number}", size=PHONE)
    page, say = window.page, window.words.panel
    sign_in(window, sara)
    reply = page.get_by_label(say.reply, exact=True)
    reply.fill("داشتم می‌نوشتم که")
    assert sara.person.call("DELETE", "/sessions").is_success

    page.get_by_role("button", name=say.send).click()
    expect(page.get_by_role("heading", name=say.ended)).to_be_visible()
    window.look("ended")
    page.get_by_label(say.password, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=say.sign_in, exact=True).click()

    expect(said(window)).to_have_text(["ثبت نشده است.", "داشتم می‌نوشتم که"])
    assert page.url == f"{stack.file.panel_url}tickets/{number}"
    expect(reply).to_have_value("")
    assert len(sara.person.get(f"/tickets/{number}")["messages"]["items"]) == 2


def test_an_agent_whose_session_ends_in_mid_reply_keeps_the_text(
    stack: LocalStack, open_window: OpenWindow, agent: Callable[[], Staff], sara: Customer
) -> None:
    number, member = sara.person.open_ticket()["number"], agent()
    window = open_window(f"{stack.file.console_url}sign-in?next=tickets%2F{number}")
    page, say = window.page, window.words.console
    console.give_password(window, member)
    console.give_code(window, member.totp_secret)
    reply = page.get_by_role("textbox", name=say.reply, exact=True)
    reply.fill("پاسخ نیمه‌کاره")
    window.context.clear_cookies()

    expect(page.get_by_role("heading", name=say.ended)).to_be_visible(timeout=30_000)
    window.look("ended")
    page.get_by_label(say.password, exact=True).fill(member.password)
    page.get_by_role("button", name=say.next).click()
    console.give_code(window, member.totp_secret, steps_ahead=1)
    expect(page.get_by_role("heading", name=say.ended)).to_be_hidden()
    expect(reply).to_have_value("پاسخ نیمه‌کاره")
    page.get_by_role("button", name=say.send).click()
    wait_for(lambda: len(sara.person.get(f"/tickets/{number}")["messages"]["items"]) == 2, "the answer")


def test_a_reply_after_a_newer_message_shows_it_and_keeps_the_text(
    stack: LocalStack, open_window: OpenWindow, agent: Callable[[], Staff], sara: Customer
) -> None:
    number, member = sara.person.open_ticket()["number"], agent()
    window = open_window(f"{stack.file.console_url}sign-in?next=tickets%2F{number}")
    page, say = window.page, window.words.console
    console.give_password(window, member)
    console.give_code(window, member.totp_secret)
    reply = page.get_by_role("textbox", name=say.reply, exact=True)
    reply.fill("نوشته‌شده پیش از پیام تازه")
    page.route(f"**/tickets/{number}", lambda route: route.abort())  # the page learns nothing by itself
    sara.person.post(f"/tickets/{number}/messages", {"body": "یک نکتهٔ دیگر هم هست."}, key="one-more")

    page.get_by_role("button", name=say.send).click()
    expect(page.get_by_text("یک نکتهٔ دیگر هم هست.").first).to_be_visible()
    expect(reply).to_have_value("نوشته‌شده پیش از پیام تازه")
    window.look("newer")
    page.get_by_role("button", name=say.seen).click()
    page.unroute(f"**/tickets/{number}")
    page.get_by_role("button", name=say.send).click()
    expect(page.get_by_text(say.sent)).to_be_visible()
