"""What the routes of webhooks work with besides: the subscribers' addresses are called, their secrets sealed."""

from helpdesk.aws.webhooks import WebhookClient
from helpdesk.edge.settings import optional_setting, setting
from helpdesk.model.vault import WEBHOOK_SECRETS, Vault

vault = Vault((setting("WEBHOOK_KEY"), optional_setting("WEBHOOK_KEY_PREVIOUS")), WEBHOOK_SECRETS)
subscribers = WebhookClient()
