"""Somebody who is signed in, on either side of the desk, chooses another password."""

from collections.abc import Sequence
from datetime import datetime

from helpdesk.actions.change_credentials import change_credentials
from helpdesk.actions.end_sessions import others, with_password
from helpdesk.actions.prove_password import proven_credentials
from helpdesk.actions.registry import Registry
from helpdesk.actions.security_news import security_news
from helpdesk.actions.sign_in_limits import forgiven
from helpdesk.model.account import Credentials
from helpdesk.model.errors import CredentialsError
from helpdesk.model.event import EventType
from helpdesk.model.passwords import hash_password, refuse_common
from helpdesk.model.people import Session
from helpdesk.store.table import Write


def change_customer_password(registry: Registry, caller: Session, present: str, password: str, now: datetime) -> None:
    """Set another password, end the caller's other sessions, and let the customer hear of it; three requests.

    Raises:
        InvalidError: the new password is a common one.
        CredentialsError: the present one is wrong.
        TooManyRequestsError: too many wrong tries.
    """
    news = security_news(registry.desk, EventType.PASSWORD_CHANGED, caller.account_id, now)
    change_password(registry, caller, present, password, now, [news])


def change_password(
    registry: Registry, caller: Session, present: str, password: str, now: datetime, trace: Sequence[Write] = ()
) -> None:
    """Set another password and end the caller's other sessions; three requests.

    Args:
        trace: what else is written of it, in the same transaction.

    Raises:
        InvalidError: the new password is a common one.
        CredentialsError: the present one is wrong.
        TooManyRequestsError: too many wrong tries.
    """
    refuse_common(password, registry.common_passwords, registry.rules.context_words)
    credentials = proven_credentials(registry, caller, present, now)
    password_hash = hash_password(password)

    def decide(standing: Credentials) -> tuple[Credentials, Sequence[Write]]:
        if standing.password_hash != credentials.password_hash:
            raise CredentialsError
        changed, ends = with_password(registry, standing, password_hash, others(standing, caller))
        return changed, [*ends, *forgiven(registry, credentials.login, None, now), *trace]

    change_credentials(registry, caller.account_id, decide, credentials)
