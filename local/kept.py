"""A program that runs for as long as we do."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

KEEPER = Path(__file__).with_name("keeper.py")


class Kept:
    """A program under the keeper: it ends when it is stopped, and when this process ends in whatever way."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @classmethod
    def start(
        cls, command: Sequence[str | Path], *, log: Path, cwd: Path, env: Mapping[str, str], patience: float = 0
    ) -> Self:
        """Start it, with all it says in `log`. `patience` is the seconds it has to end by itself when it is stopped."""
        with log.open("wb") as output:
            return cls(
                subprocess.Popen(
                    [sys.executable, KEEPER, str(patience), *command],
                    env=env,
                    cwd=cwd,
                    stdin=subprocess.PIPE,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )

    def is_running(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> None:
        """End it with all that it started. Does no harm when it has ended already."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()
