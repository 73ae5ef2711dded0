"""One line for each request of an API: by which id its traces are found elsewhere, and how it ended.

Powertools' Logger and Metrics would cost these functions start-up that a caller waits for, so the line is written here,
in the same form. No address, path or query stands in it: they name tickets and hold tokens.
"""

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from helpdesk.edge.incoming import Incoming
from helpdesk.edge.settings import setting

_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})
_QUIET = frozenset({"WARNING", "ERROR"})


def log_answer(request: Incoming, section: str, status: int, now: datetime, seconds: float) -> None:
    """Write down how a request was answered; a refused sign-in is counted besides.

    Args:
        section: the first segment of the path below the API's prefix.
        seconds: how long it took.
    """
    refused = request.method == "POST" and section == "sessions" and status in _REFUSED
    is_fault = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if not (refused or is_fault) and setting("POWERTOOLS_LOG_LEVEL") in _QUIET:
        return
    line = {
        "level": "ERROR" if is_fault else "INFO",
        "message": "answered",
        "timestamp": now.astimezone(UTC).isoformat(timespec="milliseconds"),
        "service": setting("POWERTOOLS_SERVICE_NAME"),
        "correlation_id": request.request_id,
        "method": request.method,
        "section": section,
        "status": status,
        "milliseconds": round(seconds * 1000),
    }
    print(json.dumps(line | (_counted("RefusedSignIns", now) if refused else {})))  # noqa: T201 - Lambda's log is what is printed


def _counted(metric: str, now: datetime) -> dict[str, Any]:
    """What makes CloudWatch count the line (EMF), by the service that the line names.

    See https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """
    directive = {
        "Namespace": setting("POWERTOOLS_METRICS_NAMESPACE"),
        "Dimensions": [["service"]],
        "Metrics": [{"Name": metric, "Unit": "Count"}],
    }
    return {metric: 1, "_aws": {"Timestamp": int(now.timestamp() * 1000), "CloudWatchMetrics": [directive]}}
