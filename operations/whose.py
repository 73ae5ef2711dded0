"""Which customer an operator means, without the phone number in any output."""

import argparse
import sys
from argparse import ArgumentParser

from helpdesk.model.phone import canonical_phone
from operations.holdings import Holdings


def add_whose(parser: ArgumentParser) -> None:
    """The two ways of naming a customer."""
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--phone", help="phone number, in any spelling")
    whose.add_argument("--id", help="id of the account, for one whose number leads nowhere any more")


def customer_of(holdings: Holdings, options: argparse.Namespace) -> str:
    """The id of the customer who is meant; ends the program where nobody has the number."""
    if options.id:
        return str(options.id)
    try:
        found = holdings.find_customer(canonical_phone(options.phone))
    except ValueError:
        sys.exit("This is no Iranian mobile number.")
    return found or sys.exit("Nobody has this number: there is nothing, or it was erased.")
