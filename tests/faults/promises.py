"""What people in a storm did, and what they were promised for it."""

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock


@dataclass(frozen=True)
class Promise:
    """Something that was answered with a 2xx.

    Args:
        about: number of the ticket, or id of the attachment.
        what: id of the message or of the assignee, the priority …
        who: id of the person who did it; of what may stand so by another's hand already, nobody.
    """

    kind: str
    about: str
    what: str
    who: str


@dataclass
class Log:
    """What all of them did together."""

    promises: list[Promise] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    actions: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def answered(self, status: int, seconds: float) -> None:
        with self._lock:
            self.statuses[status] += 1
            self.slowest = max(self.slowest, seconds)

    def did(self, action: str) -> None:
        with self._lock:
            self.actions[action] += 1

    def promised(self, kind: str, about: str, what: str, who: str = "") -> None:
        self.promises.append(Promise(kind, about, what, who))

    def says(self, text: str) -> str:
        """A text of which no second one may be found, whatever becomes of the request."""
        self.texts.append(text)
        return text
