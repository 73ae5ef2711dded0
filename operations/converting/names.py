"""Which of the other desk's names is which of ours: a TOML file of tables, beside sensible defaults."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Names:
    """Their name → ours, without regard to case; what is not listed takes the default.

    Args:
        topics: of groups (Zammad) or help topics (osTicket).
    """

    topics: Mapping[str, str]
    priorities: Mapping[str, str]
    statuses: Mapping[str, str]
    topic: str = "other"
    priority: str = "normal"
    status: str = "open"

    @classmethod
    def read(cls, path: Path | None, priorities: Mapping[str, str], statuses: Mapping[str, str]) -> Self:
        """The defaults, and what the file says instead."""
        told = tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
        return cls(
            topics=_folded(told.get("topics", {})),
            priorities=_folded({**priorities, **told.get("priorities", {})}),
            statuses=_folded({**statuses, **told.get("statuses", {})}),
            **told.get("defaults", {}),
        )

    def topic_of(self, name: object) -> str:
        """Our topic."""
        return self.topics.get(str(name).casefold(), self.topic)

    def priority_of(self, name: object) -> str:
        """Our priority."""
        return self.priorities.get(str(name).casefold(), self.priority)

    def status_of(self, *names: object) -> str:
        """Our status, by the first of these names that is known."""
        known = (self.statuses.get(str(name).casefold()) for name in names)
        return next(filter(None, known), self.status)


def _folded(names: Mapping[str, str]) -> dict[str, str]:
    return {name.casefold(): ours for name, ours in names.items()}
