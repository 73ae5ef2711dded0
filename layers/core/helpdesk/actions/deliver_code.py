"""A one-time code goes out to its owner, by whichever channel."""

from collections.abc import Callable
from datetime import datetime

from helpdesk.aws.provider import Provider
from helpdesk.model.codes import CodeMessage
from helpdesk.model.delivery import DeliveryState, RefusedError, UncertainError


def deliver_code[Message](
    provider: Provider[Message],
    write: Callable[[CodeMessage, datetime], Message],
    code: CodeMessage,
    now: datetime,
) -> DeliveryState:
    """Send a one-time code unless it is too late for it. Nothing is written down: who gets none asks for another.

    Args:
        write: puts the code into the words of the channel.

    Raises:
        NotSentError: trying again later may help.
    """
    if not code.deliver or code.expires_at <= now:
        return DeliveryState.SUPPRESSED
    try:
        provider.send(write(code, now))
    except RefusedError:
        return DeliveryState.FAILED
    except UncertainError:
        return DeliveryState.UNKNOWN
    return DeliveryState.SENT
