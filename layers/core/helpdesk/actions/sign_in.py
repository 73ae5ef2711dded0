"""A customer signs in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from helpdesk.actions.change_credentials import change_credentials
from helpdesk.actions.open_session import SignedIn, Visit, customer_signed_in, opening
from helpdesk.actions.registry import Registry
from helpdesk.actions.sign_in_limits import counted, forgiven
from helpdesk.model.account import Credentials
from helpdesk.model.errors import CredentialsError
from helpdesk.model.passwords import hash_password, is_outdated, verify_password
from helpdesk.model.people import Customer
from helpdesk.store import accounts, customers
from helpdesk.store.table import Write

_NOBODY = "nobody"


def sign_in(registry: Registry, phone: str, password: str, visit: Visit, now: datetime) -> SignedIn[Customer]:
    """Open a session; three requests and one password's work when something is wrong, whatever it is, else five.

    Raises:
        CredentialsError: number or password is wrong.
        TooManyRequestsError: too many wrong tries with this number or from this address.
    """
    credentials = verified_credentials(registry, phone, password, visit.address, now)
    customer = customers.find(registry.desk, credentials.account_id)
    if customer is None:
        raise CredentialsError
    signed_in = customer_signed_in(customer, visit.device, now)
    verified_hash = credentials.password_hash

    def decide(present: Credentials) -> tuple[Credentials, Sequence[Write]]:
        if present.password_hash != verified_hash or not present.enabled:
            raise CredentialsError
        listing, writes = opening(registry, renewed(present, password), signed_in.session, visit, now)
        return listing, [*writes, *forgiven(registry, phone, visit.address, now)]

    change_credentials(registry, credentials.account_id, decide, credentials)
    return signed_in


def verified_credentials(registry: Registry, login: str, password: str, address: str, now: datetime) -> Credentials:
    """The credentials that login and password belong to; three requests, known or not.

    Raises:
        CredentialsError: one of them is wrong, or the account is disabled.
        TooManyRequestsError: too many wrong tries with this login or from this address.
    """
    registry.accounts.commit(counted(registry, login, address, now))
    account_id = accounts.find_owner(registry.accounts, login)
    credentials = accounts.find(registry.accounts, account_id or _NOBODY)
    is_right = verify_password(credentials.password_hash if credentials else None, password)
    if credentials is None or not is_right or not credentials.enabled:
        raise CredentialsError
    return credentials


def renewed(credentials: Credentials, password: str) -> Credentials:
    """The credentials with the password hashed anew, if its hash was made with weaker parameters than today's."""
    if not is_outdated(credentials.password_hash):
        return credentials
    return replace(credentials, password_hash=hash_password(password))
