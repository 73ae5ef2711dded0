"""`make screenshots`: a few of the screens that the tests kept, small, for the README."""

from PIL import Image

from local.paths import ROOT
from tests.e2e.browser.window import SCREENSHOTS

PICTURES = ROOT / "docs" / "images"
KEPT = {
    "new-ticket": "customer-fa-360-6-ready-to-submit",
    "submitted": "customer-fa-360-7-submitted",
    "conversation": "both-customer-fa-360-answer-arrived",
    "queue": "agent-fa-1280-2-queue",
    "desk": "agent-fa-1280-3-ticket",
}


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, screenshot in KEPT.items():
        with Image.open(SCREENSHOTS / f"{screenshot}.png") as picture:
            picture.convert("RGB").save(PICTURES / f"{name}.webp", quality=80, method=6)


if __name__ == "__main__":
    main()
