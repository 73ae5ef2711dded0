"""The desk as a customer uses it."""

from collections.abc import Iterator, Sequence

from poshtiban.desk_client import DeskClient
from poshtiban.public import (
    Form,
    MessageView,
    NotificationView,
    Profile,
    SessionOpened,
    TicketView,
    TicketWithMessages,
)


class CustomerClient(DeskClient):
    """A customer at the public API; `url` ends in /api/v1.

    with CustomerClient("https://desk.example/api/v1") as client:
        client.sign_in("09120000001", password)
        ticket = client.open_ticket("credit", "normal", "Second instalment", "It is not booked.")
    """

    def sign_in(self, phone: str, password: str) -> SessionOpened:
        """Start a session; the phone number in any spelling."""
        opened = self.api.post(
            SessionOpened, "/sessions", {"phone": phone, "password": password, "transport": "bearer"}
        )
        self.api.token = opened.get("token")
        return opened

    def me(self) -> Profile:
        """Who is signed in."""
        return self.api.get(Profile, "/me")

    def form(self) -> Form:
        """Topics, priorities and limits of a new ticket."""
        return self.api.get(Form, "/form")

    def open_ticket(
        self,
        topic: str,
        priority: str,
        subject: str,
        description: str,
        attachments: Sequence[str] = (),
        refers_to: str | None = None,
        key: str | None = None,
    ) -> TicketView:
        """File a ticket; the same `key` and content give the same ticket again."""
        body = {"topic": topic, "priority": priority, "subject": subject, "description": description}
        more = {"attachments": list(attachments), "refers_to": refers_to}
        return self.api.create(TicketView, "/tickets", {**body, **more}, key)

    def tickets(self, status: str | None = None) -> Iterator[TicketView]:
        """The customer's tickets, last activity first."""
        return self.api.pages("/tickets", status=status, limit=100)

    def ticket(self, number: str) -> TicketWithMessages:
        """A ticket with its newest messages."""
        return self.api.get(TicketWithMessages, f"/tickets/{number}")

    def messages(self, number: str) -> Iterator[MessageView]:
        """The messages of a ticket, newest first."""
        return self.api.pages(f"/tickets/{number}/messages", limit=100)

    def reply(self, number: str, body: str, attachments: Sequence[str] = (), key: str | None = None) -> MessageView:
        """Add a message; the same `key` and content give the same message again."""
        message = {"body": body, "attachments": list(attachments)}
        return self.api.create(MessageView, f"/tickets/{number}/messages", message, key)

    def resolve(self, number: str) -> TicketView:
        """Say that it is solved."""
        return self.api.post(TicketView, f"/tickets/{number}/resolve")

    def rate(self, number: str, score: int, comment: str = "") -> TicketView:
        """Rate a resolved ticket from 1 to 5, once."""
        return self.api.post(TicketView, f"/tickets/{number}/rating", {"score": score, "comment": comment})

    def notifications(self) -> Iterator[NotificationView]:
        """What the customer was told, newest first."""
        return self.api.pages("/notifications", limit=100)
