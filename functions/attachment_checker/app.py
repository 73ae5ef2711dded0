"""Checks what arrives in quarantine: S3 tells of each object version by itself, and of each tag of a scanner's."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote_plus

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.check_attachment import Laboratory, Upload, check_attachment
from helpdesk.aws import clients
from helpdesk.aws.uploads import FileStore, Quarantine
from helpdesk.edge.settings import setting
from helpdesk.model.correlation import correlation
from helpdesk.store.table import Table

_REQUEST_ID = 'Records[0].responseElements."x-amz-request-id"'

logger = Logger()
laboratory = Laboratory(
    desk=Table(clients.dynamodb(), setting("DESK_TABLE")),
    quarantine=Quarantine(clients.s3(), setting("UPLOADS_BUCKET")),
    files=FileStore(clients.s3(), setting("FILES_BUCKET")),
    awaits_scan=setting("MALWARE_PROTECTION") == "guardduty",
)


@logger.inject_lambda_context(correlation_id_path=_REQUEST_ID, clear_state=True)
def handler(event: dict[str, Any], _: LambdaContext) -> None:
    """Check every upload of the event; one that raises is delivered again by Lambda, twice."""
    for upload in _uploads(event):
        with correlation.of(logger.get_correlation_id() or ""):
            decided = check_attachment(laboratory, upload, datetime.now(UTC))
        if decided is None:
            logger.info("nothing to decide", upload=upload.key, version_id=upload.version_id)
        else:
            logger.info("decided", attachment_id=decided.id, state=decided.state, reason=decided.reason)


def _uploads(event: dict[str, Any]) -> Iterator[Upload]:
    """What the notification tells of: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html."""
    for record in event["Records"]:
        stored = record["s3"]["object"]
        yield Upload(key=unquote_plus(stored["key"]), version_id=stored["versionId"])
