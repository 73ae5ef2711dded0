"""What the operator decides in ``desk.toml``: topics, priorities, limits, quotas, hours and labels."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from helpdesk.model.errors import InvalidError

Labels = Mapping[str, str]
"""Language ("fa", "en") to the text shown."""


@dataclass(frozen=True)
class Topic:
    """What a ticket may be about."""

    name: str
    label: Labels
    hint: Labels


@dataclass(frozen=True)
class Priority:
    """How urgent a ticket is; targets are business hours."""

    name: str
    label: Labels
    first_response_hours: int
    resolution_hours: int


@dataclass(frozen=True)
class Limits:
    """Sizes (characters, bytes, pieces) and times (days) that the desk keeps to."""

    subject_length: int
    description_length: int
    message_length: int
    attachments_per_message: int
    attachment_bytes: int
    close_after_days: int
    rating_days: int

    @property
    def close_after(self) -> timedelta:
        """How long a resolved ticket waits before it closes."""
        return timedelta(days=self.close_after_days)

    @property
    def rate_within(self) -> timedelta:
        """How long after it was resolved a ticket may be rated."""
        return timedelta(days=self.rating_days)


@dataclass(frozen=True)
class Quota:
    """At most so many within each window of so many seconds."""

    most: int
    seconds: int


@dataclass(frozen=True)
class CodeRules:
    """One-time codes: seconds they live, wrong tries they survive, seconds until the next may be sent."""

    lifetime_seconds: int
    tries: int
    resend_seconds: int


@dataclass(frozen=True)
class SmsRules:
    """Text messages about tickets: the most for one number in a local day; answers so close together are one."""

    most_per_day: int
    merged_within_seconds: int


@dataclass(frozen=True)
class WebhookRules:
    """How many calls in a row may not arrive before a subscriber is paused."""

    failures_until_pause: int


@dataclass(frozen=True)
class Hours:
    """The time zone and, by English weekday, the opening and closing time ("08:30")."""

    time_zone: str
    week: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Rules:
    """The operator's decisions, read once."""

    topics: Mapping[str, Topic]
    priorities: Mapping[str, Priority]
    statuses: Mapping[str, Labels]
    limits: Limits
    quotas: Mapping[str, Quota]
    codes: CodeRules
    sms: SmsRules
    webhooks: WebhookRules
    hours: Hours
    context_words: tuple[str, ...]

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """The rules that a parsed ``desk.toml`` states."""
        calendar = document["calendar"]
        return cls(
            topics={name: Topic(name, **values) for name, values in document["topics"].items()},
            priorities={name: Priority(name, **values) for name, values in document["priorities"].items()},
            statuses={name: values["label"] for name, values in document["statuses"].items()},
            limits=Limits(**document["limits"]),
            quotas={name: Quota(**values) for name, values in document["quotas"].items()},
            codes=CodeRules(**document["codes"]),
            sms=SmsRules(**document["sms"]),
            webhooks=WebhookRules(**document["webhooks"]),
            hours=Hours(calendar["time_zone"], {day: (at[0], at[1]) for day, at in calendar["hours"].items()}),
            context_words=tuple(word.lower() for word in document["passwords"]["context_words"]),
        )

    def topic(self, name: str) -> Topic:
        """The topic of this name.

        Raises:
            InvalidError: there is none.
        """
        if name not in self.topics:
            raise InvalidError("topic", "unknown_topic")
        return self.topics[name]

    def priority(self, name: str) -> Priority:
        """The priority of this name.

        Raises:
            InvalidError: there is none.
        """
        if name not in self.priorities:
            raise InvalidError("priority", "unknown_priority")
        return self.priorities[name]
