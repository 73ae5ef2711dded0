"""The words of text messages and e-mails, in the language of whoever gets them.

A message says which ticket it is about, that there is something to read, and where, never what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from helpdesk.model.account import Purpose
from helpdesk.model.codes import CodeMessage
from helpdesk.model.delivery import Channel, Email, Sms
from helpdesk.model.event import Event
from helpdesk.model.identifiers import ticket_number_in_text
from helpdesk.model.rules import Labels

_DEFAULT_LANGUAGE = "fa"


@dataclass(frozen=True)
class Letter:
    """Subject and text of an e-mail by language."""

    subject: Labels
    text: Labels


@dataclass(frozen=True)
class Notices:
    """The texts by event type and, for one-time codes, by purpose and the channel that it has.

    Args:
        panel: origin of the customers' panel, to which messages link.
    """

    panel: str
    sms: Mapping[str, Labels]
    codes: Mapping[str, Labels]
    email: Mapping[str, Letter]
    code_letters: Mapping[str, Letter]

    @classmethod
    def from_document(cls, document: Mapping[str, Any], panel: str) -> Self:
        """The texts that a parsed ``messages.toml`` holds; each purpose of a code has one.

        Raises:
            KeyError: a purpose has none.
        """
        by_sms = [purpose for purpose in Purpose if purpose.channel == Channel.SMS]
        by_email = [purpose for purpose in Purpose if purpose.channel == Channel.EMAIL]
        return cls(
            panel,
            sms=document["sms"],
            codes={purpose: document["codes"][purpose] for purpose in by_sms},
            email={name: Letter(**parts) for name, parts in document["email"].items()},
            code_letters={purpose: Letter(**document["code_letters"][purpose]) for purpose in by_email},
        )

    def sms_text(self, event: Event, language: str) -> str | None:
        """What a customer reads on the phone; None if nobody is told of such an event there."""
        labels = self.sms.get(event.type)
        return None if labels is None else self._filled(labels, language, event)

    def code_sms(self, message: CodeMessage, now: datetime) -> Sms:
        """A one-time code by SMS, or the notice in its place."""
        text = _in_language(self.codes[message.purpose], message.language)
        return Sms(message.to, text.format(code=message.code), message.id, now)

    def code_email(self, message: CodeMessage, now: datetime) -> Email:
        """A one-time code by e-mail; not in its subject, which screens show to whoever stands beside."""
        letter = self.code_letters[message.purpose]
        subject, text = (_in_language(each, message.language) for each in (letter.subject, letter.text))
        return Email(message.to, subject, text.format(code=message.code), message.id, now)

    def letter(self, event: Event, language: str) -> tuple[str, str] | None:
        """Subject and text of an e-mail; None if nobody is told of such an event there."""
        letter = self.email.get(event.type)
        if letter is None:
            return None
        return self._filled(letter.subject, language, event), self._filled(letter.text, language, event)

    def digest(self, events: Sequence[Event], language: str) -> tuple[str, str]:
        """Subject and text of one e-mail about many tickets that are late."""
        numbers = dict.fromkeys(event.ticket_number for event in events)
        letter, filled = (
            self.email["many_late"],
            {
                "count": str(len(numbers)),
                "numbers": "\n".join(map(ticket_number_in_text, numbers)),
            },
        )
        subject, text = (_in_language(each, language) for each in (letter.subject, letter.text))
        return subject.format(**filled), text.format(**filled)

    def _filled(self, labels: Labels, language: str, event: Event) -> str:
        return _in_language(labels, language).format(
            number=ticket_number_in_text(event.ticket_number),
            link=f"{self.panel}/tickets/{event.ticket_number}",
            panel=self.panel,
            subscriber=event.data.get("subscriber", ""),
        )


def _in_language(labels: Labels, language: str) -> str:
    return labels.get(language, labels[_DEFAULT_LANGUAGE])
