"""Routes of canned replies."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from agent_desk.services import office
from helpdesk.actions import canned_replies
from helpdesk.edge.canned_models import (
    CannedReplyChange,
    CannedReplyList,
    CannedReplyView,
    FilledCannedReply,
    NewCannedReply,
)
from helpdesk.edge.fields import DeskNumber, PathId
from helpdesk.edge.gateway import caller, current_time

router = Router()


@router.get("/canned-replies", tags=["canned replies"], summary="What may be answered with")
def list_all(topic: Annotated[str | None, Query()] = None) -> CannedReplyList:
    """The replies of the caller's topics, or of one of them, and those for every topic."""
    found = canned_replies.list_canned_replies(office, caller(router), topic)
    return CannedReplyList(items=[CannedReplyView.of(reply) for reply in found])


@router.get("/canned-replies/<reply_id>", tags=["canned replies"], summary="A canned reply, filled for a ticket")
def read(reply_id: PathId, ticket: Annotated[DeskNumber | None, Query()] = None) -> FilledCannedReply:
    """One canned reply; with the number of a ticket, `text` has its places filled."""
    if ticket is None:
        return FilledCannedReply.with_text(canned_replies.read_canned_reply(office, caller(router), reply_id), None)
    reply, text = canned_replies.fill_canned_reply(office, caller(router), reply_id, ticket)
    return FilledCannedReply.with_text(reply, text)


@router.post("/canned-replies", tags=["canned replies"], summary="Write a canned reply", status_code=201)
def create(reply: NewCannedReply) -> CannedReplyView:
    """For supervisors; a placeholder that nothing fills is refused."""
    return CannedReplyView.of(
        canned_replies.add_canned_reply(office, caller(router), reply.text(), current_time(router))
    )


@router.patch("/canned-replies/<reply_id>", tags=["canned replies"], summary="Change a canned reply")
def change(reply_id: PathId, changes: CannedReplyChange) -> CannedReplyView:
    """For supervisors; what is left out stays."""
    changed = canned_replies.change_canned_reply(
        office, caller(router), reply_id, changes.patch(), current_time(router)
    )
    return CannedReplyView.of(changed)


@router.delete("/canned-replies/<reply_id>", tags=["canned replies"], summary="Delete a canned reply", status_code=204)
def remove(reply_id: PathId) -> Response[None]:
    """For supervisors."""
    canned_replies.remove_canned_reply(office, caller(router), reply_id, current_time(router))
    return Response(204)
