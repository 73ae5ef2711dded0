"""A customer registers: the number first has to prove itself by a code."""

from dataclasses import dataclass, replace
from datetime import datetime

from helpdesk.actions.open_session import SignedIn, Visit, customer_signed_in, opening
from helpdesk.actions.registry import CustomerRegistry
from helpdesk.actions.send_code import meet_challenge, open_challenge
from helpdesk.actions.sign_in_limits import code_forgiven
from helpdesk.model.account import Challenge, Credentials, Delivery, Purpose
from helpdesk.model.errors import CredentialsError
from helpdesk.model.identifiers import new_id
from helpdesk.model.passwords import hash_password, refuse_common
from helpdesk.model.people import Customer
from helpdesk.store import accounts, challenges, customers, limits
from helpdesk.store.table import Table, Write


@dataclass(frozen=True)
class Applicant:
    """Who wants an account, as it came through the edge's checks."""

    phone: str
    name: str
    password: str
    language: str


def register(registry: CustomerRegistry, applicant: Applicant, address: str, now: datetime) -> str:
    """Send a code to the number, or a notice if it has an account; three requests either way.

    Returns:
        The id of the registration.

    Raises:
        InvalidError: the password is a common one.
        TooManyRequestsError: the last code is too fresh, or the number or the address had too many.
    """
    refuse_common(applicant.password, registry.common_passwords, registry.rules.context_words)
    quota = registry.rules.quotas["registrations_address"]
    registry.accounts.apply(limits.use(registry.accounts, "registrations_address", address, quota, now))
    is_known = accounts.find_owner(registry.accounts, applicant.phone) is not None
    delivery = Delivery.NOTICE if is_known else Delivery.CODE
    challenge = replace(
        Challenge.opened(Purpose.REGISTRATION, applicant.phone, delivery, now),
        name=applicant.name,
        language=applicant.language,
        password_hash=hash_password(applicant.password),
    )
    return open_challenge(registry, challenge, address, applicant.language, now).id


def confirm_registration(
    registry: CustomerRegistry, registration_id: str, code: str, visit: Visit, now: datetime
) -> SignedIn[Customer]:
    """Open the account and its first session; three requests.

    Raises:
        CredentialsError: the code is wrong, too old, used or tried too often, or there is no such registration.
    """
    challenge = meet_challenge(registry, Purpose.REGISTRATION, registration_id, code, visit.address, now)
    customer = Customer(
        id=new_id(now),
        phone=challenge.to,
        name=challenge.name or "",
        language=challenge.language or "",
        created_at=now,
    )
    signed_in = customer_signed_in(customer, visit.device, now)
    credentials = Credentials(customer.id, customer.phone, challenge.password_hash or "")
    listing, session_writes = opening(registry, credentials, signed_in.session, visit, now)
    people = account_writes(registry.accounts, registry.desk, listing, customer)
    try:
        registry.accounts.commit(
            [
                *challenges.end(registry.accounts, challenge),
                *people,
                *session_writes,
                code_forgiven(registry, challenge.to, visit.address, now),
            ]
        )
    except accounts.LoginTakenError as error:
        raise CredentialsError from error
    return signed_in


def account_writes(accounts_table: Table, desk: Table, credentials: Credentials, customer: Customer) -> list[Write]:
    """A new customer: the way to sign in, and what the desk knows of him."""
    return [
        *accounts.creation(accounts_table, credentials),
        customers.creation(desk, customer),
        customers.phone_entry(desk, customer),
    ]
