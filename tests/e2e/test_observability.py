"""What an operator sees on the local stack: one id through all logs, and alarms that ring by what functions counted."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from helpdesk.store import keys
from helpdesk.store.codec import timestamp
from helpdesk.store.table import Table
from local.deploy import STACK
from local.stack import LocalStack
from operations.unpark import dismiss
from tests.contract.stack_template import functions
from tests.e2e.people import Person, wait_for
from tests.support.denials import logged


def _lines(stack: LocalStack) -> list[dict[str, Any]]:
    """Everything in the logs that is JSON."""
    texts = (text for text in logged(stack) if text.startswith("{"))
    return [json.loads(text) for text in texts]


def _desk(stack: LocalStack) -> Table:
    return Table(stack.cloud.dynamodb, stack.outputs["DeskTable"])


def test_one_id_leads_from_the_agents_request_to_the_customers_sms(
    stack: LocalStack, customer: Callable[[], Person], staff: Callable[[str], Person]
) -> None:
    number = customer().open_ticket()["number"]
    reza = staff("agent")
    based_on = reza.get(f"/tickets/{number}")["messages"]["items"][0]["id"]
    answer = {"body": "در حال بررسی است.", "visibility": "public", "based_on": based_on, "attachments": []}
    reza.post(f"/tickets/{number}/messages", answer, key=str(uuid4()))
    history = _desk(stack).query_whole("pk = :ticket", {":ticket": f"TICKET#{number}"})
    (request_id,) = {it["correlation_id"]["S"] for it in history if it.get("type", {}).get("S") == "ticket_answered"}

    def told() -> list[dict[str, Any]] | None:
        found = [line for line in _lines(stack) if line.get("correlation_id") == request_id]
        return found if "sms_sender" in {line["service"] for line in found} else None

    lines = wait_for(told, "the sender's line")

    said = {(line["service"], line["message"]) for line in lines}
    assert {("agent_desk", "answered"), ("event_relay", "published"), ("sms_sender", "settled")} <= said
    (answered,) = [line for line in lines if line["message"] == "answered"]
    assert (answered["method"], answered["section"], answered["status"]) == ("POST", "tickets", 201)


def test_a_parked_event_rings_until_somebody_saw_to_it(stack: LocalStack) -> None:
    event_id = f"poison{uuid4().hex[:8]}"
    outbox = {"gsi5pk": keys.outbox(0), "gsi5sk": f"{timestamp(datetime.now(UTC))}#{event_id}"}
    poison = {"pk": f"TICKET#{event_id}", "sk": f"EVENT#{event_id}", "type": "unheard_of", **outbox}
    stack.cloud.dynamodb.put_item(
        TableName=stack.outputs["DeskTable"], Item={name: {"S": value} for name, value in poison.items()}
    )

    parked = wait_for(lambda: _counted(stack, "event_relay", "Parked"), "the relay to park it")
    stack.cloud.functions.invoke(FunctionName=_physical(stack, "OutboxSweeperFunction"), Payload="{}")
    still = wait_for(lambda: _counted(stack, "outbox_sweeper", "ParkedItems"), "the sweeper to count it")

    rings = {_state(stack, "EventRelayParkedAlarm"), _state(stack, "OutboxSweeperParkedItemsAlarm")}
    assert "ALARM" not in rings
    for line in (parked, still):
        _as_cloudwatch_does(stack, line)
    assert _state(stack, "EventRelayParkedAlarm") == "ALARM"
    assert _state(stack, "OutboxSweeperParkedItemsAlarm") == "ALARM"
    assert list(dismiss(_desk(stack), event_id, datetime.now(UTC))) == [
        f"{event_id} is off the list, and not published"
    ]


def test_every_alarm_rings_when_what_it_watches_is_beyond_its_promise(stack: LocalStack) -> None:
    """By figures of ours: the emulator evaluates alarms, and measures next to nothing itself."""
    names = [
        it["PhysicalResourceId"]
        for it in stack.cloud.cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]
        if it["ResourceType"] == "AWS::CloudWatch::Alarm"
    ]
    for alarm in _alarms(stack, names):
        _exceed(stack, alarm)

    assert [alarm["AlarmName"] for alarm in _alarms(stack, names) if alarm["StateValue"] != "ALARM"] == []
    assert len(names) > len(functions())


def _alarms(stack: LocalStack, names: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _cloudwatch(stack).describe_alarms(AlarmNames=names, MaxRecords=100)["MetricAlarms"]
    assert len(found) == len(names)
    return found


def _exceed(stack: LocalStack, alarm: dict[str, Any]) -> None:
    """A figure beyond the threshold for each period that the alarm looks at."""
    now = datetime.now(UTC).timestamp()
    figure = {"MetricName": alarm["MetricName"], "Dimensions": alarm["Dimensions"], "Value": alarm["Threshold"] + 1}
    figures = [figure | {"Timestamp": now - alarm["Period"] * age} for age in range(alarm["EvaluationPeriods"])]
    _cloudwatch(stack).put_metric_data(Namespace=alarm["Namespace"], MetricData=figures)


def _counted(stack: LocalStack, service: str, metric: str) -> dict[str, Any] | None:
    """A line by which a function counted more than nothing."""
    lines = [line for line in _lines(stack) if line.get("service") == service and "_aws" in line]
    return next((line for line in lines if sum(line.get(metric, [0])) > 0), None)


def _as_cloudwatch_does(stack: LocalStack, line: dict[str, Any]) -> None:
    """Make metrics of a line; the emulator keeps logs and metrics, but does not make one of the other.

    For this minute and the one before, since an alarm may want two.
    """
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    (dimensions,) = directive["Dimensions"]
    for metric in directive["Metrics"]:
        for age in (0, 60):
            _cloudwatch(stack).put_metric_data(
                Namespace=directive["Namespace"],
                MetricData=[
                    {
                        "MetricName": metric["Name"],
                        "Dimensions": [{"Name": name, "Value": line[name]} for name in dimensions],
                        "Timestamp": datetime.now(UTC).timestamp() - age,
                        "Value": sum(line[metric["Name"]]),
                        "Unit": metric["Unit"],
                    }
                ],
            )


def _state(stack: LocalStack, logical_id: str) -> str:
    (alarm,) = _cloudwatch(stack).describe_alarms(AlarmNames=[_physical(stack, logical_id)])["MetricAlarms"]
    return str(alarm["StateValue"])


def _physical(stack: LocalStack, logical_id: str) -> str:
    found = stack.cloud.cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]
    (name,) = [it["PhysicalResourceId"] for it in found if it["LogicalResourceId"] == logical_id]
    return name


def _cloudwatch(stack: LocalStack) -> Any:
    client: Any = stack.cloud.session.client("cloudwatch", endpoint_url=stack.cloud.endpoint)
    return client
