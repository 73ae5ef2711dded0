"""What the form for a new ticket offers."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from customer_tickets.services import rules
from helpdesk.edge.form_models import Form

router = Router()


@router.get("/form", tags=["tickets"], summary="Topics, priorities, limits and labels")
def read_form() -> Form:
    """Everything that a form needs to be drawn and checked before it is sent."""
    return Form.of(rules)
