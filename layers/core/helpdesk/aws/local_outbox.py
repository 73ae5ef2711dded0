"""Where messages end up that nobody sends: a file for each channel, or the program's output."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from helpdesk.model.delivery import Email, Sms


@dataclass(frozen=True)
class LocalOutbox:
    """Writes one JSON line for each message.

    Args:
        folder: of the files; empty for the output, which on AWS is the function's log.
    """

    folder: str

    def write(self, name: str, message: Sms | Email, text: str) -> None:
        """Add a message to ``NAME.jsonl``."""
        record = {
            "to": message.to,
            "text": text,
            "event_id": message.event_id,
            "sent_at": message.sent_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        line = json.dumps(record, ensure_ascii=False) + "\n"
        if not self.folder:
            sys.stdout.write(line)
            return
        with (Path(self.folder) / f"{name}.jsonl").open("a", encoding="utf-8") as file:
            file.write(line)  # one write, so that lines of several senders do not mix
