"""A customer's own profile."""

from dataclasses import dataclass, replace

from helpdesk.actions.change_credentials import read_credentials
from helpdesk.actions.registry import Registry
from helpdesk.model.errors import BusyError, NotFoundError
from helpdesk.model.people import Customer, Session
from helpdesk.store import customers, sessions
from helpdesk.store.table import Write

_ATTEMPTS = 3


@dataclass(frozen=True)
class ProfilePatch:
    """What changes of a profile; what is None stays."""

    name: str | None = None
    language: str | None = None
    sms: bool | None = None
    by_email: bool | None = None

    def applied(self, customer: Customer) -> Customer:
        """The profile with the changes."""
        return replace(
            customer,
            name=self.name if self.name is not None else customer.name,
            language=self.language if self.language is not None else customer.language,
            sms=self.sms if self.sms is not None else customer.sms,
            by_email=self.by_email if self.by_email is not None else customer.by_email,
        )


def read_profile(registry: Registry, caller: Session) -> Customer:
    """The caller's profile; one request.

    Raises:
        NotFoundError: it is gone.
    """
    customer = customers.find(registry.desk, caller.account_id)
    if customer is None:
        raise NotFoundError
    return customer


def change_profile(registry: Registry, caller: Session, patch: ProfilePatch) -> Customer:
    """Change the caller's profile, and its copy in each running session; two requests, four with another name.

    Raises:
        NotFoundError: it is gone.
        BusyError: sessions kept ending meanwhile.
    """
    customer = read_profile(registry, caller)
    changed = patch.applied(customer)
    if changed == customer:
        return customer
    is_renamed = (changed.name, changed.language) != (customer.name, customer.language)
    for _ in range(_ATTEMPTS):
        copies = _renames(registry, changed) if is_renamed else []
        try:
            registry.desk.commit([customers.change(registry.desk, changed), *copies])
        except sessions.SessionGoneError:
            continue
        return changed
    raise BusyError


def _renames(registry: Registry, customer: Customer) -> list[Write]:
    credentials = read_credentials(registry, customer.id)
    running = sessions.find_many(registry.sessions, credentials.session_ids)
    return [sessions.rename(registry.sessions, each.id, customer.name, customer.language) for each in running]
