"""The gateway of the staff's accounts, with a door for operators beside it."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from helpdesk.edge.gateway import Gateway

_EVENT = "first_admin"


class OperatorGateway(Gateway):
    """The internal API's gateway, which also answers ``{"first_admin": {"email": …}}``.

    No API Gateway event has that member, so only IAM decides who may ask.
    """

    def __call__(self, event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        """Answer an API Gateway event, or an operator; what the latter needs is imported only then."""
        if _EVENT not in event:
            return super().__call__(event, context)
        invited: dict[str, Any] = import_module("agent_accounts.first_admin").invite(event[_EVENT])
        return invited
