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
from helpdesk.model.people import Session

_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})
_QUIET = frozenset({"WARNING", "ERROR"})


def log_answer(request: Incoming, section: str, status: int, now: datetime, seconds: float) -> None:
    """Write down how a request was answered: a refusal and a fault always, and a refused sign-in is counted besides.

    Args:
        section: the first segment of the path below the API's prefix.
        seconds: how long it took.
    """
    is_refusal = status in _REFUSED
    refused_sign_in = is_refusal and request.method == "POST" and section == "sessions"
    is_fault = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if not (is_refusal or is_fault) and setting("POWERTOOLS_LOG_LEVEL") in _QUIET:
        return
    line = {
        **_head("ERROR" if is_fault else "INFO", "answered", request, now),
        "method": request.method,
        "section": section,
        "status": status,
        "milliseconds": round(seconds * 1000),
    }
    _write(line | (_counted("RefusedSignIns", now) if refused_sign_in else {}))


def log_sign_in(request: Incoming, session: Session) -> None:
    """Write down, whatever the level, whose session was opened; the line of the request says how and when."""
    head = _head("INFO", "session opened", request, session.created_at)
    _write({**head, "kind": session.kind, "account_id": session.account_id})


def _head(level: str, message: str, request: Incoming, now: datetime) -> dict[str, Any]:
    return {
        "level": level,
        "message": message,
        "timestamp": now.astimezone(UTC).isoformat(timespec="milliseconds"),
        "service": setting("POWERTOOLS_SERVICE_NAME"),
        "correlation_id": request.request_id,
    }


def _write(line: dict[str, Any]) -> None:
    print(json.dumps(line))  # noqa: T201 - Lambda's log is what is printed


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
