"""How much a customer may do, counted for himself and for the address he comes from."""

from datetime import datetime

from helpdesk.actions.office import Office
from helpdesk.model.people import Kind, Session
from helpdesk.store import limits
from helpdesk.store.table import Write


def counters(office: Office, who: Session, address: str, now: datetime, **amounts: int) -> list[Write]:
    """So much more of each quota named, to be written by the transaction that does it; staff have no quotas.

    Each refuses with `TooManyRequestsError` when the customer's quota, or that of the address, is used up.
    """
    if who.kind != Kind.CUSTOMER:
        return []
    part, quotas = limits.part(address, who.account_id), office.rules.quotas
    own = [limits.use(office.desk, what, who.account_id, quotas[what], now, n) for what, n in amounts.items()]
    everybodys = {f"{what}_address": amount for what, amount in amounts.items()}
    return own + [
        limits.use(office.desk, what, part, limits.shared(quotas[what]), now, n) for what, n in everybodys.items()
    ]
