"""Subscribers are told of the events they want, signed, each once it worked."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpdesk.aws.webhooks import Delivery
from helpdesk.model.delivery import Channel, DeliveryState, NotSentError, RefusedError
from helpdesk.model.event import EventType
from helpdesk.model.queue_body import event_body, read_event
from helpdesk.model.vault import WEBHOOK_SECRETS, Vault
from helpdesk.model.webhook import Webhook, signature
from helpdesk.store import keys, webhooks
from helpdesk.store.codec import to_item
from tests.functional.backstage.conftest import OPENED, Backstage, Log, sample
from tests.support.environment import ENVIRONMENT

BODY = event_body(OPENED)
VAULT = Vault((ENVIRONMENT["WEBHOOK_KEY"],), WEBHOOK_SECRETS)
SENDER = "webhook_sender"


@dataclass
class Subscribers:
    """Takes calls; those to a URL in `failures` fail."""

    calls: list[Delivery] = field(default_factory=list)
    failures: dict[str, Exception] = field(default_factory=dict)

    def post(self, delivery: Delivery) -> str:
        """Take a call."""
        if delivery.url in self.failures:
            raise self.failures[delivery.url]
        self.calls.append(delivery)
        return "204"


@pytest.fixture
def subscribers(backstage: Backstage, monkeypatch: pytest.MonkeyPatch) -> Subscribers:
    """In the place of the internet."""
    taking = Subscribers()
    sender = backstage.function(SENDER)
    monkeypatch.setattr(sender, "board", replace(sender.board, client=taking, most_failures=3))
    return taking


def _subscribe(backstage: Backstage, name: str, **changes: Any) -> Webhook:
    created_at = datetime(2026, 11, 1, tzinfo=UTC)
    webhook = replace(
        Webhook(name, f"https://{name}.example/hook", VAULT.seal(f"secret of {name}"), created_at), **changes
    )
    backstage.aws.dynamodb.put_item(TableName="desk", Item={**keys.webhook(webhook.id), **to_item(webhook)})
    return webhook


def test_without_subscribers_it_is_one_query_and_done(backstage: Backstage, subscribers: Subscribers) -> None:
    requests: list[str] = []

    def note(model: Any, **_: Any) -> None:
        requests.append(model.name)

    calls = backstage.function(SENDER).board.desk.client.meta.events
    calls.register("before-call.dynamodb", note)
    assert backstage.invoke(SENDER) == {"batchItemFailures": []}
    calls.unregister("before-call.dynamodb", note)

    assert requests == ["Query"]
    assert subscribers.calls == []


def test_a_subscriber_gets_the_event_and_can_check_that_it_was_us(
    backstage: Backstage, subscribers: Subscribers
) -> None:
    webhook = _subscribe(backstage, "crm")

    backstage.invoke(SENDER)

    (call,) = subscribers.calls
    assert (call.url, read_event(call.body)) == (webhook.url, OPENED)
    sent_at = int(call.headers["Poshtiban-Timestamp"])
    assert call.headers["Poshtiban-Signature"] == signature(["secret of crm"], sent_at, call.body)
    assert call.headers["Poshtiban-Event"] == OPENED.id
    assert abs(sent_at - datetime.now(UTC).timestamp()) < 60
    assert backstage.row(Channel.WEBHOOK, "crm", OPENED.id).state == DeliveryState.SENT


def test_only_those_are_called_that_want_the_event(backstage: Backstage, subscribers: Subscribers) -> None:
    _subscribe(backstage, "other", event_types=(EventType.TICKET_CLOSED,))
    wanting = _subscribe(backstage, "wanting", event_types=(EventType.TICKET_OPENED,))

    backstage.tell(SENDER, BODY)

    assert [call.url for call in subscribers.calls] == [wanting.url]


def test_one_that_cannot_be_reached_is_called_again_and_the_others_are_not(
    backstage: Backstage, subscribers: Subscribers
) -> None:
    down, up = _subscribe(backstage, "down"), _subscribe(backstage, "up")
    subscribers.failures = {down.url: NotSentError("status_503")}

    assert backstage.tell(SENDER, BODY) == ["0"]
    subscribers.failures = {}
    assert backstage.tell(SENDER, BODY) == []

    assert [call.url for call in subscribers.calls] == [up.url, down.url]
    assert backstage.row(Channel.WEBHOOK, "down", OPENED.id).state == DeliveryState.SENT


@pytest.mark.parametrize("wants_others", [False, True])
def test_what_was_being_tried_is_settled_when_its_subscriber_is_gone(
    backstage: Backstage, subscribers: Subscribers, *, wants_others: bool
) -> None:
    down, up = _subscribe(backstage, "down"), _subscribe(backstage, "up")
    subscribers.failures = {down.url: NotSentError("status_503")}
    backstage.tell(SENDER, BODY)

    backstage.desk.apply(webhooks.removal(backstage.desk, "down"))
    if wants_others:
        _subscribe(backstage, "down", event_types=(EventType.TICKET_CLOSED,))
    assert backstage.tell_again(SENDER, BODY) == []

    row = backstage.row(Channel.WEBHOOK, "down", OPENED.id)
    assert (row.state, row.reason) == (DeliveryState.SUPPRESSED, "unsubscribed")
    assert [call.url for call in subscribers.calls] == [up.url]


def test_who_was_told_stays_told_when_he_is_deleted(backstage: Backstage, subscribers: Subscribers) -> None:
    _subscribe(backstage, "crm")
    backstage.tell(SENDER, BODY)

    backstage.desk.apply(webhooks.removal(backstage.desk, "crm"))
    assert backstage.tell_again(SENDER, BODY) == []

    assert backstage.row(Channel.WEBHOOK, "crm", OPENED.id).state == DeliveryState.SENT


def test_a_call_that_broke_off_is_made_again(
    backstage: Backstage, subscribers: Subscribers, monkeypatch: pytest.MonkeyPatch
) -> None:
    crm = _subscribe(backstage, "crm")
    subscribers.failures = {crm.url: RuntimeError("the function is killed here")}
    assert backstage.tell(SENDER, BODY) == ["0"]
    assert backstage.row(Channel.WEBHOOK, "crm", OPENED.id).state == DeliveryState.SENDING

    subscribers.failures = {}
    later = datetime.now(UTC) + backstage.remaining + timedelta(seconds=1)
    monkeypatch.setattr("helpdesk.edge.queue_messages.present", lambda: later)
    monkeypatch.setattr(backstage.function(SENDER), "present", lambda: later)
    assert backstage.tell(SENDER, BODY) == []

    assert backstage.row(Channel.WEBHOOK, "crm", OPENED.id).state == DeliveryState.SENT
    assert len(subscribers.calls) == 1


def test_one_that_must_not_be_called_is_parked_and_rings_the_alarm_even_if_another_is_down(
    backstage: Backstage, subscribers: Subscribers, capsys: pytest.CaptureFixture[str]
) -> None:
    inside, down = _subscribe(backstage, "inside"), _subscribe(backstage, "down")
    subscribers.failures = {inside.url: RefusedError("address"), down.url: NotSentError("status_503")}

    assert backstage.tell(SENDER, BODY) == ["0"]

    assert backstage.row(Channel.WEBHOOK, "inside", OPENED.id).state == DeliveryState.FAILED
    assert json.loads(capsys.readouterr().out)["Parked"] == [1.0]
    assert [item["recipient"]["S"] for item in backstage.parked()] == ["inside"]


def test_the_log_shows_no_subscribers_secret(backstage: Backstage, subscribers: Subscribers, log_of: Log) -> None:
    log, down = log_of(SENDER), _subscribe(backstage, "down")
    subscribers.failures = {down.url: NotSentError("status_503")}

    assert backstage.tell(SENDER, BODY) == ["0"]

    assert "while at down" in log.getvalue()
    assert "secret of down" not in log.getvalue()


@pytest.mark.parametrize(
    ("changes", "reason"), [({"enabled": False}, "disabled"), ({"paused_at": OPENED.at}, "paused")]
)
def test_one_that_is_not_called_has_that_in_the_ledger(
    backstage: Backstage, subscribers: Subscribers, changes: dict[str, Any], reason: str
) -> None:
    _subscribe(backstage, "off", **changes)

    assert backstage.tell(SENDER, BODY) == []

    row = backstage.row(Channel.WEBHOOK, "off", OPENED.id)
    assert (row.state, row.reason, subscribers.calls) == (DeliveryState.SUPPRESSED, reason, [])


def _standing(backstage: Backstage, name: str) -> Webhook:
    webhook = webhooks.find(backstage.desk, name)
    assert webhook
    return webhook


def _news(backstage: Backstage) -> list[dict[str, Any]]:
    return [item for item in backstage.aws.items("desk") if item["pk"]["S"].startswith("NEWS#")]


def test_a_dead_subscriber_is_paused_once_and_that_is_an_event(backstage: Backstage, subscribers: Subscribers) -> None:
    dead = _subscribe(backstage, "dead")
    subscribers.failures = {dead.url: NotSentError("status_503")}

    outcomes = [backstage.tell(SENDER, BODY) for _ in range(5)]

    assert outcomes == [["0"], ["0"], ["0"], [], []]
    standing = _standing(backstage, "dead")
    assert (standing.failures, standing.reason_against) == (3, "paused")
    assert {(failure.event_id, failure.reason) for failure in standing.last_failures} == {(OPENED.id, "status_503")}
    (event,) = _news(backstage)
    assert (
        event["data"]["M"] | {"reason": {"S": "status_503"}, "subscriber": {"S": "dead.example"}} == event["data"]["M"]
    )
    assert event["gsi5pk"]["S"] == keys.outbox(0)
    assert backstage.row(Channel.WEBHOOK, "dead", OPENED.id).reason == "paused"


def test_a_call_that_arrives_breaks_the_row_of_failures(backstage: Backstage, subscribers: Subscribers) -> None:
    shaky = _subscribe(backstage, "shaky")
    subscribers.failures = {shaky.url: NotSentError("status_503")}
    backstage.tell(SENDER, BODY)
    assert _standing(backstage, "shaky").failures == 1

    subscribers.failures = {}
    backstage.tell(SENDER, BODY)

    assert _standing(backstage, "shaky").failures == 0
    assert _news(backstage) == []


def test_one_that_wants_no_more_calls_is_paused_at_once(backstage: Backstage, subscribers: Subscribers) -> None:
    gone = _subscribe(backstage, "gone")
    subscribers.failures = {gone.url: RefusedError("gone")}

    assert backstage.tell(SENDER, BODY) == []

    assert _standing(backstage, "gone").paused_at
    assert backstage.row(Channel.WEBHOOK, "gone", OPENED.id).state == DeliveryState.FAILED


def test_during_a_rotation_a_call_bears_both_signatures(backstage: Backstage, subscribers: Subscribers) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    _subscribe(backstage, "crm", previous_sealed=VAULT.seal("old"), previous_until=until)

    backstage.tell(SENDER, BODY)

    (call,) = subscribers.calls
    sent_at = int(call.headers["Poshtiban-Timestamp"])
    assert call.headers["Poshtiban-Signature"] == signature(["secret of crm", "old"], sent_at, call.body)


def test_a_failed_message_waits_longer_each_time(backstage: Backstage, subscribers: Subscribers) -> None:
    down = _subscribe(backstage, "down")
    subscribers.failures = {down.url: NotSentError("status_503")}
    url = backstage.aws.sqs.create_queue(QueueName="webhook")["QueueUrl"]
    backstage.aws.sqs.send_message(QueueUrl=url, MessageBody=BODY)
    (message,) = backstage.aws.sqs.receive_message(QueueUrl=url)["Messages"]
    waits: list[int] = []
    client = backstage.function(SENDER).queue.client
    client.meta.events.register(
        "provide-client-params.sqs.ChangeMessageVisibility",
        lambda params, **_: waits.append(params["VisibilityTimeout"]),
    )
    record = sample(SENDER)["Records"][0] | {"body": BODY, "receiptHandle": message["ReceiptHandle"]}

    for received in ("1", "2"):
        attributes = record["attributes"] | {"ApproximateReceiveCount": received}
        answer = backstage.invoke(SENDER, {"Records": [record | {"attributes": attributes}]})
        assert answer == {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}

    assert waits == [30, 60]
