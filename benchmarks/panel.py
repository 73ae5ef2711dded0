"""Panel: bytes, requests and time until it can be used, on a throttled phone, by Lighthouse."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import expect, sync_playwright

from benchmarks.report import Section, Table
from helpdesk.actions.seed_people import create_customer
from helpdesk.model.passwords import canonical_password
from helpdesk.store.table import Table as Store
from local.emulator import free_port
from local.stack import LocalStack
from tests.e2e.browser.conftest import CHROMIUM, PATIENCE, SWITCHES
from tests.e2e.browser.lighthouse import Lighthouse, lighthouse_beside
from tests.e2e.browser.panel import PASSWORD, Customer, sign_in
from tests.e2e.people import Person

LOOKS = 3
TRIES = 2 * LOOKS
"""A trace breaks off now and then."""
PHONE = "+989350000001"
METHOD = f"""\
Lighthouse's mobile profile (a phone, 150 ms and 1.6 Mb/s simulated, a processor four times slower than this one) on the
local stack, in Chromium. A first visit has nothing cached, a later one has the files. {LOOKS} looks each; medians, in
brackets the least and the most. Requests and KiB are those that came over the network, compressed. Budget: 60 KiB of
JavaScript."""


@dataclass(frozen=True)
class Look:
    """What one look at a page found; bytes and milliseconds."""

    requests: int
    transferred: int
    scripts: int
    painted: float
    interactive: float
    blocked: float

    @classmethod
    def of(cls, report: Mapping[str, Any]) -> "Look":
        """From Lighthouse's report."""
        audits = report["audits"]
        sent = [one for one in audits["network-requests"]["details"]["items"] if one["transferSize"]]
        scripts = [one for one in sent if one.get("resourceType") == "Script"]
        times = (audits[name]["numericValue"] for name in _TIMES)
        return cls(len(sent), _bytes(sent), _bytes(scripts), *times)


_TIMES = ("largest-contentful-paint", "interactive", "total-blocking-time")


def _bytes(sent: Sequence[Mapping[str, Any]]) -> int:
    return sum(one["transferSize"] for one in sent)


def measure() -> Section:
    """The page of signing in and the list of tickets, first and later."""
    with (
        TemporaryDirectory() as folder,
        LocalStack.start(free_port(), Path(folder)) as stack,
        sync_playwright() as play,
    ):
        expect.set_options(timeout=PATIENCE)
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        with lighthouse_beside(browser, Path(folder) / "chromium") as lighthouse:
            rows = _rows(stack, lighthouse)
        browser.close()
    columns = ("page", "requests", "KiB", "KiB of JavaScript", "largest paint, s", "interactive, s", "blocked, ms")
    return Section("Panel", METHOD, [Table(columns, rows)])


def _rows(stack: LocalStack, lighthouse: Lighthouse) -> list[list[str]]:
    door, tickets = f"{stack.file.panel_url}sign-in", f"{stack.file.panel_url}tickets"
    rows = [_row("sign-in, first visit", door, lighthouse, is_first=True)]
    customer = _customer(stack)
    lighthouse.window.page.goto(f"{door}?next=tickets")
    sign_in(lighthouse.window, customer)
    rows.append(_row("list of tickets, first visit", tickets, lighthouse, is_first=True))
    lighthouse.window.page.goto(tickets, wait_until="networkidle")
    rows.append(_row("list of tickets, later", tickets, lighthouse, is_first=False))
    return rows


def _customer(stack: LocalStack) -> Customer:
    """Somebody with a page of tickets."""
    accounts, desk = (Store(stack.cloud.dynamodb, stack.outputs[name]) for name in ("AccountsTable", "DeskTable"))
    create_customer(accounts, desk, "سارا محمدی", PHONE, canonical_password(PASSWORD), datetime.now(UTC))
    person = Person.at(stack.file.public_api)
    person.signed_in(person.post("/sessions", {"phone": PHONE, "password": PASSWORD, "transport": "bearer"}))
    for number in range(5):
        person.open_ticket(subject=f"درخواست {number}")
    return Customer.of(person)


def _row(name: str, url: str, lighthouse: Lighthouse, *, is_first: bool) -> list[str]:
    looks: list[Look] = []
    for _ in range(TRIES):
        if is_first:
            lighthouse.forget_files()
        if len(looks) < LOOKS and (report := lighthouse.report(url, f"bench-{len(looks)}", ["performance"])):
            looks.append(Look.of(report))
    return [
        name,
        _shown([look.requests for look in looks], ".0f"),
        _shown([look.transferred / 1024 for look in looks], ".1f"),
        _shown([look.scripts / 1024 for look in looks], ".1f"),
        _shown([look.painted / 1000 for look in looks], ".2f"),
        _shown([look.interactive / 1000 for look in looks], ".2f"),
        _shown([look.blocked for look in looks], ".0f"),
    ]


def _shown(found: Sequence[float], form: str) -> str:
    median, least, most = (format(each, form) for each in (statistics.median(found), min(found), max(found)))
    return median if least == most else f"{median} ({least}-{most})"
