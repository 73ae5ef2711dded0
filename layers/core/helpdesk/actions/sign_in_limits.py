"""How often somebody may try to prove who he is: wrong tries slow down, then lock for a while."""

from datetime import datetime

from helpdesk.actions.registry import Registry
from helpdesk.model.account import SIGN_IN_PACE
from helpdesk.store import limits
from helpdesk.store.table import Write

_ACCOUNT = "sign_in_account"
_ADDRESS = "sign_in_address"
_CODES = "code_tries_address"
_PACE = "sign_in_pace"


def counted(registry: Registry, login: str, address: str | None, now: datetime) -> list[Write]:
    """One more try for this login, known or not, and from this address; to be written before anything is compared."""
    writes = [
        limits.use(registry.accounts, _ACCOUNT, login, registry.rules.quotas[_ACCOUNT], now),
        limits.use(registry.accounts, _PACE, login, SIGN_IN_PACE, now),
    ]
    if address is not None:
        writes.append(_used(registry, _ADDRESS, login, address, now))
    return writes


def forgiven(registry: Registry, login: str, address: str | None, now: datetime) -> list[Write]:
    """The tries of this login are forgotten, and the one just counted for the address: it was right."""
    writes = [
        limits.clear(registry.accounts, _ACCOUNT, login, registry.rules.quotas[_ACCOUNT], now),
        limits.clear(registry.accounts, _PACE, login, SIGN_IN_PACE, now),
    ]
    return writes if address is None else [*writes, address_forgiven(registry, login, address, now)]


def address_forgiven(registry: Registry, login: str, address: str, now: datetime) -> Write:
    """The try just counted for the address does not count: many people may share it."""
    return _given_back(registry, _ADDRESS, login, address, now)


def code_counted(registry: Registry, phone: str, address: str, now: datetime) -> Write:
    """One more code tried from this address, whatever it was for."""
    return _used(registry, _CODES, phone, address, now)


def code_forgiven(registry: Registry, phone: str, address: str, now: datetime) -> Write:
    """The code just counted was right."""
    return _given_back(registry, _CODES, phone, address, now)


def _used(registry: Registry, what: str, login: str, address: str, now: datetime) -> Write:
    quota = limits.shared(registry.rules.quotas[what])
    return limits.use(registry.accounts, what, limits.part(address, login), quota, now)


def _given_back(registry: Registry, what: str, login: str, address: str, now: datetime) -> Write:
    quota = limits.shared(registry.rules.quotas[what])
    return limits.give_back(registry.accounts, what, limits.part(address, login), quota, now)
