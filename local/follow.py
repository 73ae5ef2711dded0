"""The lines that are added to a file while we look on."""

from pathlib import Path


class Follow:
    """Reads a growing text file; a line counts once its end is written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._position = 0

    def lines(self) -> list[str]:
        """Return the whole lines added since the last call."""
        with self._path.open("rb") as file:
            file.seek(self._position)
            added = file.read()
        whole = added[: added.rfind(b"\n") + 1]
        self._position += len(whole)
        return whole.decode("utf-8").splitlines()
