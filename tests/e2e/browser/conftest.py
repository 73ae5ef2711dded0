"""A real Chromium, the system's own, in front of the stack that the other end-to-end tests use."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

import pyotp
import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser.panel import Customer
from tests.e2e.browser.window import LAPTOP, SCREENSHOTS, Window
from tests.e2e.browser.words import EN, FA, Words
from tests.e2e.people import Person

NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
)
PATIENCE = 10_000

CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)

type OpenWindow = Callable[..., Window]


def pytest_runtest_setup() -> None:
    """Where no Chromium is, nothing is started either; said here, it is one line for all."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here (Debian: apt-get install chromium)")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all; people have contexts of their own."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield started
        started.close()


@pytest.fixture
def open_window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenWindow]:
    """Opens a window in a language, by its switch, at an address."""
    windows: list[Window] = []

    def open_one(url: str, words: Words = FA, size: dict[str, int] = LAPTOP, name: str = "") -> Window:
        is_phone = size["width"] < 600
        context = browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            has_touch=is_phone,
            is_mobile=is_phone,
            reduced_motion="reduce",
            timezone_id="Asia/Tehran",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(PATIENCE)
        called = name or request.node.originalname.removeprefix("test_")[:40]
        window = Window(context.new_page(), words, f"{called}-{words.language}-{size['width']}")
        windows.append(window)
        window.page.goto(url)
        if words is EN:
            window.page.get_by_role("button", name=words.panel.switch).click()
        expect(window.page.locator("html")).to_have_attribute("dir", words.direction)
        return window

    yield open_one
    for window in windows:
        window.close()


@pytest.fixture(scope="module")
def sara(customer: Callable[[], Person]) -> Customer:
    """A customer of these tests alone, with a session of her own beside the browser's."""
    return Customer.of(customer())


@pytest.fixture(scope="session")
def agent(stack: LocalStack, staff: Callable[[str], Person]) -> Callable[..., Staff]:
    """Makes a new member of the staff; the second factor is enrolled unless told not to, its present code unused."""
    numbers = count(1)

    def join(role: str = "agent", *, is_enrolled: bool = True) -> Staff:
        email, name, password = f"agent-{next(numbers)}@poshtiban.example", "آرش نیک‌پی", f"گذرواژهٔ {uuid4()}"
        topics = ["credit", "documents"]
        invitation = staff("admin").post("/staff", {"email": email, "role": role, "topics": topics})
        newcomer = Person.at(stack.file.internal_api)
        newcomer.post(f"/invitations/{invitation['token']}/accept", {"name": name, "password": password})
        secret = _enrol(newcomer, email, password) if is_enrolled else ""
        return Staff(name, email, password, secret, role, topics)

    return join


def _enrol(newcomer: Person, email: str, password: str) -> str:
    """The secret, enrolled with the code before the present one, which is good for one more step."""
    asked = newcomer.post("/sessions", {"email": email, "password": password})
    secret = str(asked["enrolment"]["secret"])
    totp = pyotp.TOTP(secret)
    code = totp.generate_otp(totp.timecode(datetime.now(UTC)) - 1)
    newcomer.post("/sessions/confirm", {"challenge_id": asked["challenge_id"], "code": code, "transport": "bearer"})
    return secret
