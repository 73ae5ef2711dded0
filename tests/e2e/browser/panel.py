"""What a customer does on the panel."""

import io
from dataclasses import dataclass
from re import compile as pattern

from PIL import Image
from playwright.sync_api import FilePayload, Locator, expect

from tests.e2e.browser.window import Window
from tests.e2e.browser.words import ascii_digits
from tests.e2e.people import Person

PASSWORD = "گذرواژهٔ بلند ۱۲۳"


@dataclass(frozen=True)
class Customer:
    """A customer with a session of his own beside the browser's, by the API."""

    person: Person
    phone: str

    @classmethod
    def of(cls, person: Person) -> "Customer":
        """Somebody whom the `customer` fixture registered."""
        return cls(person, "0" + person.get("/me")["phone"].removeprefix("+98"))


def picture(name: str, colour: tuple[int, int, int] = (30, 90, 160)) -> FilePayload:
    """A PNG."""
    content = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(content, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": content.getvalue()}


def sign_in(window: Window, customer: Customer) -> None:
    """From the sign-in page, wherever it leads."""
    words, page = window.words.panel, window.page
    page.get_by_label(words.phone, exact=True).fill(customer.phone)
    page.get_by_label(words.password, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=words.sign_in, exact=True).click()
    expect(page.get_by_role("button", name=words.menu)).to_be_visible()


def choose_files(window: Window, *files: FilePayload) -> None:
    """By the button."""
    with window.page.expect_file_chooser() as chosen:
        window.page.get_by_role("button", name=window.words.panel.add_files).click()
    chosen.value.set_files(list(files))


def tile(window: Window, filename: str) -> Locator:
    """The line of a file that is being attached."""
    return window.page.get_by_role("listitem").filter(has_text=filename)


def fill_ticket(window: Window, subject: str, description: str = "تصویر کارت ملی پیوست است.") -> None:
    """Topic, priority, subject, description, in this order."""
    words, page = window.words.panel, window.page
    choose(window, words.documents)
    choose(window, words.high)
    page.get_by_label(words.subject, exact=True).fill(subject)
    page.get_by_label(words.description, exact=True).fill(description)


def choose(window: Window, label: str) -> None:
    """Press the card of a choice."""
    radio = window.page.get_by_role("radio", name=label)
    window.page.locator("label").filter(has=radio).click()
    expect(radio).to_be_checked()


def submit_ticket(window: Window) -> str:
    """Press the button; the number that is shown, ten ASCII digits."""
    window.page.get_by_role("button", name=window.words.panel.submit).click()
    return shown_number(window)


def shown_number(window: Window) -> str:
    """The number on the page that says that a ticket was submitted."""
    expect(window.page.get_by_role("heading", name=window.words.panel.submitted)).to_be_visible()
    number = window.page.locator("main bdi").filter(has_text=pattern(r"^[0-9۰-۹]{4}-[0-9۰-۹]{4}-[0-9۰-۹]{2}$"))
    return ascii_digits(number.inner_text()).replace("-", "")


def ticket_row(window: Window, subject: str) -> Locator:
    """The line of a ticket in a list."""
    return window.page.get_by_role("main").get_by_role("link").filter(has_text=subject)


def said(window: Window) -> Locator:
    """The texts of the conversation, oldest first."""
    return window.page.get_by_role("region", name=window.words.conversation).locator("p[dir=auto]")
