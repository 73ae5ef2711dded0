"""What the routes of this function work with, made once for each execution environment."""

from helpdesk.actions.office import Office
from helpdesk.aws import clients
from helpdesk.edge.cursors import Cursors
from helpdesk.edge.rules import load_rules
from helpdesk.edge.settings import optional_setting, setting
from helpdesk.edge.sla import load_sla
from helpdesk.store.table import Table

rules = load_rules()
sessions = Table(clients.dynamodb(), setting("SESSIONS_TABLE"))
office = Office(
    desk=Table(clients.dynamodb(), setting("DESK_TABLE")),
    rules=rules,
    sla=load_sla(),
    shards=int(setting("QUEUE_SHARDS")),
)
cursors = Cursors((setting("CURSOR_KEY"), optional_setting("CURSOR_KEY_PREVIOUS")))
origin = optional_setting("PUBLIC_ORIGIN")
origin_verify = optional_setting("ORIGIN_VERIFY")
