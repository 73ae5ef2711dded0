"""Route of the agents' queue."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from agent_desk.services import cursors, office
from helpdesk.actions.work_queue import list_queue
from helpdesk.edge.desk_models import DeskTicket, DeskTicketPage
from helpdesk.edge.fields import Cursor, Limit, TopicName
from helpdesk.edge.gateway import caller

router = Router()


@router.get("/queue", tags=["queue"], summary="Tickets that wait for us, most pressing first")
def read(
    topic: Annotated[TopicName | None, Query()] = None,
    assignee: Annotated[str | None, Query(max_length=26)] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> DeskTicketPage:
    """A page of the queue; `assignee` is "me", "none" or the id of an agent."""
    agent, query = caller(router), f"queue {topic} {assignee}"
    start = cursors.open(cursor, agent.account_id, query)
    tickets, end = list_queue(
        office,
        agent,
        topic=topic,
        assignee=agent.account_id if assignee == "me" else assignee,
        limit=limit,
        after=start["place"]["S"] if start else None,
    )
    return DeskTicketPage(
        items=[DeskTicket.of(ticket) for ticket in tickets],
        next_cursor=cursors.seal({"place": {"S": end}} if end else None, agent.account_id, query),
    )
