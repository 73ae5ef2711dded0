"""The provider that sends nothing: its messages end up in a file for each channel, or in the program's output."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from helpdesk.model.delivery import Email, Sms


@dataclass(frozen=True)
class LocalOutbox:
    """Writes one JSON line for each message.

    Args:
        folder: of ``sms.jsonl`` and ``email.jsonl``; empty for the output, which on AWS is the function's log.
    """

    folder: str
    is_repeatable: bool = False

    def send(self, message: Sms | Email) -> str:
        """Write the message down, an e-mail's subject first."""
        name, text = "sms", message.text
        if isinstance(message, Email):
            name, text = "email", f"{message.subject}\n\n{message.text}"
        record = {
            "to": message.to,
            "text": text,
            "event_id": message.event_id,
            "sent_at": message.sent_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        self._write(name, json.dumps(record, ensure_ascii=False) + "\n")
        return "local"

    def _write(self, name: str, line: str) -> None:
        if not self.folder:
            sys.stdout.write(line)
            return
        with (Path(self.folder) / f"{name}.jsonl").open("a", encoding="utf-8") as file:
            file.write(line)  # one write, so that lines of several senders do not mix
