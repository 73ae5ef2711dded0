"""What each subcommand of `poshtiban` does."""

import argparse
import getpass
import json
import mimetypes
import os
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from poshtiban.customers import CustomerClient
from poshtiban.session_file import Session, find_session, forget_session, keep_session
from poshtiban.staff import StaffClient


def sign_in(options: argparse.Namespace) -> None:
    """Start a session and keep its token."""
    password = os.environ.get("POSHTIBAN_PASSWORD") or getpass.getpass("Password: ")
    if options.staff:
        staff = StaffClient(options.url, language=options.language)
        code = os.environ.get("POSHTIBAN_CODE") or input("Code of the authenticator app: ")
        staff_session = staff.sign_in(options.name, password, code)
        keep_session(Session("staff", options.url, staff_session.get("token") or ""))
        print(staff_session["account"]["name"])
    else:
        session = CustomerClient(options.url, language=options.language).sign_in(options.name, password)
        keep_session(Session("customer", options.url, session.get("token") or ""))
        print(session["account"]["name"])


def sign_out(options: argparse.Namespace) -> None:
    """End the session and forget its token."""
    _client(options).sign_out()
    forget_session()


def create(options: argparse.Namespace) -> None:
    """File a ticket and print its number."""
    customer = _customer(options)
    attachments = _uploaded(customer, options.attach)
    ticket = customer.open_ticket(options.topic, options.priority, options.subject, options.description, attachments)
    _print(options, [ticket], f"{ticket['number']}")


def list_tickets(options: argparse.Namespace) -> None:
    """Print one's own tickets, last activity first."""
    for ticket in islice(_customer(options).tickets(options.status), options.most):
        _print(
            options, [ticket], f"{ticket['number']}  {ticket['status']:8}  {ticket['topic']:13}  {ticket['subject']}"
        )


def queue(options: argparse.Namespace) -> None:
    """Print the tickets that wait, most pressing first."""
    for ticket in islice(_staff(options).queue(options.topic, options.assignee), options.most):
        holder = ticket["assignee"]["name"] if ticket["assignee"] else "-"
        due = ticket["response_due_at"] or "-"
        _print(
            options, [ticket], f"{ticket['number']}  {due:20}  {ticket['priority']:6}  {holder}  {ticket['subject']}"
        )


def show(options: argparse.Namespace) -> None:
    """Print a ticket and its newest messages, oldest of them first."""
    ticket = _client(options).ticket(options.number)
    messages = reversed(ticket["messages"]["items"])
    told = [f"{message['created_at']}  {message['author']['name']}: {message['body']}" for message in messages]
    _print(options, [ticket], "\n".join([f"{ticket['number']}  {ticket['status']}  {ticket['subject']}", *told]))


def claim(options: argparse.Namespace) -> None:
    """Take a ticket."""
    ticket = _staff(options).claim(options.number)
    _print(options, [ticket], f"{ticket['number']}")


def reply(options: argparse.Namespace) -> None:
    """Add a message; for the staff an answer or a note, which says which message it was written after."""
    client = _client(options)
    attachments = _uploaded(client, options.attach)
    if isinstance(client, CustomerClient):
        _print(options, [client.reply(options.number, options.text, attachments)], "")
        return
    based_on = options.based_on or client.ticket(options.number)["last_message_id"]
    answer = client.reply(
        options.number,
        options.text,
        based_on,
        visibility="internal" if options.note else "public",
        resolve=options.resolve,
        attachments=attachments,
    )
    _print(options, [answer], "")


def _client(options: argparse.Namespace) -> CustomerClient | StaffClient:
    session = find_session()
    if session is None:
        sys.exit("poshtiban: nobody is signed in; see poshtiban sign-in --help")
    maker = StaffClient if session.kind == "staff" else CustomerClient
    return maker(session.url, session.token, options.language)


def _customer(options: argparse.Namespace) -> CustomerClient:
    client = _client(options)
    return client if isinstance(client, CustomerClient) else sys.exit("poshtiban: this is for customers")


def _staff(options: argparse.Namespace) -> StaffClient:
    client = _client(options)
    return client if isinstance(client, StaffClient) else sys.exit("poshtiban: this is for the staff")


def _uploaded(client: CustomerClient | StaffClient, files: Iterable[Path]) -> list[str]:
    kinds = [(file, mimetypes.guess_type(file.name)[0] or "application/octet-stream") for file in files]
    return [client.upload(file.name, kind, file.read_bytes()) for file, kind in kinds]


def _print(options: argparse.Namespace, values: Iterable[object], words: str) -> None:
    """One JSON object a line for programs, or words for people."""
    lines = [json.dumps(value, ensure_ascii=False) for value in values] if options.json else [words]
    for line in filter(None, lines):
        print(line)
