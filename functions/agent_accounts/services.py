"""What the routes of this function work with, made once for each execution environment."""

from helpdesk.actions.staff_registry import StaffRegistry
from helpdesk.aws import clients
from helpdesk.edge.common_passwords import load_common_passwords
from helpdesk.edge.rules import load_rules
from helpdesk.edge.settings import optional_setting, setting
from helpdesk.model.vault import Vault
from helpdesk.store.table import Table

registry = StaffRegistry(
    accounts=Table(clients.dynamodb(), setting("ACCOUNTS_TABLE")),
    sessions=Table(clients.dynamodb(), setting("SESSIONS_TABLE")),
    desk=Table(clients.dynamodb(), setting("DESK_TABLE")),
    rules=load_rules(),
    common_passwords=load_common_passwords(),
    vault=Vault((setting("TOTP_KEY"), optional_setting("TOTP_KEY_PREVIOUS"))),
)
origin = optional_setting("INTERNAL_ORIGIN")
