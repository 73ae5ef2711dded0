"""Somebody who is signed in proves to be the owner of the account: a session alone changes no credentials."""

from datetime import datetime

from helpdesk.actions.change_credentials import read_credentials
from helpdesk.actions.registry import Registry
from helpdesk.actions.sign_in_limits import counted
from helpdesk.model.account import Credentials
from helpdesk.model.errors import CredentialsError
from helpdesk.model.passwords import verify_password
from helpdesk.model.people import Session


def proven_credentials(registry: Registry, caller: Session, password: str, now: datetime) -> Credentials:
    """The caller's credentials, when the password is theirs; two requests.

    Raises:
        CredentialsError: it is wrong.
        TooManyRequestsError: too many wrong tries.
    """
    credentials = read_credentials(registry, caller.account_id)
    registry.accounts.commit(counted(registry, credentials.login, None, now))
    if not verify_password(credentials.password_hash, password):
        raise CredentialsError
    return credentials
