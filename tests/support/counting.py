"""Count what the product asks of AWS, by event hooks on its clients: for tests and benchmarks, never in production.

with counting(clients.dynamodb()) as calls:
    client("GET", "/tickets")
assert [str(call) for call in calls] == ["GetItem sessions", "Query desk"]
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any

WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem")
_LEAST_QUERY = 0.5
_SENT = "counted parameters"


@dataclass(frozen=True)
class Call:
    """One call; one that failed counts too, and botocore's repetitions of it do not.

    Args:
        service: as botocore names its endpoint, such as ``dynamodb``, ``s3``, ``sns``, ``sqs``, ``email``.
        tables: what a DynamoDB request names, in alphabetical order; empty for other services.
        units: consumed capacity, write units of a write, read units of anything else; 0 where it was not asked for.
    """

    service: str
    operation: str
    tables: tuple[str, ...] = ()
    units: float = 0.0

    @property
    def is_write(self) -> bool:
        """Whether its units are write units."""
        return self.operation in WRITES

    def __str__(self) -> str:
        """`Query desk`, `TransactWriteItems accounts desk`: a transaction or a batch is one request; `sns Publish`."""
        return " ".join([self.operation, *self.tables] if self.tables else [self.service, self.operation])


@contextmanager
def counting(*clients: Any, capacity: bool = False) -> Iterator[list[Call]]:
    """Yield the list of calls that these clients make from now on, oldest first, until the block ends.

    Args:
        capacity: have each DynamoDB request answered with its consumed capacity.
    """
    calls: list[Call] = []

    def note(model: Any, parsed: Mapping[str, Any], context: Mapping[str, Any], **_: Any) -> None:
        service = model.service_model.endpoint_prefix
        calls.append(Call(service, model.name, _tables(context[_SENT]), _units(model.name, parsed)))

    hooks = [("provide-client-params", _keep_parameters), ("after-call", note)]
    if capacity:
        hooks.append(("provide-client-params.dynamodb", _ask_for_capacity))
    with ExitStack() as hooked:
        for client, (event, hook) in product(clients, hooks):
            client.meta.events.register(event, hook)
            hooked.callback(client.meta.events.unregister, event, hook)
        yield calls


@contextmanager
def redirected(client: Any, address: str) -> Iterator[None]:
    """Let what a DynamoDB client asks for go to this engine, whatever address it was made with."""

    def send_there(request: Any, **_: Any) -> None:
        request.url = address

    client.meta.events.register("request-created.dynamodb", send_there)
    try:
        yield
    finally:
        client.meta.events.unregister("request-created.dynamodb", send_there)


def operations(calls: Iterable[Call]) -> list[str]:
    """Their names alone."""
    return [call.operation for call in calls]


def _keep_parameters(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
    context[_SENT] = params


def _ask_for_capacity(params: dict[str, Any], **_: Any) -> None:
    params["ReturnConsumedCapacity"] = "TOTAL"


def _tables(sent: Mapping[str, Any]) -> tuple[str, ...]:
    parts = [part for item in sent.get("TransactItems", []) for part in item.values()]
    names = {part["TableName"] for part in parts or [sent] if "TableName" in part}
    return tuple(sorted(names | sent.get("RequestItems", {}).keys()))


def _units(operation: str, parsed: Mapping[str, Any]) -> float:
    """As the engine says it, but for a query that finds nothing: DynamoDB Local says 0, AWS takes half a unit."""
    used = parsed.get("ConsumedCapacity")
    if used is None:
        return 0.0
    units: float = sum(each["CapacityUnits"] for each in (used if isinstance(used, list) else [used]))
    return max(units, _LEAST_QUERY) if operation == "Query" else units
