"""What staff are refused on the way in, or as a proof, stands in the audit trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from helpdesk.actions.registry import Registry
from helpdesk.model.audit import Act, acted
from helpdesk.model.errors import CredentialsError
from helpdesk.model.people import Actor, Kind, Session
from helpdesk.store import audit


@contextmanager
def sign_in_refusals_written_down(
    registry: Registry, email: str, step: str, address: str, now: datetime
) -> Iterator[None]:
    """A sign-in that is refused here is written down under the address that was tried, known or not."""
    with _written_down(registry, Actor(Kind.AGENT, email, email), Act.SIGN_IN_REFUSED, step, address, now):
        yield


@contextmanager
def proof_refusals_written_down(
    registry: Registry, caller: Session, purpose: str, address: str, now: datetime
) -> Iterator[None]:
    """A wrong password or code of somebody who is signed in is written down: the session may be a stolen one."""
    with _written_down(registry, caller.actor, Act.PROOF_REFUSED, purpose, address, now):
        yield


@contextmanager
def _written_down(registry: Registry, tried: Actor, act: Act, step: str, address: str, now: datetime) -> Iterator[None]:
    try:
        yield
    except CredentialsError:
        entry = acted(tried, act, tried.id, now, step=step, address=address)
        registry.desk.commit([audit.record(registry.desk, entry)])
        raise
