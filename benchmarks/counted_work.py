"""Counted work: what each use case asks of AWS, by an event hook on the clients, with the capacity it consumes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from moto import mock_aws

from benchmarks.report import Section, Table
from benchmarks.use_cases import accounts, background, tickets
from benchmarks.use_cases.stage import Counted, Stage, stage
from tests.support.dynamodb_local import running

METHOD = """\
What each use case asks of AWS: every call of the product's clients, counted by an event hook in botocore, in one
process. Tables are DynamoDB Local's, AWS's own engine, which says the capacity that each request consumed; S3, SNS,
SQS and SES are moto's. For a transaction that engine says too little: as much for three small items as for one
(the cost counts by the items). The desk is a small one: threads of two messages, a list of two tickets. Signing an
address is no call. What Lambda, SNS, S3 and the stream do to bring the work to a function is not counted here.
`tests/functional/test_counted_work.py` asserts the calls, by this very code."""


def count(address: str | None = None) -> Mapping[str, Counted]:
    """Let everything happen that people and functions do, and give what each use case asked of AWS, by its name.

    Args:
        address: of a DynamoDB that holds no tables and says the capacity it consumes; moto, which says nothing true
            of capacity, without it.
    """
    with mock_aws(), stage(address) as made:
        _let_happen(made)
    return {counted.name: counted for counted in made.counted}


def count_with_capacity() -> Mapping[str, Counted]:
    """As `count`, on a DynamoDB Local of its own."""
    with running() as address:
        return count(address)


def measure() -> Section:
    """One row for each use case."""
    columns = ("use case", "function", "DynamoDB", "read units", "write units", "other calls")
    rows = [_row(counted) for counted in count_with_capacity().values()]
    return Section("Counted work", METHOD, [Table(columns, rows)])


def _let_happen(made: Stage) -> None:
    sara = accounts.register(made)
    boss, reza = accounts.found_office(made)
    background.idle_minute(made)
    number = tickets.ask(sara)
    tickets.answer(boss, reza, number)
    tickets.read_the_answer(sara, number)
    customer = sara.does("read my profile", "GET", "/me")
    tickets.look_around(boss, made, customer, datetime.now(ZoneInfo("Asia/Tehran")).date().isoformat())
    background.tell(made)
    background.read_notifications(sara)
    background.busy_minute(sara)
    accounts.keep_account(sara)
    accounts.keep_office(boss)


def _row(counted: Counted) -> list[str]:
    dynamodb = counted.of("dynamodb")
    others = [call for call in counted.calls if call.service != "dynamodb"]
    return [
        counted.name,
        counted.function,
        _shown([str(call) for call in dynamodb]),
        f"{counted.read_units:g}",
        f"{counted.write_units:g}",
        _shown([str(call) for call in others]),
    ]


def _shown(calls: Sequence[str]) -> str:
    """`GetItem sessions, 4 Query desk`."""
    return ", ".join(call if times == 1 else f"{times} {call}" for call, times in Counter(calls).items())
