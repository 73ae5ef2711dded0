"""Lighthouse's mobile profile in a Chromium of its own: a slow 4G, a processor four times slower."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from local.emulator import free_port
from local.paths import ROOT, STATE
from tests.e2e.browser.conftest import CHROMIUM, SWITCHES
from tests.e2e.browser.window import Window
from tests.e2e.browser.words import FA

PROGRAM = ROOT / "web" / "node_modules" / "lighthouse" / "cli" / "index.js"
REPORTS = STATE / "lighthouse"
PATIENCE = 90


@dataclass(frozen=True)
class Lighthouse:
    """A Chromium of its own, whose tabs share what is known of a customer."""

    port: int
    window: Window

    def report(self, url: str, name: str, categories: Sequence[str]) -> dict[str, Any] | None:
        """What it found, None if its trace broke off; the report is kept."""
        report = REPORTS / f"{name}.json"
        ran = subprocess.run(
            [  # noqa: S607  # the one on PATH, as for the build
                "node",
                str(PROGRAM),
                url,
                f"--port={self.port}",
                f"--only-categories={','.join(categories)}",
                "--disable-storage-reset",
                "--output=json",
                f"--output-path={report}",
                "--quiet",
            ],
            check=False,
            timeout=PATIENCE,
            cwd=report.parent,
        )
        return None if ran.returncode else _read(report)

    def forget_files(self) -> None:
        """The next page is loaded as on a first visit; whoever is signed in stays so."""
        self.window.page.context.new_cdp_session(self.window.page).send("Network.clearBrowserCache")


def _read(report: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    assert found.get("runtimeError") is None
    return found


@contextmanager
def lighthouse_beside(browser: Browser, profile: Path) -> Iterator[Lighthouse]:
    """Ready to look; nobody is signed in."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    port = free_port()
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=[*SWITCHES, f"--remote-debugging-port={port}"]
    )
    yield Lighthouse(port, Window(context.new_page(), FA, "lighthouse"))
    context.close()
