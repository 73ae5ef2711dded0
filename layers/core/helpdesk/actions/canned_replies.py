"""Canned replies: agents read those of their topics, supervisors and administrators keep them."""

from dataclasses import dataclass, replace
from datetime import datetime

from helpdesk.actions.agent_tickets import refuse_agents, visible
from helpdesk.actions.office import Office
from helpdesk.model.audit import Act, acted, differences
from helpdesk.model.canned_reply import CannedReply, refuse_unknown_placeholders
from helpdesk.model.errors import NotFoundError
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Session
from helpdesk.store import audit, canned_replies, tickets


def list_canned_replies(office: Office, agent: Session, topic: str | None) -> list[CannedReply]:
    """What the agent may answer with, in the order of writing; one request.

    Args:
        topic: what serves a ticket of this topic: its own replies, and those for every topic.

    Raises:
        InvalidError: unknown topic.
    """
    wanted = (None, office.rules.topic(topic).name) if topic else (None, *office.rules.topics)
    found = canned_replies.list_all(office.desk)
    return [reply for reply in found if reply.topic in wanted and reply.is_offered_to(agent)]


def read_canned_reply(office: Office, agent: Session, reply_id: str) -> CannedReply:
    """One canned reply; one request.

    Raises:
        NotFoundError: it is not there, or for a topic the agent does not work on.
    """
    reply = canned_replies.find(office.desk, reply_id)
    if reply is None or not reply.is_offered_to(agent):
        raise NotFoundError
    return reply


def fill_canned_reply(office: Office, agent: Session, reply_id: str, number: str) -> tuple[CannedReply, str]:
    """One canned reply, and its text for this ticket and this agent; two requests.

    Raises:
        NotFoundError: one of them is not there, or of a topic the agent does not work on.
    """
    reply = read_canned_reply(office, agent, reply_id)
    ticket = visible(tickets.find(office.desk, number), agent)
    return reply, reply.filled(ticket, agent.name)


@dataclass(frozen=True)
class CannedText:
    """What a canned reply says, and for which topic; None is for every one."""

    title: str
    body: str
    topic: str | None


def add_canned_reply(office: Office, keeper: Session, text: CannedText, now: datetime) -> CannedReply:
    """Write a canned reply; one request.

    Raises:
        ForbiddenError: agents do not keep them.
        InvalidError: unknown topic, or a placeholder that nothing fills.
    """
    _refuse(office, keeper, text)
    reply = CannedReply(new_id(now), text.title, text.body, now, text.topic)
    entry = acted(keeper.actor, Act.CANNED_REPLY_ADDED, reply.id, now, title=reply.title)
    office.desk.commit([canned_replies.creation(office.desk, reply), audit.record(office.desk, entry)])
    return reply


@dataclass(frozen=True)
class CannedPatch:
    """What changes of a canned reply; what is None stays.

    Args:
        moves: whether `topic` counts, which may be None for every topic.
    """

    title: str | None = None
    body: str | None = None
    topic: str | None = None
    moves: bool = False


def change_canned_reply(
    office: Office, keeper: Session, reply_id: str, patch: CannedPatch, now: datetime
) -> CannedReply:
    """Change a canned reply; two requests.

    Raises:
        ForbiddenError: agents do not keep them.
        NotFoundError: it is not there.
        InvalidError: unknown topic, or a placeholder that nothing fills.
        ConflictError: somebody else changed it this very moment.
    """
    refuse_agents(keeper)
    reply = read_canned_reply(office, keeper, reply_id)
    text = CannedText(
        title=patch.title if patch.title is not None else reply.title,
        body=patch.body if patch.body is not None else reply.body,
        topic=patch.topic if patch.moves else reply.topic,
    )
    _refuse(office, keeper, text)
    changed = replace(reply, title=text.title, body=text.body, topic=text.topic, changed_at=now)
    details = differences(reply, changed, "title", "topic", "body")
    entry = acted(keeper.actor, Act.CANNED_REPLY_CHANGED, reply.id, now, **details)
    office.desk.commit([canned_replies.change(office.desk, changed), audit.record(office.desk, entry)])
    return changed


def remove_canned_reply(office: Office, keeper: Session, reply_id: str, now: datetime) -> None:
    """Take a canned reply away; two requests.

    Raises:
        ForbiddenError: agents do not keep them.
        NotFoundError: it is not there.
    """
    refuse_agents(keeper)
    reply = read_canned_reply(office, keeper, reply_id)
    entry = acted(keeper.actor, Act.CANNED_REPLY_REMOVED, reply_id, now, title=reply.title)
    office.desk.commit([canned_replies.removal(office.desk, reply_id), audit.record(office.desk, entry)])


def _refuse(office: Office, keeper: Session, text: CannedText) -> None:
    refuse_agents(keeper)
    if text.topic is not None:
        office.rules.topic(text.topic)
    refuse_unknown_placeholders(text.body)
