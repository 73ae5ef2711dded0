"""People without the way through a code or an invitation: for a demo and for tests, never behind a route."""

from datetime import datetime

from helpdesk.actions.invite_staff import staff_writes
from helpdesk.actions.register import account_writes
from helpdesk.model.account import Credentials
from helpdesk.model.errors import ConflictError
from helpdesk.model.identifiers import new_id
from helpdesk.model.passwords import hash_password
from helpdesk.model.people import Customer, Role, StaffMember
from helpdesk.model.vault import Vault
from helpdesk.store.accounts import LoginTakenError
from helpdesk.store.table import Table


def create_customer(accounts: Table, desk: Table, name: str, phone: str, password: str, now: datetime) -> Customer:
    """A customer who can sign in at once.

    Args:
        phone: in canonical form.
        password: in canonical form.

    Raises:
        ConflictError: the phone number has an account.
    """
    customer = Customer(id=new_id(now), phone=phone, name=name, language="fa", created_at=now)
    credentials = Credentials(customer.id, phone, hash_password(password))
    try:
        accounts.commit(account_writes(accounts, desk, credentials, customer))
    except LoginTakenError as error:
        raise ConflictError from error
    return customer


def create_staff(
    accounts: Table,
    desk: Table,
    vault: Vault,
    email: str,
    name: str,
    password: str,
    role: Role,
    topics: tuple[str, ...],
    totp_secret: str,
    now: datetime,
) -> StaffMember:
    """A member of staff whose second factor is enrolled with this secret (base 32).

    Raises:
        ConflictError: the e-mail address has an account.
    """
    member = StaffMember(new_id(now), email, name, role, topics, True, now)
    credentials = Credentials(member.id, email, hash_password(password), totp_sealed=vault.seal(totp_secret))
    try:
        accounts.commit(staff_writes(accounts, desk, credentials, member))
    except LoginTakenError as error:
        raise ConflictError from error
    return member
