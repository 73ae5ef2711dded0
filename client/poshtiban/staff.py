"""The desk as agents and supervisors use it."""

from collections.abc import Iterator, Sequence
from http import HTTPMethod
from typing import Literal, Unpack

from poshtiban.desk_client import DeskClient
from poshtiban.internal import (
    CodeWanted,
    CustomerCard,
    DeskMessage,
    DeskTicket,
    DeskTicketWithMessages,
    HistoryEntry,
    Patch,
    StaffSessionOpened,
    SummaryView,
)


class StaffClient(DeskClient):
    """A member of the staff at the internal API; `url` ends in /internal/v1."""

    def sign_in(self, email: str, password: str, code: str) -> StaffSessionOpened:
        """Start a session; `code` is what the authenticator app shows, which is enrolled in the console."""
        asked = self.api.post(CodeWanted, "/sessions", {"email": email, "password": password})
        body = {"challenge_id": asked["challenge_id"], "code": code, "transport": "bearer"}
        opened = self.api.post(StaffSessionOpened, "/sessions/confirm", body)
        self.api.token = opened.get("token")
        return opened

    def queue(self, topic: str | None = None, assignee: str | None = None) -> Iterator[DeskTicket]:
        """Tickets that wait for us, most pressing first; `assignee` is "me", "none" or an id."""
        return self.api.pages("/queue", topic=topic, assignee=assignee, limit=100)

    def ticket(self, number: str) -> DeskTicketWithMessages:
        """A ticket with its newest messages and notes; the number in any grouping."""
        return self.api.get(DeskTicketWithMessages, f"/tickets/{number}")

    def messages(self, number: str) -> Iterator[DeskMessage]:
        """Messages and notes of a ticket, newest first."""
        return self.api.pages(f"/tickets/{number}/messages", limit=100)

    def history(self, number: str) -> Iterator[HistoryEntry]:
        """Who did what when, newest first."""
        return self.api.pages(f"/tickets/{number}/history", limit=100)

    def claim(self, number: str) -> DeskTicket:
        """Take a ticket; 409 names who has it already."""
        return self.api.post(DeskTicket, f"/tickets/{number}/claim")

    def release(self, number: str) -> DeskTicket:
        """Give a ticket back to the queue."""
        return self.api.post(DeskTicket, f"/tickets/{number}/release")

    def assign(self, number: str, agent_id: str) -> DeskTicket:
        """Give a ticket to somebody; supervisors only."""
        return self.api.post(DeskTicket, f"/tickets/{number}/assign", {"agent_id": agent_id})

    def reply(
        self,
        number: str,
        body: str,
        based_on: str,
        *,
        visibility: Literal["public", "internal"] = "public",
        resolve: bool = False,
        attachments: Sequence[str] = (),
        key: str | None = None,
    ) -> DeskMessage:
        """Answer, or leave a note; `based_on` is the newest message that was read, 409 shows what came since."""
        message = {"body": body, "based_on": based_on, "visibility": visibility, "resolve": resolve}
        return self.api.create(
            DeskMessage, f"/tickets/{number}/messages", {**message, "attachments": list(attachments)}, key
        )

    def change(self, number: str, **changes: Unpack[Patch]) -> DeskTicket:
        """Change priority, topic, status or tags."""
        return self.api.send(DeskTicket, HTTPMethod.PATCH, f"/tickets/{number}", body=changes)

    def customer(self, phone: str) -> CustomerCard:
        """A customer and the newest tickets, by phone number in any spelling."""
        return self.api.get(CustomerCard, "/customers", phone=phone)

    def summary(self, first_day: str, last_day: str) -> SummaryView:
        """Figures of a period, both days (YYYY-MM-DD) included; supervisors only."""
        return self.api.send(SummaryView, HTTPMethod.GET, "/reports/summary", query={"from": first_day, "to": last_day})
