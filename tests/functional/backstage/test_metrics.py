"""What the functions behind the desk count for the dashboard and the alarms, as CloudWatch reads it from their logs."""

import json
from dataclasses import replace

import pytest

from helpdesk.model.event import EventType
from helpdesk.model.queue_body import event_body
from tests.contract.stack_template import resources
from tests.functional.backstage.conftest import ANSWERED, OPENED, Backstage, Provider

OURS = {"Fn::Sub": "Poshtiban/${AWS::StackName}"}


def counted(capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    """The metrics in what was printed, each with the dimension that all have."""
    found: dict[str, float] = {}
    for text in capsys.readouterr().out.splitlines():
        line = json.loads(text)
        if "_aws" not in line:
            continue
        (directive,) = line["_aws"]["CloudWatchMetrics"]
        assert directive["Dimensions"] == [["service"]]
        assert directive["Namespace"] == "Poshtiban"
        for metric in directive["Metrics"]:
            found[metric["Name"]] = sum(line[metric["Name"]])
    return found


def test_the_life_of_tickets_is_counted_once(backstage: Backstage, capsys: pytest.CaptureFixture[str]) -> None:
    late = replace(OPENED, id="late", type=EventType.RESPONSE_BREACHED)
    unsolved = replace(OPENED, id="unsolved", type=EventType.RESOLUTION_BREACHED)
    bodies = [event_body(event) for event in (OPENED, ANSWERED, late, unsolved, OPENED)]
    capsys.readouterr()

    backstage.tell("report_counter", *bodies)

    assert counted(capsys).items() >= {"TicketsOpened": 1, "TicketsAnswered": 1, "Breaches": 2, "Received": 5}.items()


def test_what_was_sent_is_counted(backstage: Backstage, phones: Provider, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()

    backstage.tell("sms_sender", event_body(ANSWERED))

    assert counted(capsys)["Sent"] == len(phones.sent) == 1


def test_what_the_alarms_of_ours_watch_is_what_functions_count() -> None:
    """Each is shown to be counted by the tests named here; a new alarm needs a new line."""
    shown_by = {
        ("Parked", "event_relay"): "tests/e2e/test_observability.py",
        ("Parked", "outbox_sweeper"): "functional/backstage/test_outbox_sweeper.py",
        ("Parked", "sms_sender"): "functional/backstage/test_sms_sender.py",
        ("Parked", "email_sender"): "functional/backstage/test_email_sender.py",
        ("Parked", "webhook_sender"): "functional/backstage/test_webhook_sender.py",
        ("ParkedItems", "outbox_sweeper"): "tests/e2e/test_observability.py",
        ("UnrelayedAge", "outbox_sweeper"): "functional/backstage/test_outbox_sweeper.py",
        ("Breaches", "report_counter"): "this file",
    }
    alarms = [alarm["Properties"] for alarm in resources("AWS::CloudWatch::Alarm").values()]
    watched = [
        (alarm["MetricName"], [(it["Name"], it["Value"]) for it in alarm["Dimensions"]])
        for alarm in alarms
        if alarm.get("Namespace") == OURS
    ]
    assert sorted(watched) == sorted((metric, [("service", service)]) for metric, service in shown_by)
