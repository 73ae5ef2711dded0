"""A ticket and the rules of its life: open → pending → resolved → closed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from helpdesk.model.errors import ClaimedError, ForbiddenError, NotRatableError, TicketClosedError, TransitionError
from helpdesk.model.event import Event, EventType
from helpdesk.model.people import Actor, Role, Session, StaffMember
from helpdesk.model.sla import Clocks, Sla

CLOSING_NOTICE = timedelta(days=1)
"""So long before a ticket closes by itself its customer is told."""


class Status(StrEnum):
    """Who has the next word."""

    OPEN = "open"
    PENDING = "pending"
    RESOLVED = "resolved"
    CLOSED = "closed"


@dataclass(frozen=True)
class Ticket:
    """The present state of a ticket; every method gives the next state and leaves this one as it is.

    Args:
        last_message_id: the newest public message of either side.
        last_answer_id: the newest public message of an agent.
        answered_by_event: the event that tells of it.
        read_id: the newest message that the customer has seen.
        clocks: the running first-response and resolution clocks.
        close_at: when a resolved ticket closes by itself.
        closing_notice_at: when its customer is told of that; None once it happened.
        shard: its part of the queue and of the work by time.
        version: grows by one with each change; a write is conditional on the version it was decided on.
        last_event_id: the newest event of the history.
        history_hash: its hash, to which the next event is chained.
    """

    number: str
    customer_id: str
    customer_name: str
    subject: str
    topic: str
    priority: str
    status: Status
    created_at: datetime
    last_activity_at: datetime
    last_message_id: str
    clocks: Clocks
    shard: int
    version: int = 0
    last_event_id: str | None = None
    history_hash: str = ""
    last_answer_id: str | None = None
    answered_by_event: str | None = None
    read_id: str | None = None
    assignee_id: str | None = None
    assignee_name: str | None = None
    first_answered_at: datetime | None = None
    resolved_at: datetime | None = None
    close_at: datetime | None = None
    closing_notice_at: datetime | None = None
    closed_at: datetime | None = None
    refers_to: str | None = None
    tags: tuple[str, ...] = ()
    rating: int | None = None
    rating_comment: str | None = None

    @property
    def next_alarm_at(self) -> datetime | None:
        """When time alone changes it next."""
        return self.closing_notice_at or self.close_at or self.clocks.next_alarm_at

    @property
    def has_unread_answer(self) -> bool:
        """Whether an agent wrote something that the customer has not seen."""
        return self.last_answer_id is not None and (self.read_id is None or self.last_answer_id > self.read_id)

    def after(self, event: Event) -> Self:
        """The state that the event tells of, chained to it."""
        answered_by = event.id if event.type == EventType.TICKET_ANSWERED else self.answered_by_event
        return replace(self, last_event_id=event.id, history_hash=event.hash, answered_by_event=answered_by)

    def with_customer_message(self, message_id: str, sla: Sla, now: datetime) -> Self:
        """The customer wrote: the ticket waits for us, from the first unanswered message on.

        Raises:
            TicketClosedError: a closed ticket takes no message.
        """
        self._refuse_closed()
        return replace(
            self,
            status=Status.OPEN,
            last_message_id=message_id,
            last_activity_at=now,
            read_id=message_id,
            clocks=sla.waiting(self.clocks, self.priority, now),
            resolved_at=None,
            close_at=None,
            closing_notice_at=None,
        )

    def with_answer(self, message_id: str, agent: Session, sla: Sla, now: datetime) -> Self:
        """An agent answered: the ticket waits for the customer, and belongs to whoever took it up.

        Raises:
            TicketClosedError: a closed ticket takes no message.
            ClaimedError: it belongs to another agent, and this one is no supervisor.
        """
        ticket = self if agent.role != Role.AGENT and self.assignee_id else self.claimed_by(agent.actor)
        return replace(
            ticket,
            status=Status.PENDING,
            last_message_id=message_id,
            last_answer_id=message_id,
            last_activity_at=now,
            first_answered_at=self.first_answered_at or now,
            clocks=sla.answered(self.clocks, self.priority, now),
            resolved_at=None,
            close_at=None,
            closing_notice_at=None,
        )

    def claimed_by(self, agent: Actor) -> Self:
        """The ticket in this agent's hands; nothing changes if it is already.

        Raises:
            TicketClosedError: nobody works on a closed ticket.
            ClaimedError: another agent has it.
        """
        self._refuse_closed()
        if self.assignee_id not in (None, agent.id):
            raise ClaimedError(self.assignee_id or "", self.assignee_name or "")
        return self.assigned_to(agent)

    def assigned_to(self, agent: Actor) -> Self:
        """The ticket in this agent's hands, whoever had it."""
        self._refuse_closed()
        return replace(self, assignee_id=agent.id, assignee_name=agent.name)

    def refuse_colleagues(self, agent: Session) -> None:
        """Nothing, unless the ticket is in a colleague's hands.

        Raises:
            ClaimedError: it is, and this one is no supervisor.
        """
        if agent.role == Role.AGENT and self.assignee_id not in (None, agent.account_id):
            raise ClaimedError(self.assignee_id or "", self.assignee_name or "")

    def left_by(self, member: StaffMember) -> Self:
        """The ticket in nobody's hands, if it was in those of a member who does not work on its topic any more."""
        if self.assignee_id != member.id or member.works_on(self.topic) or self.status == Status.CLOSED:
            return self
        return replace(self, assignee_id=None, assignee_name=None)

    def released(self, agent: Session) -> Self:
        """The ticket in nobody's hands.

        Raises:
            ForbiddenError: it is in another's hands, and this one is no supervisor.
        """
        self._refuse_closed()
        if agent.role == Role.AGENT and self.assignee_id not in (None, agent.account_id):
            raise ForbiddenError
        return replace(self, assignee_id=None, assignee_name=None)

    def resolved(self, sla: Sla, close_after: timedelta, now: datetime) -> Self:
        """Solved; it closes by itself unless the customer writes again.

        Raises:
            TransitionError: it is resolved or closed already.
        """
        if self.status in (Status.RESOLVED, Status.CLOSED):
            raise TransitionError(self.status, Status.RESOLVED)
        return replace(
            self,
            status=Status.RESOLVED,
            last_activity_at=now,
            clocks=sla.answered(self.clocks, self.priority, now),
            resolved_at=now,
            close_at=now + close_after,
            closing_notice_at=now + close_after - CLOSING_NOTICE,
        )

    def closed(self, now: datetime) -> Self:
        """Ended for good.

        Raises:
            TransitionError: only a resolved ticket closes.
        """
        if self.status != Status.RESOLVED:
            raise TransitionError(self.status, Status.CLOSED)
        return replace(
            self, status=Status.CLOSED, last_activity_at=now, closed_at=now, close_at=None, closing_notice_at=None
        )

    def moved_to(self, status: Status, sla: Sla, close_after: timedelta, now: datetime) -> Self:
        """The ticket in another status by an agent's hand.

        Raises:
            TransitionError: the status may not follow the present one.
        """
        match self.status, status:
            case ((Status.OPEN | Status.PENDING), Status.RESOLVED):
                return self.resolved(sla, close_after, now)
            case Status.RESOLVED, Status.CLOSED:
                return self.closed(now)
            case Status.OPEN, Status.PENDING:
                return replace(self, status=status, clocks=sla.answered(self.clocks, self.priority, now))
            case ((Status.PENDING | Status.RESOLVED), Status.OPEN):
                clocks = sla.waiting(self.clocks, self.priority, now)
                return replace(
                    self, status=status, clocks=clocks, resolved_at=None, close_at=None, closing_notice_at=None
                )
        raise TransitionError(self.status, status)

    def with_priority(self, priority: str, sla: Sla) -> Self:
        """Another priority: due times are computed again from the same starts."""
        self._refuse_closed()
        return replace(self, priority=priority, clocks=sla.recomputed(self.clocks, priority))

    def with_topic(self, topic: str, agent: Session) -> Self:
        """Another topic, and with it another queue; due times stay, since targets hang on the priority alone.

        Whoever has the ticket may not work on the new topic, and nobody else could take it from him there: it goes
        back into the queue, unless the agent who moves it has it himself and works on both.
        """
        self._refuse_closed()
        moved = replace(self, topic=topic)
        stays = topic == self.topic or (self.assignee_id == agent.account_id and agent.sees(topic))
        return moved if stays else replace(moved, assignee_id=None, assignee_name=None)

    def with_tags(self, tags: tuple[str, ...]) -> Self:
        """Other tags."""
        self._refuse_closed()
        return replace(self, tags=tags)

    def rated(self, score: int, comment: str, window: timedelta, now: datetime) -> Self:
        """How the customer says it went (1 to 5), once, and within the window after it was resolved.

        Raises:
            NotRatableError: it is not solved, was rated before, or too long ago.
        """
        until = self.ratable_until(window)
        if until is None or now > until:
            raise NotRatableError
        return replace(self, rating=score, rating_comment=comment or None)

    def ratable_until(self, window: timedelta) -> datetime | None:
        """Until when the customer may rate it; None while it is not solved, and once it was rated."""
        return self.resolved_at + window if self.resolved_at and self.rating is None else None

    def run_out(self, now: datetime) -> tuple[Self, EventType] | None:
        """What time alone has made of a solved ticket by now, one thing at a time; None if nothing ran out."""
        if self.close_at is not None and self.close_at <= now:
            return self.closed(now), EventType.TICKET_CLOSED
        if self.closing_notice_at is not None and self.closing_notice_at <= now:
            return replace(self, closing_notice_at=None), EventType.TICKET_CLOSING_SOON
        return None

    def with_breach(self, now: datetime) -> tuple[Self, EventType] | None:
        """The ticket with one late clock noticed; None if there is none that was not noticed before."""
        if self.clocks.is_response_late(now):
            noticed = replace(self.clocks, response_breached_at=now)
            return replace(self, clocks=noticed), EventType.RESPONSE_BREACHED
        if self.clocks.is_resolution_late(now):
            noticed = replace(self.clocks, resolution_breached_at=now)
            return replace(self, clocks=noticed), EventType.RESOLUTION_BREACHED
        return None

    def _refuse_closed(self) -> None:
        if self.status == Status.CLOSED:
            raise TicketClosedError
