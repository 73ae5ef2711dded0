"""People of an import: customers by phone number, agents by e-mail address."""

from datetime import datetime

from helpdesk.actions.register import account_writes
from helpdesk.model.account import Credentials
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Actor, Customer, Kind, StaffMember
from helpdesk.store import staff
from operations.holdings import Holdings
from operations.importing.form import ImportedAuthor, ImportedCustomer

_NOT_HERE = "imported"
"""The id of every agent who is not in the directory; the name says who it was."""


class People:
    """The staff directory as it stands, and customers as they are asked for."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._staff = {member.email: member for member in staff.list_all(holdings.desk)}

    def customer(self, asked: ImportedCustomer, now: datetime) -> Actor:
        """The customer, who gets an account without a password if there is none: a reset sets one."""
        found = self._holdings.find_customer(asked.phone) or self._open_account(asked, now)
        return Actor(Kind.CUSTOMER, found, asked.name)

    def _open_account(self, asked: ImportedCustomer, now: datetime) -> str:
        customer = Customer(new_id(now), asked.phone, asked.name, "fa", now, email=asked.email)
        credentials = Credentials(customer.id, customer.phone, password_hash="")  # no password has this hash
        self._holdings.desk.commit(account_writes(self._holdings.accounts, self._holdings.desk, credentials, customer))
        return customer.id

    def author(self, asked: ImportedAuthor, customer: Actor) -> Actor:
        """Whoever wrote a message."""
        if asked.kind == "customer":
            return customer
        member = self._staff.get(asked.email or "")
        name = asked.name or asked.email or ""
        return Actor(Kind.AGENT, member.id, member.name) if member else Actor(Kind.AGENT, _NOT_HERE, name)

    def assignee(self, email: str | None, topic: str) -> StaffMember | None:
        """Who has the ticket, if he is in the directory and works on its topic."""
        member = self._staff.get(email or "")
        return member if member and member.works_on(topic) else None
