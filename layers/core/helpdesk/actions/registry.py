"""What the account actions work with: the tables, the operator's rules, and what only one side of the desk has."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from helpdesk.model.codes import CodeMessage, CodeSeal
from helpdesk.model.rules import Rules
from helpdesk.store.table import Table


@dataclass(frozen=True)
class Registry:
    """Tables and rules of all accounts.

    Args:
        common_passwords: what nobody may choose, in lower case.
    """

    accounts: Table
    sessions: Table
    desk: Table
    rules: Rules
    common_passwords: Collection[str]


@dataclass(frozen=True)
class CustomerRegistry(Registry):
    """And what customers' one-time codes need.

    Args:
        send: hands a message over to the sender of its channel.
        notify: the same for what tells of something done, which no fault on this way may undo; it raises nothing.
    """

    codes: CodeSeal
    send: Callable[[CodeMessage], None]
    notify: Callable[[CodeMessage], None]
