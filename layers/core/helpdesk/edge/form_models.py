"""What the form for a new ticket offers."""

from collections.abc import Mapping
from typing import Self

from helpdesk.edge.fields import PriorityName, TopicName, View
from helpdesk.model.attachment import CONTENT_TYPES
from helpdesk.model.rules import Rules
from helpdesk.model.ticket import Status


class FormTopic(View):
    """A topic; labels and hints by language."""

    name: TopicName
    label: Mapping[str, str]
    hint: Mapping[str, str]


class FormPriority(View):
    """A priority, and within how many business hours it is answered."""

    name: PriorityName
    label: Mapping[str, str]
    first_response_hours: int


class FormStatus(View):
    """A status of a ticket, in words."""

    name: Status
    label: Mapping[str, str]


class FormLimits(View):
    """Sizes in characters, bytes and pieces; the content types that may be attached."""

    subject_length: int
    description_length: int
    message_length: int
    attachments_per_message: int
    attachment_bytes: int
    content_types: list[str]


class Form(View):
    """Everything that a form needs to be drawn and checked before it is sent."""

    topics: list[FormTopic]
    priorities: list[FormPriority]
    statuses: list[FormStatus]
    limits: FormLimits

    @classmethod
    def of(cls, rules: Rules) -> Self:
        """The form by the operator's rules."""
        limits = rules.limits
        return cls(
            topics=[FormTopic(name=t.name, label=t.label, hint=t.hint) for t in rules.topics.values()],
            priorities=[
                FormPriority(name=p.name, label=p.label, first_response_hours=p.first_response_hours)
                for p in rules.priorities.values()
            ],
            statuses=[FormStatus(name=Status(name), label=label) for name, label in rules.statuses.items()],
            limits=FormLimits(
                subject_length=limits.subject_length,
                description_length=limits.description_length,
                message_length=limits.message_length,
                attachments_per_message=limits.attachments_per_message,
                attachment_bytes=limits.attachment_bytes,
                content_types=list(CONTENT_TYPES),
            ),
        )
