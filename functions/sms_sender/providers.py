"""Who sends the text messages of this stack."""

from helpdesk.aws import clients
from helpdesk.aws.local_outbox import LocalOutbox
from helpdesk.aws.secret import Secret
from helpdesk.aws.sms import AwsSms, HttpSms, LocalSms, SmsProvider
from helpdesk.edge.settings import optional_setting, setting


def sms_provider() -> SmsProvider:
    """The provider that SMS_PROVIDER names.

    Raises:
        ValueError: there is none of that name.
    """
    match setting("SMS_PROVIDER"):
        case "local":
            return LocalSms(LocalOutbox(optional_setting("LOCAL_OUTBOX")))
        case "aws":
            return AwsSms(clients.sns_for_sms(), optional_setting("SMS_SENDER_ID"))
        case "http":
            key = Secret(clients.secrets(), setting("SMS_HTTP_SECRET_ARN"))
            return HttpSms(setting("SMS_HTTP_URL"), key, optional_setting("SMS_SENDER_ID"))
        case name:
            raise ValueError(f"SMS_PROVIDER is {name}: it must be local, aws or http")
