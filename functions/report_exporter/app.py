"""Exports of tickets that supervisors asked for become files."""

from typing import Any
from zoneinfo import ZoneInfo

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.exports import Bureau, write_export
from helpdesk.aws import clients
from helpdesk.aws.uploads import FileStore
from helpdesk.edge.rules import load_rules, read_toml
from helpdesk.edge.settings import setting
from helpdesk.store import exports
from helpdesk.store.table import Table

logger = Logger()
metrics = Metrics()
bureau = Bureau(
    desk=Table(clients.dynamodb(), setting("DESK_TABLE")),
    files=FileStore(clients.s3(), setting("FILES_BUCKET")),
    rules=load_rules(),
    shards=int(setting("QUEUE_SHARDS")),
    zone=ZoneInfo(load_rules().hours.time_zone),
    headings=read_toml("edge/texts.toml")["export"],
)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], _: LambdaContext) -> None:
    """Write each export of the batch; what fails comes again, twice."""
    for record in event["Records"]:
        export = write_export(bureau, exports.from_image(record["dynamodb"]["NewImage"]))
        logger.info("written", export=export.id, rows=export.rows)
        metrics.add_metric(name="TicketsExported", unit=MetricUnit.Count, value=export.rows)
