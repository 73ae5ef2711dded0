"""The `poshtiban` command: the desk from a shell.

    poshtiban sign-in https://desk.example/api/v1 09120000001
    poshtiban create credit normal "Second instalment" "It is not booked." --attach receipt.png
    poshtiban list · show NUMBER · reply NUMBER TEXT · sign-out
    poshtiban sign-in --staff https://…/internal/v1 agent@example.com
    poshtiban queue --topic credit · claim NUMBER · reply NUMBER TEXT --resolve

A password comes from $POSHTIBAN_PASSWORD or is asked for; the staff's code from $POSHTIBAN_CODE or is asked for.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import httpx

from poshtiban import subcommands
from poshtiban.errors import PoshtibanError

STATUSES = ["open", "pending", "resolved", "closed"]


def main() -> None:
    """Run one command; a refusal is told on standard error, with exit status 1."""
    options = _parser().parse_args()
    try:
        options.run(options)
    except (PoshtibanError, httpx.HTTPError, OSError) as error:
        sys.exit(f"poshtiban: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="poshtiban", description="The Poshtiban support desk from a shell.")
    parser.add_argument("--json", action="store_true", help="print JSON, one object a line")
    parser.add_argument("--language", choices=["fa", "en"], default="en", help="language of what the desk says")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = _add(commands, "sign-in", subcommands.sign_in, "start a session")
    command.add_argument("url", help="the API: https://…/api/v1, for the staff https://…/internal/v1")
    command.add_argument("name", help="mobile number; for the staff the e-mail address")
    command.add_argument("--staff", action="store_true", help="sign in as a member of the staff")
    _add(commands, "sign-out", subcommands.sign_out, "end the session")

    command = _add(commands, "create", subcommands.create, "file a ticket")
    for name in ("topic", "priority", "subject", "description"):
        command.add_argument(name)
    _add_files(command)
    command = _add(commands, "list", subcommands.list_tickets, "one's own tickets, last activity first")
    command.add_argument("--status", choices=STATUSES)
    command.add_argument("--most", type=int, default=50, help="how many")

    command = _add(commands, "queue", subcommands.queue, "tickets that wait for us, most pressing first")
    command.add_argument("--topic")
    command.add_argument("--assignee", help="me, none, or an id")
    command.add_argument("--most", type=int, default=50, help="how many")
    _add(commands, "claim", subcommands.claim, "take a ticket").add_argument("number")

    _add(commands, "show", subcommands.show, "a ticket and its newest messages").add_argument("number")
    command = _add(commands, "reply", subcommands.reply, "add a message; for the staff an answer")
    command.add_argument("number")
    command.add_argument("text")
    command.add_argument("--based-on", help="staff: the newest message that was read; otherwise the newest there is")
    command.add_argument("--note", action="store_true", help="staff: an internal note")
    command.add_argument("--resolve", action="store_true", help="staff: the ticket is resolved by this")
    _add_files(command)
    return parser


type _Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name for it


def _add(
    commands: _Commands, name: str, run: Callable[[argparse.Namespace], None], words: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(run=run)
    return parser


def _add_files(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--attach", type=Path, action="append", default=[], metavar="FILE", help="may stand repeatedly"
    )
