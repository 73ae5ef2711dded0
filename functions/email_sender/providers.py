"""Who sends the e-mail of this stack."""

from helpdesk.aws import clients
from helpdesk.aws.email import EmailProvider, LocalEmail, SesEmail
from helpdesk.aws.local_outbox import LocalOutbox
from helpdesk.edge.settings import optional_setting, setting


def email_provider() -> EmailProvider:
    """The provider that EMAIL_PROVIDER names.

    Raises:
        ValueError: there is none of that name.
    """
    match setting("EMAIL_PROVIDER"):
        case "local":
            return LocalEmail(LocalOutbox(optional_setting("LOCAL_OUTBOX")))
        case "ses":
            return SesEmail(clients.ses(), setting("EMAIL_SENDER"))
        case name:
            raise ValueError(f"EMAIL_PROVIDER is {name}: it must be local or ses")
