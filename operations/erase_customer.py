"""Erase a customer: ``python -m operations.erase_customer STACK --phone … | --id …`` (`make erase-customer`).

The account is closed first, so that nothing new comes; then tickets, files and inbox are emptied one by one; last of
all, in one transaction, profile and number go and the audit trail says that it is done. Breaking off loses nothing:
the number leads to the customer until the end, and whatever was erased before is passed over.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import datetime

from helpdesk.actions.change_credentials import change_credentials
from helpdesk.actions.end_sessions import ending
from helpdesk.actions.registry import Registry
from helpdesk.edge.clock import present
from helpdesk.edge.rules import load_rules
from helpdesk.model.audit import OPERATOR, Act, acted
from helpdesk.model.export import LIFETIME
from helpdesk.store import accounts, attachments, audit, challenges, customers, keys, limits, tickets
from operations.erase_tickets import Erased, erase_file, erase_ticket
from operations.holdings import Holdings
from operations.whose import add_whose, customer_of

_LONGEST_REQUEST = 15
"""Seconds by which whatever was under way when the account was closed is written, and found in the indexes."""

_AT_ONCE = 100

_COUNTED_IN_ACCOUNTS = ("sign_in_account", "sign_in_pace", "codes_phone", "codes_email")
_COUNTED_IN_DESK = ("sms_phone",)


def main() -> None:
    """Ask, erase, and say how much it was."""
    parser = argparse.ArgumentParser(description="Erase a customer.")
    parser.add_argument("stack", help="name of the CloudFormation stack")
    add_whose(parser)
    parser.add_argument("--confirmed", action="store_true", help="do not ask")
    options = parser.parse_args()
    holdings = Holdings.of(options.stack)
    customer_id = customer_of(holdings, options)
    if (
        not options.confirmed
        and input(f"Erase the customer {customer_id} of {options.stack} for good? [yes/no] ") != "yes"
    ):
        sys.exit("Nothing was erased.")
    erased = erase_customer(holdings, customer_id, lambda: time.sleep(_LONGEST_REQUEST))
    counts = f"{erased.tickets} tickets, {erased.messages} messages, {erased.files} versions of files"
    print(f"The customer {customer_id} is erased: {counts}.")
    for line in exports_about(holdings, present()):
        print(line)


def exports_about(holdings: Holdings, now: datetime) -> Iterator[str]:
    """A line for each export of tickets that still stands somewhere and may name the customer."""
    start = None
    while True:
        entries, start = audit.list_entries(holdings.desk, None, now - LIFETIME, None, _AT_ONCE, start)
        for entry in entries:
            if entry.act == Act.EXPORT_ASKED:
                yield f"May name him until {entry.at + LIFETIME:%Y-%m-%d}: the export of {entry.details['period']}"
        if start is None:
            return


def erase_customer(holdings: Holdings, customer_id: str, settle: Callable[[], None]) -> Erased:
    """Erase everything that tells of a customer; requests grow with what the customer has, one after the other.

    Args:
        settle: waits until whatever was under way is written.
    """
    erased, now = Erased(), present()
    login = _close_account(holdings, customer_id)
    settle()
    for number in list(tickets.numbers_of_customer(holdings.desk, customer_id)):
        erase_ticket(holdings, number, customer_id, erased)
    for attachment in attachments.list_unlinked_of(holdings.desk, customer_id, holdings.shards):
        erase_file(holdings, attachment.id, erased)
    _empty_inbox(holdings, customer_id)
    profile = customers.find(holdings.desk, customer_id)
    for to in (login, profile.email if profile else None):
        if to:
            _forget(holdings, to)
    _finish(holdings, customer_id, login, erased, now)
    return erased


def _close_account(holdings: Holdings, customer_id: str) -> str | None:
    """Nobody gets in any more, and whoever was in is out; gives the phone number, if there is one."""
    credentials = accounts.find(holdings.accounts, customer_id)
    if credentials is None:
        profile = customers.find(holdings.desk, customer_id)
        return profile.phone if profile else None
    registry = Registry(holdings.accounts, holdings.sessions, holdings.desk, load_rules(), ())
    change_credentials(
        registry,
        customer_id,
        lambda standing: ending(registry, replace(standing, enabled=False), standing.session_ids),
        credentials,
    )
    return credentials.login


def _empty_inbox(holdings: Holdings, customer_id: str) -> None:
    """All but the profile, by which a run that broke off is found again."""
    for item in customers.list_belongings(holdings.desk, customer_id):
        if item["sk"]["S"] != keys.PROFILE_SORT:
            holdings.desk.apply(holdings.desk.delete({"pk": item["pk"], "sk": item["sk"]}))


def _forget(holdings: Holdings, to: str) -> None:
    """Codes that went to a phone number or an e-mail address, and counters that have it in their key."""
    for key in challenges.list_sent_to(holdings.accounts, to):
        holdings.accounts.apply(holdings.accounts.delete(key))
    for table, names in ((holdings.accounts, _COUNTED_IN_ACCOUNTS), (holdings.desk, _COUNTED_IN_DESK)):
        for name in names:
            for key in limits.list_windows(table, name, to):
                table.apply(table.delete(key))


def _finish(holdings: Holdings, customer_id: str, phone: str | None, erased: Erased, now: datetime) -> None:
    counts = {name: str(count) for name, count in asdict(erased).items()}
    writes = [
        accounts.removal(holdings.accounts, customer_id),
        customers.removal(holdings.desk, customer_id),
        audit.record(holdings.desk, acted(OPERATOR, Act.CUSTOMER_ERASED, customer_id, now, **counts)),
    ]
    if phone:
        writes += [accounts.login_removal(holdings.accounts, phone), customers.phone_end(holdings.desk, phone)]
    holdings.desk.commit(writes)


if __name__ == "__main__":
    main()
