"""Routes of the reports and of the exports behind them."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from agent_desk.buckets import files
from agent_desk.services import office
from helpdesk.actions.exports import ask_for_export, read_export
from helpdesk.actions.read_reports import read_summary
from helpdesk.edge.fields import Day, PathId
from helpdesk.edge.gateway import caller, current_time, language
from helpdesk.edge.report_models import ExportView, NewExport, SummaryView

router = Router()


@router.get("/reports/summary", tags=["reports"], summary="What was done in a period")
def read(first: Annotated[Day, Query(alias="from")], last: Annotated[Day, Query(alias="to")]) -> SummaryView:
    """The figures of the local days from one date to another, at most 92; for supervisors."""
    return SummaryView.of(read_summary(office, caller(router), first, last))


@router.post("/reports/exports", tags=["reports"], summary="Have the tickets of a period written down", status_code=202)
def create_export(wanted: NewExport) -> ExportView:
    """A file for a spreadsheet, in the caller's language; it is kept for seven days. For supervisors."""
    now = current_time(router)
    export = ask_for_export(office, caller(router), wanted.first, wanted.last, language(router), now)
    return ExportView.of(export, now)


@router.get(
    "/reports/exports/<export_id>",
    tags=["reports"],
    summary="Fetch an export, or see how far it is",
    responses={200: {"description": "How far it is"}, 303: {"description": "Where the file is, for five minutes"}},
)
def fetch_export(export_id: PathId) -> Response[ExportView]:
    """Redirects to the file once it is there; for supervisors."""
    now = current_time(router)
    export, address = read_export(office, files, caller(router), export_id, now)
    headers = {"Location": address} if address else {}
    return Response(303 if address else 200, "application/json", ExportView.of(export, now), headers)
