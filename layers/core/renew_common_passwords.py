# /// script
# requires-python = ">=3.13"
# dependencies = ["django==6.1.3"]
# ///
"""Write `helpdesk/common_passwords.txt`: the common passwords long enough to be chosen (`make common-passwords`).

They are of the 20,000 that Django ships, a selection from breached passwords. Django is no dependency of ours:
`uv run` fetches it for this script alone.
"""

import gzip
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parent / "helpdesk" / "common_passwords.txt"
SHORTEST = 10


def main() -> None:
    """Replace the file with the list of the installed Django."""
    packed = files("django.contrib.auth").joinpath("common-passwords.txt.gz").read_bytes()
    listed = gzip.decompress(packed).decode().split()
    long_enough = sorted({password.lower() for password in listed if len(password) >= SHORTEST})
    TARGET.write_text("\n".join(long_enough) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
