"""What became of the lines of an import."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts, and the lines that were refused.

    Args:
        refused: number of a line (the first is 1), and why; never a value that stands in it.
        left_out: files that were not taken, where the ticket was taken without them.
    """

    imported: int = 0
    known: int = 0
    messages: int = 0
    files: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)

    def lines(self, *, is_dry: bool) -> Iterator[str]:
        """It in words."""
        for line, reason in self.refused:
            yield f"line {line}: {reason}"
        for line, reason in self.left_out:
            yield f"line {line}: left out: {reason}"
        verb = "could be imported" if is_dry else "imported"
        yield f"{self.imported} tickets {verb}, with {self.messages} messages and {self.files} files"
        yield f"{self.known} tickets were here before, {len(self.refused)} lines refused"
