"""A customer who lost the password proves the number and chooses another one."""

from collections.abc import Sequence
from datetime import datetime

from helpdesk.actions.change_credentials import change_credentials
from helpdesk.actions.end_sessions import with_password
from helpdesk.actions.registry import CustomerRegistry
from helpdesk.actions.security_news import security_news
from helpdesk.actions.send_code import meet_challenge, open_challenge
from helpdesk.actions.sign_in_limits import code_forgiven, forgiven
from helpdesk.model.account import Challenge, Credentials, Delivery, Purpose
from helpdesk.model.errors import CredentialsError
from helpdesk.model.event import EventType
from helpdesk.model.passwords import hash_password, refuse_common
from helpdesk.store import accounts, challenges
from helpdesk.store.table import Write


def start_reset(registry: CustomerRegistry, phone: str, address: str, language: str, now: datetime) -> str:
    """Send a code to the number if it has an account; two requests either way.

    Returns:
        The id of the reset.

    Raises:
        TooManyRequestsError: the last code is too fresh, or the number or the address had too many.
    """
    account_id = accounts.find_owner(registry.accounts, phone)
    delivery = Delivery.CODE if account_id else Delivery.NOTHING
    challenge = Challenge.opened(Purpose.PASSWORD_RESET, phone, delivery, now, account_id)
    return open_challenge(registry, challenge, address, language, now).id


def confirm_reset(
    registry: CustomerRegistry, reset_id: str, code: str, password: str, address: str, now: datetime
) -> None:
    """Set the password, end every session and forget wrong sign-ins; four requests.

    Raises:
        InvalidError: the password is a common one.
        CredentialsError: the code is wrong, too old, used or tried too often, or there is no such reset.
    """
    refuse_common(password, registry.common_passwords, registry.rules.context_words)
    challenge = meet_challenge(registry, Purpose.PASSWORD_RESET, reset_id, code, address, now)
    password_hash = hash_password(password)

    def decide(credentials: Credentials) -> tuple[Credentials, Sequence[Write]]:
        if credentials.login != challenge.to:
            raise CredentialsError
        changed, ends = with_password(registry, credentials, password_hash, credentials.session_ids)
        forgotten = [
            *forgiven(registry, challenge.to, None, now),
            code_forgiven(registry, challenge.to, address, now),
        ]
        news = security_news(registry.desk, EventType.PASSWORD_CHANGED, credentials.account_id, now)
        return changed, [*challenges.end(registry.accounts, challenge), *ends, *forgotten, news]

    change_credentials(registry, challenge.account_id or "", decide)
