"""Subscriptions to events as administrators keep them."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from helpdesk.actions.webhooks import WebhookPatch
from helpdesk.edge.fields import Line, Request, View
from helpdesk.model.webhook import Webhook

Url = Annotated[Line, Field(max_length=1000)]
EventTypes = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=40)]


class FailureView(View):
    """A call that did not arrive, and why as a short name."""

    at: datetime
    event_id: str
    reason: str


class WebhookView(View):
    """A subscriber; never its secret.

    `event_types` is empty for all of them. `paused_at` is set when too many calls in a row (`failures`) did not arrive:
    from then on it is not called, until it is resumed. `previous_until` is set while the secret before the present one
    is valid too.
    """

    id: str
    url: str
    event_types: list[str]
    enabled: bool
    created_at: datetime
    failures: int
    paused_at: datetime | None
    last_failures: list[FailureView]
    previous_until: datetime | None

    @classmethod
    def of(cls, webhook: Webhook) -> Self:
        """The subscription as shown."""
        return cls.model_validate(webhook)


class WebhookWithSecret(WebhookView):
    """A subscriber with the secret that its calls are signed with: it is shown this once."""

    secret: str

    @classmethod
    def revealing(cls, webhook: Webhook, secret: str) -> Self:
        """The subscription with its new secret."""
        return cls(**WebhookView.of(webhook).model_dump(), secret=secret)


class WebhookList(View):
    """All subscribers in the order of making."""

    items: list[WebhookView]


class NewWebhook(Request):
    """An https address, and the events it wants; none named is all."""

    url: Url
    event_types: EventTypes = Field(default_factory=list)


class WebhookChange(Request):
    """What changes of a subscription; what is left out stays."""

    url: Url | None = None
    event_types: EventTypes | None = None
    enabled: bool | None = None

    def patch(self) -> WebhookPatch:
        """What the action is asked for."""
        types = None if self.event_types is None else tuple(self.event_types)
        return WebhookPatch(self.url, types, self.enabled)


class WebhookTest(View):
    """Whether a test arrived; the status of the answer, or why not as a short name."""

    delivered: bool
    answer: str
