"""Notifications from before they named the ticket's subject get it.

New code writes the subject and reads a notification without one as it did before, so both may run side by side.
"""

from helpdesk.store import inbox, keys
from helpdesk.store.codec import Item, encode
from helpdesk.store.table import Table, Write
from operations.migrating.runner import MovedError


def step(desk: Table, item: Item) -> Write | None:
    """The subject for a notification that has none; one request more for each such."""
    if not item["sk"]["S"].startswith(keys.notification_sort("")) or "subject" in item:
        return None
    subject = inbox.subject_of(desk, item["ticket_number"]["S"])
    return desk.update(
        {"pk": item["pk"], "sk": item["sk"]},
        "SET subject = :subject",
        condition="attribute_exists(pk) AND attribute_not_exists(subject)",
        values={":subject": encode(subject)},
        refusal=lambda _: MovedError(),
    )
