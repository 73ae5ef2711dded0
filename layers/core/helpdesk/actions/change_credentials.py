"""How every change of credentials goes: one read, a decision, one transaction on the version read."""

import random
import time
from collections.abc import Callable, Sequence

from helpdesk.actions.registry import Registry
from helpdesk.model.account import Credentials
from helpdesk.model.errors import BusyError, UnauthenticatedError
from helpdesk.store import accounts
from helpdesk.store.table import Write

_ATTEMPTS = 8
_FIRST_PAUSE = 0.02

type Decision = Callable[[Credentials], tuple[Credentials, Sequence[Write]]]
"""From the credentials that stand there to those that shall, with the writes that go with them."""


def change_credentials(
    registry: Registry, account_id: str, decide: Decision, credentials: Credentials | None = None
) -> Credentials:
    """Change an account's credentials as decided, together with everything that goes with it.

    Args:
        credentials: what the caller has read already; without it they are read here.

    Raises:
        UnauthenticatedError: there is no such account.
        BusyError: others kept changing it.
    """
    for round_ in range(_ATTEMPTS):
        credentials = credentials or read_credentials(registry, account_id)
        changed, writes = decide(credentials)
        try:
            registry.accounts.commit([accounts.change(registry.accounts, changed), *writes])
        except accounts.StaleCredentialsError:
            credentials = None
            time.sleep(random.uniform(0, _FIRST_PAUSE * 2**round_))
        else:
            return changed
    raise BusyError


def read_credentials(registry: Registry, account_id: str) -> Credentials:
    """The credentials of somebody who is signed in.

    Raises:
        UnauthenticatedError: there are none.
    """
    credentials = accounts.find(registry.accounts, account_id)
    if credentials is None:
        raise UnauthenticatedError
    return credentials
