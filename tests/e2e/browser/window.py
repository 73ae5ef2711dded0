"""A window of one person: what goes wrong in it is noted, and each screen looked at is kept and judged."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

from local.paths import ROOT, STATE
from tests.e2e.browser.words import Words

SCREENSHOTS = STATE / "screenshots"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}

_JUDGE = """async () => {
  await document.fonts.ready;
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false, iframes: false});
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

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.wrongs.append(f"thrown: {error}"))
        self.page.on("dialog", lambda dialog: self.wrongs.append(f"dialog: {dialog.message}"))
        self.page.on("response", self._see)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def look(self, screen: str) -> None:
        """Keep a picture of the screen as it stands; axe-core finds nothing wrong with it and nothing sticks out."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        violations: list[dict[str, Any]] = self.page.evaluate(_JUDGE)
        self.page.evaluate("() => scrollTo(0, 0)")
        self.page.screenshot(path=self._picture(screen), full_page=True)
        assert not violations, json.dumps(violations, ensure_ascii=False, indent=1)
        assert self.page.evaluate(_OVERFLOW) == 0, f"{screen} is wider than the window"

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
        if response.status >= 500:
            self.wrongs.append(f"{response.status} {response.request.method} {response.url}")
