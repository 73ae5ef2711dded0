"""The way in before there is any staff: whoever may invoke the function gets one administrator's invitation."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from agent_accounts.services import registry
from helpdesk.actions.invite_staff import invite_first_admin
from helpdesk.edge.gateway import Gateway
from helpdesk.edge.staff_models import FirstAdmin, InvitationMade

_EVENT = "first_admin"


class OperatorGateway(Gateway):
    """The internal API's gateway, which also answers ``{"first_admin": {"email": …}}``.

    No API Gateway event has that member, so only IAM decides who may ask.
    """

    def __call__(self, event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        """Answer an API Gateway event, or an operator.

        Raises:
            pydantic.ValidationError: it is no e-mail address.
            ConflictError: the invitation was given out before.
        """
        if _EVENT not in event:
            return super().__call__(event, context)
        wanted = FirstAdmin.model_validate(event[_EVENT])
        invited = invite_first_admin(registry, wanted.email, _now())
        return InvitationMade.of(invited).model_dump(mode="json")


def _now() -> datetime:
    return datetime.now(UTC)
