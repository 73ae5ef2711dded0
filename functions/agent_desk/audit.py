"""Route of the audit trail."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from agent_desk.services import cursors, office
from helpdesk.actions.read_audit import read_audit
from helpdesk.edge.audit_models import AuditEntryView, AuditPage
from helpdesk.edge.fields import Cursor, Day, Limit
from helpdesk.edge.gateway import caller

router = Router()


@router.get("/audit", tags=["audit"], summary="Who of the staff did what, newest first")
def list_entries(
    first: Annotated[Day | None, Query(alias="from")] = None,
    last: Annotated[Day | None, Query(alias="to")] = None,
    actor: Annotated[str | None, Query(min_length=1, max_length=100)] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> AuditPage:
    """Sign-ins and administrative acts, of local days or of one actor; for administrators. Nothing changes them."""
    admin, query = caller(router), f"audit {first} {last} {actor}"
    start = cursors.open(cursor, admin.account_id, query)
    entries, end = read_audit(office, admin, first, last, actor, limit, start)
    return AuditPage(
        items=[AuditEntryView.of(entry) for entry in entries],
        next_cursor=cursors.seal(end, admin.account_id, query),
    )
