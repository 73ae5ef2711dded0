"""A window of one person: what goes wrong in it is noted, and each screen looked at is kept and judged."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, ViewportSize

from local.paths import ROOT, STATE
from tests.e2e.browser.words import Words

SCREENSHOTS = STATE / "screenshots"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}

# At 200 % a laptop's window is this large; at 400 % it is as wide as the smallest phone (WCAG 1.4.10).
ENLARGED = (ViewportSize(width=640, height=400), ViewportSize(width=320, height=740))

_JUDGE = """async rules => {
  await document.fonts.ready;
  // Colours that are on their way to others are nobody's choice.
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const changing = document.getAnimations().filter(animation => animation instanceof CSSTransition);
  await Promise.allSettled(changing.map(transition => transition.finished));
  const only = rules.length ? {runOnly: rules} : {};
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false, iframes: false, ...only});
  return found.violations.map(({id, help, nodes}) =>
    ({id, help, where: nodes.map(({target, failureSummary}) => [target.join(" "), failureSummary])}));
}"""
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Window:
    """A page in a context of its own, and what it is called among the screenshots."""

    page: Page
    words: Words
    name: str
    wrongs: list[str] = field(default_factory=list)
    forgiven: tuple[int, ...] = ()  # statuses of the server's own errors that a test wants

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.wrongs.append(f"thrown: {error}"))
        self.page.on("dialog", lambda dialog: self.wrongs.append(f"dialog: {dialog.message}"))
        self.page.on("response", self._see)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def look(self, screen: str) -> None:
        """Keep a picture of the screen as it stands; axe-core finds nothing wrong with it and nothing sticks out.

        By day and by night, and as large as people make it.
        """
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = self._judge()
        self.page.evaluate("() => scrollTo(0, 0)")
        self.page.screenshot(path=self._picture(screen), full_page=True)
        self.page.emulate_media(color_scheme="dark")
        violations += self._judge("color-contrast")
        self.page.emulate_media(color_scheme="light")
        assert not violations, json.dumps(violations, ensure_ascii=False, indent=1)
        self._fits(screen)

    def _judge(self, *rules: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate(_JUDGE, rules)
        return found

    def _fits(self, screen: str) -> None:
        """Nothing sticks out of the window, enlarged neither."""
        assert self.page.evaluate(_OVERFLOW) == 0, f"{screen} is wider than the window"
        usual = self.page.viewport_size
        for size in ENLARGED:
            self.page.set_viewport_size(size)
            assert self.page.evaluate(_OVERFLOW) == 0, f"{screen} is wider than a window of {size['width']} pixels"
        if usual:
            self.page.set_viewport_size(usual)

    def close(self) -> None:
        """Nobody needs it any more; nothing may have gone wrong in it."""
        self.context.close()
        assert self.wrongs == []

    def _picture(self, screen: str) -> Path:
        return SCREENSHOTS / f"{self.name}-{screen}.png"

    def _hear(self, message: ConsoleMessage) -> None:
        # A refused request is told there too, and often wanted.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.wrongs.append(f"console: {message.text}")

    def _see(self, response: Response) -> None:
        if response.status >= 500 and response.status not in self.forgiven:
            self.wrongs.append(f"{response.status} {response.request.method} {response.url}")
