"""Keys of every item and index entry: pure functions, one place (the table in docs/data-model.md)."""

import hashlib
from datetime import date

from helpdesk.store.codec import Item


def _key(pk: str, sk: str) -> Item:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


# desk table: a ticket's item collection

TICKET_SORT = "TICKET"
MESSAGES_FROM = "MESSAGE"
"""Messages and, behind them, the ticket itself: read backwards, the ticket comes first."""


def ticket_partition(number: str) -> str:
    """Partition of a ticket, its messages, notes and events."""
    return f"TICKET#{number}"


def ticket(number: str) -> Item:
    """The ticket itself."""
    return _key(ticket_partition(number), TICKET_SORT)


def message_sort(message_id: str) -> str:
    """Sort key of a public message, and of any message in the agents' timeline."""
    return f"MESSAGE#{message_id}"


def message(number: str, message_id: str) -> Item:
    """A message that the customer may read."""
    return _key(ticket_partition(number), message_sort(message_id))


def note(number: str, message_id: str) -> Item:
    """An internal note: another prefix, so that no query for a customer can meet it."""
    return _key(ticket_partition(number), f"INTERNAL#{message_id}")


def event(number: str, event_id: str) -> Item:
    """An event of the ticket's history."""
    return _key(ticket_partition(number), f"EVENT#{event_id}")


def lone_event(event_id: str) -> Item:
    """An event of no ticket."""
    return _key(f"NEWS#{event_id}", f"EVENT#{event_id}")


# desk table: everything else


def attachment(attachment_id: str) -> Item:
    """An attachment."""
    return _key(f"ATTACHMENT#{attachment_id}", "ATTACHMENT")


def customer_partition(customer_id: str) -> str:
    """Partition of a customer's profile and inbox."""
    return f"CUSTOMER#{customer_id}"


PROFILE_SORT = "PROFILE"
"""Of a profile, also in the index of a customer's tickets, where it stands behind every time."""


def customer(customer_id: str) -> Item:
    """A customer's profile."""
    return _key(customer_partition(customer_id), PROFILE_SORT)


def customer_phone(phone_number: str) -> Item:
    """Whose phone number it is, for staff who look a customer up."""
    return _key(f"CUSTOMER#PHONE#{phone_number}", "OWNER")


INBOX_SORT = "NOTIFICATIONS"
INBOX_FROM = "NOTIFICATION"
"""Notifications and, behind them, their summary: read backwards, the summary comes first."""


def inbox(customer_id: str) -> Item:
    """The summary of a customer's inbox: how many are unread."""
    return _key(customer_partition(customer_id), INBOX_SORT)


def notification_sort(event_id: str) -> str:
    """Sort key of a notification."""
    return f"NOTIFICATION#{event_id}"


def notification(customer_id: str, event_id: str) -> Item:
    """One notification of a customer's inbox."""
    return _key(customer_partition(customer_id), notification_sort(event_id))


STAFF_PARTITION = "STAFF#DIRECTORY"
"""Partition of the whole staff directory: a few hundred entries at most, listed by one Query."""


def staff_member(staff_id: str) -> Item:
    """An entry of the staff directory."""
    return _key(STAFF_PARTITION, f"MEMBER#{staff_id}")


def departure(staff_id: str, since: str) -> Item:
    """That somebody stopped working on some topics at this time: tickets may be left in those hands."""
    return _key(f"STAFF#DEPARTURE#{staff_id}", since)


def audit_entry(entry_id: str) -> Item:
    """An entry of the audit trail."""
    return _key(f"AUDIT#{entry_id}", "AUDIT")


CANNED_REPLIES = "CANNED#REPLIES"
"""Partition of all canned replies: a few hundred at most, listed by one Query."""


def canned_reply(reply_id: str) -> Item:
    """One canned reply."""
    return _key(CANNED_REPLIES, f"REPLY#{reply_id}")


def idempotency(account_id: str, idempotency_key: str) -> Item:
    """What one caller's Idempotency-Key was answered with."""
    digest = hashlib.sha256(idempotency_key.encode()).hexdigest()
    return _key(f"IDEMPOTENCY#{account_id}#{digest}", "IDEMPOTENCY")


def limit(what: str, who: str, window: int) -> Item:
    """How much of a quota somebody used in the window that began at this epoch second."""
    return _key(f"LIMIT#{what}#{who}", f"{window:012}")


def delivery_partition(event_id: str) -> str:
    """Partition of the ledger rows of one event."""
    return f"DELIVERY#{event_id}"


def delivery_sort(channel: str, recipient: str) -> str:
    """Sort key of a ledger row."""
    return f"{channel}#{recipient}"


def delivery(event_id: str, channel: str, recipient: str) -> Item:
    """The ledger row of one event, channel and recipient."""
    return _key(delivery_partition(event_id), delivery_sort(channel, recipient))


def webhooks() -> str:
    """Partition of all subscriptions to events; they are few."""
    return "WEBHOOK#"


def webhook(webhook_id: str) -> Item:
    """One subscription."""
    return _key(webhooks(), f"WEBHOOK#{webhook_id}")


def imported(source: str, external_id: str) -> Item:
    """Which ticket somebody else's became."""
    return _key(f"IMPORT#{source}#{external_id}", "IMPORT")


def migration(name: str) -> Item:
    """How far a migration of the table is."""
    return _key(f"MIGRATION#{name}", "MIGRATION")


def report_partition(day: date) -> str:
    """Partition of a local day's counters."""
    return f"REPORT#{day.isoformat()}"


def report_counters(day: date, topic: str, priority: str, agent_id: str) -> Item:
    """What was counted on a local day of one topic and priority, and by one agent's hand."""
    return _key(report_partition(day), f"{topic}#{priority}#{agent_id}")


def export(export_id: str) -> Item:
    """An export of tickets."""
    return _key(f"EXPORT#{export_id}", "EXPORT")


REPORT_BACKLOG = "REPORT#BACKLOG"
"""Partition of the numbers of unsolved tickets: one item for each topic and priority."""


def report_backlog(topic: str, priority: str) -> Item:
    """How many tickets of one topic and priority are not solved."""
    return _key(REPORT_BACKLOG, f"{topic}#{priority}")


# indexes


def customer_tickets(customer_id: str) -> str:
    """gsi1: a customer's tickets."""
    return f"CUSTOMER#{customer_id}"


def customer_tickets_of_status(customer_id: str, status: str) -> str:
    """gsi2: a customer's tickets of one status."""
    return f"CUSTOMER#{customer_id}#{status}"


def opened_on(day: date, shard: int) -> str:
    """gsi2: tickets by the local day on which they were opened, as the events that tell of it."""
    return f"OPENED#{day.isoformat()}#{shard}"


def queue(topic: str, shard: int) -> str:
    """gsi3: tickets of a topic that wait for us."""
    return f"QUEUE#{topic}#{shard}"


def unassigned_queue(topic: str, shard: int) -> str:
    """gsi4: those of them that nobody has."""
    return f"UNASSIGNED#{topic}#{shard}"


def assigned_queue(assignee_id: str, topic: str) -> str:
    """gsi4: those of them that one agent has; not sharded, since one agent has few."""
    return f"ASSIGNED#{assignee_id}#{topic}"


def held(assignee_id: str) -> str:
    """gsi4: an agent's tickets that wait for the customer or are solved; the others stand in `assigned_queue`."""
    return f"HELD#{assignee_id}"


AUDIT = "AUDIT"
"""gsi1: the whole audit trail by time; not sharded, since a staff does little that is written there."""


def audit_of(actor_id: str) -> str:
    """gsi4: one actor's part of the audit trail."""
    return f"AUDIT#{actor_id}"


def clocks(shard: int) -> str:
    """gsi5: tickets by the next time something is due."""
    return f"CLOCK#{shard}"


def outbox(shard: int) -> str:
    """gsi5: events that have not been relayed."""
    return f"OUTBOX#{shard}"


def expiring(shard: int) -> str:
    """gsi5: attachments that no message holds, by the time they go."""
    return f"EXPIRING#{shard}"


DEPARTURES = "DEPARTURE#"
"""gsi5: departures whose tickets may still be in hand; not sharded, since they are rare."""


def parked() -> str:
    """gsi5: what could not be delivered and waits for an operator; not sharded, since it should be empty."""
    return "PARKED#"


# accounts and sessions tables


def phone(number: str) -> Item:
    """Whose account a phone number is."""
    return _key(f"PHONE#{number}", "OWNER")


def email(address: str) -> Item:
    """Whose account a staff e-mail address is."""
    return _key(f"EMAIL#{address}", "OWNER")


def credentials(account_id: str) -> Item:
    """Password, second factor and session list of an account."""
    return _key(f"ACCOUNT#{account_id}", "CREDENTIALS")


def challenge(challenge_id: str) -> Item:
    """A registration, a reset, another phone number or an e-mail address that waits for its code."""
    return _key(f"CHALLENGE#{challenge_id}", "CHALLENGE")


def sign_in_challenge(challenge_id: str) -> Item:
    """A sign-in of staff that waits for the second factor."""
    return _key(f"SIGN_IN#{challenge_id}", "SIGN_IN")


def invitation(invitation_id: str) -> Item:
    """An invitation to the staff, by the hash of its token."""
    return _key(f"INVITATION#{invitation_id}", "INVITATION")


def first_admin() -> Item:
    """That the first administrator was invited."""
    return _key("FIRST_ADMIN", "FIRST_ADMIN")


def code_sends(purpose: str, to: str) -> Item:
    """The latest code of one purpose sent to one phone number or e-mail address."""
    return _key(f"{'EMAIL' if '@' in to else 'PHONE'}#{to}", f"CODES#{purpose}")


def session(session_id: str) -> Item:
    """A session, by the hash of its token; this table has no sort key."""
    return {"pk": {"S": f"SESSION#{session_id}"}}
