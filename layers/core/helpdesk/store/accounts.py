"""Credentials, and whose account a phone number or an e-mail address is."""

from dataclasses import replace

from helpdesk.model.account import Credentials
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, from_item, to_item
from helpdesk.store.table import Table, Write


class LoginTakenError(Exception):
    """The phone number or e-mail address belongs to an account."""


class StaleCredentialsError(Exception):
    """Somebody changed the credentials since they were read."""


def creation(accounts: Table, credentials: Credentials) -> tuple[Write, Write]:
    """New credentials, and the login that leads to them; it must be free."""
    item = {**keys.credentials(credentials.account_id), **to_item(credentials)}
    return login_entry(accounts, credentials), accounts.put(item, refusal=lambda _: LoginTakenError())


def login_entry(accounts: Table, credentials: Credentials) -> Write:
    """The login as the way to its account."""
    item = {**_login_key(credentials.login), "account_id": encode(credentials.account_id)}
    return accounts.put(item, refusal=lambda _: LoginTakenError())


def login_end(accounts: Table, credentials: Credentials) -> Write:
    """The login is free again; it was this account's."""
    return accounts.delete(
        _login_key(credentials.login),
        condition="account_id = :owner",
        values={":owner": encode(credentials.account_id)},
        refusal=lambda _: StaleCredentialsError(),
    )


def change(accounts: Table, credentials: Credentials) -> Write:
    """The next state of credentials, decided on the version they carry."""
    item = to_item(replace(credentials, version=credentials.version + 1))
    return accounts.put(
        {**keys.credentials(credentials.account_id), **item},
        condition="version = :read",
        values={":read": encode(credentials.version)},
        refusal=lambda _: StaleCredentialsError(),
    )


def removal(accounts: Table, account_id: str) -> Write:
    """The end of credentials; nothing happens if they are gone."""
    return accounts.delete(keys.credentials(account_id))


def login_removal(accounts: Table, login: str) -> Write:
    """The login is free again; nothing happens if it is already."""
    return accounts.delete(_login_key(login))


def find(accounts: Table, account_id: str) -> Credentials | None:
    """The credentials of this account, as they stand now."""
    item = accounts.get(keys.credentials(account_id))
    return from_item(Credentials, item) if item else None


def find_owner(accounts: Table, login: str) -> str | None:
    """The id of the account that this login leads to."""
    item = accounts.get(_login_key(login))
    return item["account_id"]["S"] if item else None


def _login_key(login: str) -> Item:
    return keys.email(login) if "@" in login else keys.phone(login)
