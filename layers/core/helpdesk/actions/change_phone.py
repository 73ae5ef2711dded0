"""A customer who is signed in changes the phone number, with the password as a proof."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from helpdesk.actions.change_credentials import change_credentials
from helpdesk.actions.end_sessions import ending, others
from helpdesk.actions.prove_password import proven_credentials
from helpdesk.actions.registry import CustomerRegistry
from helpdesk.actions.security_news import security_news
from helpdesk.actions.send_code import meet_challenge, open_challenge
from helpdesk.actions.sign_in_limits import code_forgiven
from helpdesk.model.account import CHALLENGE_LIFETIME, Challenge, Credentials, Delivery, Purpose
from helpdesk.model.codes import CodeMessage
from helpdesk.model.errors import CredentialsError
from helpdesk.model.event import EventType
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Customer, Session
from helpdesk.store import accounts, challenges, customers
from helpdesk.store.table import Write


def start_phone_change(
    registry: CustomerRegistry,
    caller: Session,
    phone: str,
    password: str,
    address: str,
    language: str,
    now: datetime,
) -> str:
    """Send a code to the new number, or a notice if it has an account; four requests either way.

    Returns:
        The id of the change.

    Raises:
        CredentialsError: the password is wrong.
        TooManyRequestsError: too many wrong tries, the last code is too fresh, or there were too many.
    """
    proven_credentials(registry, caller, password, now)
    is_known = accounts.find_owner(registry.accounts, phone) is not None
    delivery = Delivery.NOTICE if is_known else Delivery.CODE
    challenge = Challenge.opened(Purpose.PHONE_CHANGE, phone, delivery, now, caller.account_id)
    return open_challenge(registry, challenge, address, language, now).id


def confirm_phone_change(
    registry: CustomerRegistry, caller: Session, change_id: str, code: str, address: str, now: datetime
) -> Customer:
    """Move the account to the new number, end the caller's other sessions, tell the old number; five requests.

    Raises:
        CredentialsError: the code is wrong, too old, used or tried too often, or it is no change of the caller's.
    """
    challenge = meet_challenge(registry, Purpose.PHONE_CHANGE, change_id, code, address, now)
    customer = customers.find(registry.desk, caller.account_id)
    if customer is None or challenge.account_id != caller.account_id:
        raise CredentialsError
    moved = replace(customer, phone=challenge.to)

    def decide(credentials: Credentials) -> tuple[Credentials, Sequence[Write]]:
        changed, ends = ending(registry, replace(credentials, login=challenge.to), others(credentials, caller))
        return changed, [
            *challenges.end(registry.accounts, challenge),
            accounts.login_entry(registry.accounts, changed),
            accounts.login_end(registry.accounts, credentials),
            customers.phone_change(registry.desk, moved.id, moved.phone),
            customers.phone_entry(registry.desk, moved),
            customers.phone_end(registry.desk, credentials.login),
            *ends,
            security_news(registry.desk, EventType.PHONE_CHANGED, moved.id, now),
            code_forgiven(registry, challenge.to, address, now),
        ]

    try:
        change_credentials(registry, caller.account_id, decide)
    except accounts.LoginTakenError as error:
        raise CredentialsError from error
    registry.notify(_farewell(customer, now))
    return moved


def _farewell(customer: Customer, now: datetime) -> CodeMessage:
    """To the number that was left: whoever holds it learns of a change that he did not make."""
    ends_at = now + CHALLENGE_LIFETIME
    return CodeMessage(new_id(now), customer.phone, None, Purpose.PHONE_CHANGED, ends_at, True, customer.language)
