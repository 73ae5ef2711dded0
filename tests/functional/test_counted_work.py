"""What each use case asks of AWS, counted by the code of `make bench`: the budgets of design §11."""

from collections.abc import Mapping

import pytest

from benchmarks.counted_work import count
from benchmarks.use_cases.stage import Counted

SESSION = "GetItem sessions"
READ, FIND = [SESSION, "Query desk"], [SESSION, "GetItem desk"]
WRITE = [SESSION, "TransactWriteItems desk"]
CHANGE = [SESSION, "BatchGetItem desk", "TransactWriteItems desk"]
SEND = ["TransactWriteItems desk"] * 2
"""The ledger's row, before and after."""
SHARDS, TOPICS = 4, 4
SWEEP = ["Query desk"] * (2 * SHARDS + 1)
"""Outbox and attachments of each shard, and what is parked."""
WATCH = ["Query desk"] * (SHARDS + 1)
"""The clocks of each shard, and departures."""

BUDGETS = {
    # customers: reading 1, opening 1 (with a picture 2), changing 2, downloading 2, besides the session's
    "read the form": [SESSION],
    "open a ticket": WRITE,
    "open a ticket with a picture": CHANGE,
    "list my tickets": READ,
    "list my open tickets": READ,
    "read a ticket": READ,
    "read a page of messages": READ,
    "add a message": CHANGE,
    "mark a ticket as read": [SESSION, "UpdateItem desk"],
    "say that it is solved": CHANGE,
    "rate a ticket": CHANGE,
    "ask for an upload": WRITE,
    "see how a picture's check goes": FIND,
    "download a picture": [*FIND, "GetItem desk"],
    "list my notifications": READ,
    "mark all notifications as read": [*READ, "UpdateItem desk"],
    # the desk: the same, and the queue by shards and topics
    "read the whole queue": [SESSION, *["Query desk"] * SHARDS * TOPICS],
    "read the queue of a topic": [SESSION, *["Query desk"] * SHARDS],
    "read my queue": READ,
    "read a ticket at the desk": READ,
    "read a page of messages and notes": READ,
    "claim a ticket": CHANGE,
    "release a ticket": CHANGE,
    "assign a ticket": CHANGE,
    "leave a note": CHANGE,
    "answer a ticket": CHANGE,
    "change a ticket's priority": CHANGE,
    "read a customer's card": READ,
    "list the canned replies of a topic": READ,
    "read a canned reply": FIND,
    "write a canned reply": WRITE,
    "list the subscribers": READ,
    "subscribe a system to events": [*READ, "TransactWriteItems desk"],
    "read the audit trail": READ,
    "ask for an export": WRITE,
    "fetch an export": [*FIND, "TransactWriteItems desk"],
    # one more than reading: the ticket says whether the caller may see it, the number who the customer is
    "read a ticket's history": [*FIND, "Query desk"],
    "list whom a ticket may be given to": [*FIND, "Query desk"],
    "find a customer by phone": [*FIND, "Query desk"],
    "read the report of a day": [SESSION, *["Query desk"] * (10 + 2)],
    # what nobody waits for
    "check a picture": [
        "GetItem desk",
        "s3 GetObject",
        *["s3 PutObject"] * 2,
        "PutItem desk",
        "TransactWriteItems desk",
        "s3 DeleteObject",
    ],
    "write an export": [
        *["Query desk"] * SHARDS,
        "BatchGetItem desk",
        "s3 PutObject",
        "TransactWriteItems desk",
    ],
    "relay an event": ["sns Publish", "UpdateItem desk"],
    "send an SMS": ["GetItem desk", *SEND, "sns Publish"],
    "send an e-mail to a customer": ["GetItem desk", *SEND, "email SendEmail"],
    "send an e-mail to an agent": ["Query desk", *SEND, "email SendEmail"],
    "call a subscriber": ["Query desk", *SEND],
    "write a notification": ["GetItem desk", "TransactWriteItems desk"],
    "count an opened ticket": ["TransactWriteItems desk"],
    "count an answer": ["TransactWriteItems desk"],
    "sweep, nothing left lying": SWEEP,
    "sweep, one event left lying": [*SWEEP, "sns Publish", "UpdateItem desk"],
    "watch the clocks, none ran out": WATCH,
    "watch the clocks, one ran out": [*WATCH, "BatchGetItem desk", "TransactWriteItems desk"],
}
"""What design §11 bounds, and what runs for each ticket or minute."""

ACCOUNTS = {
    "register": 4,
    "confirm a registration": 3,
    "sign in": 5,
    "sign out": 3,
    "read my profile": 2,
    "change my profile": 5,
    "list my sessions": 3,
    "end all other sessions": 3,
    "change my password": 4,
    "start a phone change": 6,
    "confirm a phone change": 7,
    "ask for a new password": 3,
    "set a new password": 4,
    "invite somebody to the staff": 3,
    "accept an invitation": 2,
    "sign in as staff": 4,
    "confirm the second factor": 5,
    "sign out as staff": 3,
    "list the staff": 2,
    "read a member of staff": 2,
    "change a member of staff": 5,
}
"""Calls of the accounts' routes, which design §11 leaves free: so that none comes in unseen."""


@pytest.fixture(scope="module")
def counted() -> Mapping[str, Counted]:
    return count()


@pytest.mark.parametrize("use_case", BUDGETS)
def test_a_use_case_asks_for_no_more_than_its_budget(counted: Mapping[str, Counted], use_case: str) -> None:
    assert sorted(str(call) for call in counted[use_case].calls) == sorted(BUDGETS[use_case])


@pytest.mark.parametrize("use_case", ACCOUNTS)
def test_an_account_route_makes_so_many_calls(counted: Mapping[str, Counted], use_case: str) -> None:
    assert len(counted[use_case].calls) == ACCOUNTS[use_case]


def test_every_use_case_has_a_budget(counted: Mapping[str, Counted]) -> None:
    assert counted.keys() == BUDGETS.keys() | ACCOUNTS.keys()
