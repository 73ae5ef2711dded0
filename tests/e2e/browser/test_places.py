"""Addresses: deep links, the back button, and what is nobody's."""

from collections.abc import Callable

from playwright.sync_api import expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import Customer, said, sign_in, ticket_row
from tests.e2e.browser.window import PHONE
from tests.e2e.people import Person


def test_a_deep_link_leads_through_signing_in_to_its_page_and_back_leads_back(
    stack: LocalStack, open_window: OpenWindow, sara: Customer
) -> None:
    number = sara.person.open_ticket(subject="پیوند مستقیم")["number"]
    window = open_window(f"{stack.file.panel_url}tickets?status=open", size=PHONE)
    page = window.page
    sign_in(window, sara)
    expect(page).to_have_url(f"{stack.file.panel_url}tickets?status=open")

    ticket_row(window, "پیوند مستقیم").click()
    expect(page).to_have_url(f"{stack.file.panel_url}tickets/{number}")
    expect(said(window)).to_have_count(1)
    page.reload()
    expect(said(window)).to_have_count(1)
    page.go_back()
    expect(page).to_have_url(f"{stack.file.panel_url}tickets?status=open")
    expect(ticket_row(window, "پیوند مستقیم")).to_be_visible()
    page.go_forward()
    expect(said(window)).to_have_count(1)


def test_the_ticket_of_another_and_an_unknown_address_look_the_same(
    stack: LocalStack, open_window: OpenWindow, sara: Customer, customer: Callable[[], Person]
) -> None:
    foreign = customer().open_ticket()["number"]
    window = open_window(f"{stack.file.panel_url}sign-in?next=tickets%2F{foreign}", size=PHONE)
    sign_in(window, sara)
    for path in (f"tickets/{foreign}", "nowhere/at/all"):
        window.page.goto(stack.file.panel_url + path)
        expect(window.page.get_by_role("heading", name=window.words.panel.not_found)).to_be_visible()
    window.look("not-found")


def test_an_agents_deep_link_survives_signing_in_and_reloading(
    stack: LocalStack, open_window: OpenWindow, agent: Callable[[], Staff], sara: Customer
) -> None:
    number, member = sara.person.open_ticket(subject="پیوند کارشناس")["number"], agent()
    window = open_window(f"{stack.file.console_url}tickets/{number}")
    page = window.page
    console.give_password(window, member)
    console.give_code(window, member.totp_secret)
    expect(page.get_by_role("heading", name="پیوند کارشناس")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="پیوند کارشناس")).to_be_visible()
    assert page.url == f"{stack.file.console_url}tickets/{number}"
