"""What the console shows for topics, priorities and statuses."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from agent_desk.services import office
from helpdesk.edge.form_models import Form

router = Router()


@router.get("/form", tags=["tickets"], summary="Topics, priorities, limits and labels")
def read_form() -> Form:
    """The same that customers get."""
    return Form.of(office.rules)
