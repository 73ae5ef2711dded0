"""A customer names an e-mail address, which has to prove itself by a code, or takes it away."""

from datetime import datetime

from helpdesk.actions.profile import read_profile
from helpdesk.actions.registry import CustomerRegistry
from helpdesk.actions.send_code import meet_challenge, open_challenge
from helpdesk.actions.sign_in_limits import code_forgiven
from helpdesk.model.account import Challenge, Delivery, Purpose
from helpdesk.model.errors import CredentialsError
from helpdesk.model.people import Customer, Session
from helpdesk.store import challenges, customers


def start_email_change(
    registry: CustomerRegistry, caller: Session, email: str, address: str, language: str, now: datetime
) -> str:
    """Send a code to the address; one request. Nobody signs in with it, so that several people may share one.

    Returns:
        The id of the change.

    Raises:
        TooManyRequestsError: the last code is too fresh, or the e-mail address, the account or the network address had
            too many.
    """
    challenge = Challenge.opened(Purpose.EMAIL_CHANGE, email, Delivery.CODE, now, caller.account_id)
    return open_challenge(registry, challenge, address, language, now).id


def confirm_email_change(
    registry: CustomerRegistry, caller: Session, change_id: str, code: str, address: str, now: datetime
) -> Customer:
    """Write to this address from now on, and to no other one; four requests.

    Raises:
        CredentialsError: the code is wrong, too old, used or tried too often, or it is no change of the caller's.
    """
    challenge = meet_challenge(registry, Purpose.EMAIL_CHANGE, change_id, code, address, now)
    if challenge.account_id != caller.account_id:
        raise CredentialsError
    registry.accounts.commit(
        [
            *challenges.end(registry.accounts, challenge),
            customers.email_change(registry.desk, caller.account_id, challenge.to),
            code_forgiven(registry, challenge.to, address, now),
        ]
    )
    return read_profile(registry, caller)


def remove_email(registry: CustomerRegistry, caller: Session) -> None:
    """Write to no address any more; one request. A code that is under way still counts."""
    registry.desk.apply(customers.email_end(registry.desk, caller.account_id))
