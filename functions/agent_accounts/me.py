"""Route of one's own entry."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from agent_accounts.services import registry
from helpdesk.actions.staff_directory import read_own_entry
from helpdesk.edge.gateway import caller
from helpdesk.edge.staff_models import StaffAccount

router = Router()


@router.get("/me", tags=["me"], summary="My entry in the directory")
def read() -> StaffAccount:
    """Name, e-mail address, role and topics of the caller."""
    return StaffAccount.of(read_own_entry(registry, caller(router)))
