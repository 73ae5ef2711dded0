"""The way in before there is any staff: whoever may invoke the function gets one administrator's invitation."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from agent_accounts.services import registry
from helpdesk.actions.invite_staff import invite_first_admin
from helpdesk.edge.staff_models import FirstAdmin, InvitationMade


def invite(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The invitation of the first administrator, as ``{"email": …}`` asks for it.

    Raises:
        pydantic.ValidationError: it is no e-mail address.
        ConflictError: the invitation was given out before.
    """
    email = FirstAdmin.model_validate(wanted).email
    invited = invite_first_admin(registry, email, _now())
    return InvitationMade.of(invited).model_dump(mode="json")


def _now() -> datetime:
    return datetime.now(UTC)
