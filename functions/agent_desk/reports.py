"""Routes of the reports."""

from datetime import date
from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from agent_desk.services import office
from helpdesk.actions.read_reports import read_summary
from helpdesk.edge.gateway import caller
from helpdesk.edge.report_models import SummaryView

router = Router()


@router.get("/reports/summary", tags=["reports"], summary="What was done in a period")
def read(first: Annotated[date, Query(alias="from")], last: Annotated[date, Query(alias="to")]) -> SummaryView:
    """The figures of the local days from one date to another, at most 92; for supervisors."""
    return SummaryView.of(read_summary(office, caller(router), first, last))
