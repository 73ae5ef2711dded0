"""One id leads from a request through outbox and queue to the log of whoever told a person."""

import json
from io import StringIO

import pytest

from helpdesk.model.correlation import correlation
from helpdesk.store import deliveries, events
from operations.redrive import redrive
from operations.trace import lines as trace_lines
from tests.functional.backstage.conftest import ANSWERED, SARA, Backstage, Log, Provider, Received, sample
from tests.functional.conftest import SignIn
from tests.functional.test_customer_tickets import TICKET

REQUEST = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"


def _of(log: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def _in_outbox(backstage: Backstage) -> None:
    with correlation.of(REQUEST):
        backstage.desk.commit([events.creation(backstage.desk, ANSWERED, 0)])


def test_an_event_stands_in_the_outbox_with_the_request_it_happened_in(backstage: Backstage, customer: SignIn) -> None:
    customer()("POST", "/tickets", TICKET, key="k")

    (event,) = [item for item in backstage.aws.items("desk") if item["sk"]["S"].startswith("EVENT#")]
    assert events.correlation_of(event) == "request"
    assert events.from_image(event).computed_hash() == event["hash"]["S"]


def test_the_relay_logs_it_and_passes_it_on(backstage: Backstage, received: Received, log_of: Log) -> None:
    _in_outbox(backstage)
    (image,) = [item for item in backstage.aws.items("desk") if item["sk"]["S"].startswith("EVENT#")]
    log = log_of("event_relay")

    keys = {name: image.pop(name) for name in ("pk", "sk")}
    backstage.invoke("event_relay", {"Records": [{"dynamodb": {"Keys": keys, "NewImage": image}}]})

    assert [line["correlation_id"] for line in _of(log)] == [REQUEST]
    (message,) = received()
    assert message["MessageAttributes"]["correlation_id"]["StringValue"] == REQUEST


@pytest.mark.usefixtures("phones")
def test_a_sender_logs_each_message_under_its_own(backstage: Backstage, log_of: Log) -> None:
    event, log = sample("sms_sender"), log_of("sms_sender")
    event["Records"][0]["messageAttributes"] = {"correlation_id": {"stringValue": REQUEST, "dataType": "String"}}

    backstage.invoke("sms_sender", event)

    told, code = _of(log)
    assert (told["message"], told["correlation_id"]) == ("settled", REQUEST)
    assert (code["message"], code.get("correlation_id")) == ("code", None)


def test_a_dead_letter_keeps_it(backstage: Backstage) -> None:
    sqs = backstage.aws.sqs
    queue, dead = (sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("to", "from"))
    attributes = {"correlation_id": {"StringValue": REQUEST, "DataType": "String"}}
    sqs.send_message(QueueUrl=dead, MessageBody="event", MessageAttributes=attributes)

    redrive(dead, queue)

    (message,) = sqs.receive_message(QueueUrl=queue, MessageAttributeNames=["All"])["Messages"]
    assert message["MessageAttributes"] == attributes


def test_a_trace_names_it(backstage: Backstage, phones: Provider) -> None:
    _in_outbox(backstage)
    (image,) = [item for item in backstage.aws.items("desk") if item["sk"]["S"].startswith("EVENT#")]

    first, *_ = trace_lines(ANSWERED.id, image, deliveries.list_of_event(backstage.desk, ANSWERED.id))

    assert first.endswith(f"correlation_id: {REQUEST}")
    assert SARA.phone not in first
    assert phones.sent == []
