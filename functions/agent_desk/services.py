"""What the routes of this function work with, made once for each execution environment."""

from helpdesk.actions.office import Office
from helpdesk.aws import clients
from helpdesk.aws.uploads import FileStore, Quarantine
from helpdesk.aws.webhooks import WebhookClient
from helpdesk.edge.cursors import Cursors
from helpdesk.edge.rules import load_rules, load_sla
from helpdesk.edge.settings import optional_setting, setting
from helpdesk.model.vault import WEBHOOK_SECRETS, Vault
from helpdesk.store.table import Table

sessions = Table(clients.dynamodb(), setting("SESSIONS_TABLE"))
office = Office(
    desk=Table(clients.dynamodb(), setting("DESK_TABLE")),
    rules=load_rules(),
    sla=load_sla(),
    shards=int(setting("QUEUE_SHARDS")),
)
cursors = Cursors((setting("CURSOR_KEY"), optional_setting("CURSOR_KEY_PREVIOUS")))
origin = optional_setting("INTERNAL_ORIGIN")
_signing = clients.s3(optional_setting("S3_PUBLIC_ENDPOINT"))
quarantine = Quarantine(_signing, setting("UPLOADS_BUCKET"))
files = FileStore(_signing, setting("FILES_BUCKET"))
webhook_vault = Vault((setting("WEBHOOK_KEY"), optional_setting("WEBHOOK_KEY_PREVIOUS")), WEBHOOK_SECRETS)
subscribers = WebhookClient()
