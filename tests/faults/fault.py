"""What may go wrong between a function and AWS: each fault takes a call and a way to have it done, and answers or not.

A fault that gives None breaks the connection. Our clients wait `CALL_SECONDS` for an answer, those that send messages
`SENDING_SECONDS`; a fault that takes longer is one whose work is done, or will be, after the caller has given up.
"""

import json
import time
from collections.abc import Callable

from tests.faults.call import Call, Reply

CALL_SECONDS = 2.0
SENDING_SECONDS = 5.0

type Forward = Callable[[], Reply]
type Fault = Callable[[Call, Forward], Reply | None]

_THROTTLED = {
    "dynamodb": (400, "ProvisionedThroughputExceededException"),
    "sqs": (403, "RequestThrottled"),
    "sns": (400, "Throttling"),
    "s3": (503, "SlowDown"),
    "ses": (429, "TooManyRequestsException"),
}


def throttled(call: Call, _: Forward) -> Reply:
    """Asked too much: nothing was done."""
    return _error(call, *_THROTTLED.get(call.service, (400, "ThrottlingException")))


def failed(call: Call, _: Forward) -> Reply:
    """An error of the service itself: nothing was done."""
    return _error(call, 500, "InternalServerError")


def conflict(call: Call, forward: Forward) -> Reply:
    """Another transaction is at the same item, which is told of the last one; anything but a transaction is done."""
    if call.operation != "TransactWriteItems":
        return forward()
    reasons = [{"Code": "None"} for _ in call.document["TransactItems"]]
    reasons[-1] = {"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"}
    return _error(call, 400, "TransactionCanceledException", CancellationReasons=reasons)


def rejected(call: Call, _: Forward) -> Reply:
    """SES will never take this one."""
    return _error(call, 400, "MessageRejected")


def far_too_late(_: Call, forward: Forward) -> Reply:
    """It is done at once, and the answer comes when even senders have given up."""
    reply = forward()
    time.sleep(SENDING_SECONDS + 0.5)
    return reply


def failed_after(call: Call, forward: Forward) -> Reply:
    """It was done, and the answer is an error."""
    forward()
    return _error(call, 500, "InternalServerError")


def lost_answer(_: Call, forward: Forward) -> None:
    """It was done, and the connection breaks before the answer."""
    forward()


def reset(_: Call, __: Forward) -> None:
    """The connection breaks: nothing was done."""


def late(_: Call, forward: Forward) -> Reply:
    """It is done when the caller has given up, beside whatever the caller did instead."""
    time.sleep(CALL_SECONDS + 0.3)
    return forward()


def late_answer(_: Call, forward: Forward) -> Reply:
    """It is done at once, and the answer comes when the caller has given up."""
    reply = forward()
    time.sleep(CALL_SECONDS + 0.3)
    return reply


def slow(_: Call, forward: Forward) -> Reply:
    """It takes almost as long as the caller waits."""
    time.sleep(CALL_SECONDS - 0.5)
    return forward()


def duplicate(_: Call, forward: Forward) -> Reply:
    """It arrives twice."""
    forward()
    return forward()


FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (throttled, failed, conflict, failed_after, lost_answer, reset, late, late_answer, duplicate)
}


def _error(call: Call, status: int, code: str, **more: object) -> Reply:
    """An error in the words of the call's service."""
    if call.service in ("sns", "s3"):
        plain = f"<Error><Type>Receiver</Type><Code>{code}</Code><Message>injected</Message></Error>"
        text = plain if call.service == "s3" else f"<ErrorResponse>{plain}<RequestId>0</RequestId></ErrorResponse>"
        return Reply(status, (("Content-Type", "text/xml"),), text.encode())
    body = json.dumps({"__type": f"com.amazonaws#{code}", "message": "injected", **more}).encode()
    headers = (("Content-Type", "application/x-amz-json-1.0"), ("x-amzn-ErrorType", code))
    return Reply(status, headers, body)
