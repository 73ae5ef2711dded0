"""Who sends the text messages of this stack."""

from helpdesk.aws import clients
from helpdesk.aws.amazon import SnsSms
from helpdesk.aws.local_outbox import LocalOutbox
from helpdesk.aws.provider import Provider
from helpdesk.aws.secret import Secret
from helpdesk.aws.sms_gateway import SHAPES, GatewaySms
from helpdesk.edge.settings import optional_setting, setting
from helpdesk.model.delivery import Sms


def sms_provider() -> Provider[Sms]:
    """The provider that SMS_PROVIDER names.

    Raises:
        ValueError: there is none of that name.
    """
    sender = optional_setting("SMS_SENDER_ID")
    match setting("SMS_PROVIDER"):
        case "local":
            return LocalOutbox(optional_setting("LOCAL_OUTBOX"))
        case "aws":
            return SnsSms(clients.sns_for_sms(), sender)
        case "http":
            key = Secret(clients.secrets(), setting("SMS_HTTP_SECRET_ARN"))
            return GatewaySms(SHAPES[setting("SMS_HTTP_GATEWAY")], key, sender, optional_setting("SMS_HTTP_URL"))
        case name:
            raise ValueError(f"SMS_PROVIDER is {name}: it must be local, aws or http")
