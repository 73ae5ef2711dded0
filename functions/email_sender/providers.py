"""Who sends the e-mail of this stack."""

from helpdesk.aws import clients
from helpdesk.aws.amazon import SesEmail
from helpdesk.aws.local_outbox import LocalOutbox
from helpdesk.aws.provider import Provider
from helpdesk.edge.settings import optional_setting, setting
from helpdesk.model.delivery import Email


def email_provider() -> Provider[Email]:
    """The provider that EMAIL_PROVIDER names.

    Raises:
        ValueError: there is none of that name.
    """
    match setting("EMAIL_PROVIDER"):
        case "local":
            return LocalOutbox(optional_setting("LOCAL_OUTBOX"))
        case "ses":
            return SesEmail(clients.ses(), setting("EMAIL_SENDER"))
        case name:
            raise ValueError(f"EMAIL_PROVIDER is {name}: it must be local or ses")
