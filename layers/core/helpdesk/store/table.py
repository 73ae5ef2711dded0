"""A DynamoDB table: the few requests the desk makes, each retried where that is safe."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk.model.errors import BusyError
from helpdesk.store.codec import Attribute, Item

_ATTEMPTS = 6
_FIRST_PAUSE = 0.03
_LONGEST_PAUSE = 0.5
_WHOLE_PAGE = 500
_PASSING = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


def _unexpected(_: Item) -> Exception:
    return AssertionError("a write without a condition was refused")


@dataclass(frozen=True)
class Write:
    """One write of a transaction, with what its failed condition means.

    Args:
        request: a member of TransactItems, such as ``{"Put": …}``, with its condition.
        refusal: the error to raise when the condition fails; it gets the item that stands there.
    """

    request: dict[str, Any]
    refusal: Callable[[Item], Exception]


@dataclass(frozen=True)
class Table:
    """One table, and the low-level client that reaches it (untyped: boto3's stubs refuse plain dictionaries)."""

    client: Any
    name: str

    def get(self, key: Item) -> Item | None:
        """The item of this key as it stands now."""
        answer: dict[str, Item] = self.client.get_item(TableName=self.name, Key=key, ConsistentRead=True)
        return answer.get("Item")

    def get_many(self, keys: Sequence[Item]) -> list[Item | None]:
        """The items of these keys in their order, by one BatchGetItem; at most 100.

        Raises:
            BusyError: DynamoDB left some of them unread again and again.
        """
        found: dict[str, Item] = {}
        wanted: list[Item] = list(keys)
        for attempt in range(_ATTEMPTS):
            answer = self.client.batch_get_item(RequestItems={self.name: {"Keys": wanted, "ConsistentRead": True}})
            found |= {_identity(item): item for item in answer["Responses"].get(self.name, [])}
            wanted = list(answer.get("UnprocessedKeys", {}).get(self.name, {}).get("Keys", []))
            if not wanted:
                return [found.get(_identity(key)) for key in keys]
            _pause(attempt)
        raise BusyError

    def query(
        self,
        condition: str,
        values: Mapping[str, str],
        *,
        limit: int,
        index: str | None = None,
        newest_first: bool = False,
        start: Item | None = None,
    ) -> tuple[list[Item], Item | None]:
        """One page: at most `limit` items, and the key to go on from (None at the end)."""
        request: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": {name: {"S": value} for name, value in values.items()},
            "Limit": limit + 1,  # one more tells whether there is a next page
            "ScanIndexForward": not newest_first,
        }
        if index:
            request["IndexName"] = index
        if start:
            request["ExclusiveStartKey"] = start
        answer = self.client.query(**request)
        page = answer["Items"][:limit]
        has_more = len(answer["Items"]) > limit or "LastEvaluatedKey" in answer
        return page, _position(page[-1], index) if has_more and page else None

    def query_whole(self, condition: str, values: Mapping[str, str], *, index: str | None = None) -> Iterator[Item]:
        """All items, page by page as they are asked for: for families that are few by their nature."""
        start: Item | None = None
        while True:
            page, start = self.query(condition, values, limit=_WHOLE_PAGE, index=index, start=start)
            yield from page
            if start is None:
                return

    def put(
        self,
        item: Item,
        *,
        condition: str = "attribute_not_exists(pk)",
        values: Mapping[str, Attribute] | None = None,
        names: Mapping[str, str] | None = None,
        refusal: Callable[[Item], Exception],
    ) -> Write:
        """The item, if the condition holds for what stands there (by default: nothing)."""
        request = {"TableName": self.name, "Item": item}
        return _write("Put", request, condition, values, names, refusal)

    def update(
        self,
        key: Item,
        expression: str,
        *,
        condition: str | None = None,
        values: Mapping[str, Attribute],
        names: Mapping[str, str] | None = None,
        refusal: Callable[[Item], Exception] = _unexpected,
    ) -> Write:
        """Some attributes of an item, if the condition holds."""
        request = {"TableName": self.name, "Key": key, "UpdateExpression": expression}
        return _write("Update", request, condition, values, names, refusal)

    def delete(
        self,
        key: Item,
        *,
        condition: str | None = None,
        values: Mapping[str, Attribute] | None = None,
        names: Mapping[str, str] | None = None,
        refusal: Callable[[Item], Exception] = _unexpected,
    ) -> Write:
        """The item's end, if the condition holds."""
        return _write("Delete", {"TableName": self.name, "Key": key}, condition, values, names, refusal)

    def check(
        self,
        key: Item,
        condition: str,
        *,
        values: Mapping[str, Attribute] | None = None,
        names: Mapping[str, str] | None = None,
        refusal: Callable[[Item], Exception],
    ) -> Write:
        """Nothing but a condition on an item that other writes depend on."""
        return _write("ConditionCheck", {"TableName": self.name, "Key": key}, condition, values, names, refusal)

    def apply(self, write: Write) -> None:
        """One write by itself.

        Raises:
            Exception: its refusal, when the condition failed.
        """
        ((operation, request),) = write.request.items()
        call = {"Put": self.client.put_item, "Update": self.client.update_item, "Delete": self.client.delete_item}
        try:
            call[operation](**request)
        except self.client.exceptions.ConditionalCheckFailedException as error:
            raise write.refusal(error.response.get("Item", {})) from error

    def commit(self, writes: Sequence[Write]) -> None:
        """All of the writes or none, in one TransactWriteItems.

        Raises:
            Exception: the refusal of the first write whose condition failed.
            BusyError: other transactions kept touching the same items.
        """
        for attempt in range(_ATTEMPTS):
            try:
                self.client.transact_write_items(TransactItems=[write.request for write in writes])
            except self.client.exceptions.TransactionCanceledException as error:
                reasons = error.response["CancellationReasons"]
                refusal = _first_refusal(writes, reasons)
                if refusal:
                    raise refusal from error
                if not _PASSING & {reason["Code"] for reason in reasons}:
                    raise
            else:
                return
            _pause(attempt)
        raise BusyError


def repeatable(write: Write) -> Write:
    """The same put whatever stands there: for what is written anew by whoever takes up a broken-off work."""
    request = {name: value for name, value in write.request["Put"].items() if name in ("TableName", "Item")}
    return Write({"Put": request}, write.refusal)


def _write(
    operation: str,
    request: dict[str, Any],
    condition: str | None,
    values: Mapping[str, Attribute] | None,
    names: Mapping[str, str] | None,
    refusal: Callable[[Item], Exception],
) -> Write:
    if condition:
        request["ConditionExpression"] = condition
    if values:
        request["ExpressionAttributeValues"] = dict(values)
    if names:
        request["ExpressionAttributeNames"] = dict(names)
    return Write({operation: {**request, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}}, refusal)


def _first_refusal(writes: Sequence[Write], reasons: Sequence[Mapping[str, Any]]) -> Exception | None:
    for write, reason in zip(writes, reasons, strict=True):
        if reason["Code"] == "ConditionalCheckFailed":
            return write.refusal(reason.get("Item", {}))
    return None


def _position(item: Item, index: str | None) -> Item:
    """The key that a query goes on from behind this item."""
    names = ("pk", "sk", f"{index}pk", f"{index}sk")
    return {name: item[name] for name in names if name in item}


def _identity(item: Item) -> str:
    return f"{item['pk']['S']}\0{item.get('sk', {}).get('S', '')}"


def _pause(attempt: int) -> None:
    """Full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/)."""
    time.sleep(random.uniform(0, min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**attempt)))
