"""`make codes`: the demo people of the running stack again, with the staff's codes of this moment."""

import sys
from datetime import UTC, datetime

from local.paths import STATE
from local.show import people
from local.stack_file import StackFile


def main() -> str | None:
    try:
        file = StackFile.read(STATE / "stack.json")
    except FileNotFoundError:
        return "No stack is running. Start one: make run"
    print(people(file.demo, datetime.now(UTC)))
    return None


if __name__ == "__main__":
    sys.exit(main())
