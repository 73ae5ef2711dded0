"""What a first deployment asks for, and what it tells `sam`."""

from pathlib import Path

import pytest

from operations.deploy import command, name_the_release
from operations.parameters import NOBODYS_NETWORK, digest, first_answers, pairs


def take_defaults(_: str, default: str) -> str:
    return default


def refuse(question: str, _: str) -> str:
    raise AssertionError(f"asked: {question}")


def test_every_question_has_an_answer_that_works() -> None:
    answers = first_answers({"Stage": "dev"}, take_defaults)

    assert answers == {"Stage": "dev", "InternalCidrs": NOBODYS_NETWORK, "AlarmTopicArn": ""}


def test_prod_asks_who_sends_the_codes() -> None:
    assert first_answers({"Stage": "prod"}, take_defaults)["SmsProvider"] == "aws"


def test_what_is_given_is_not_asked_for() -> None:
    given = {
        "Stage": "prod",
        "InternalAccess": "private",
        "InternalVpcEndpointIds": "vpce-1",
        "SmsProvider": "aws",
        "AlarmTopicArn": "",
    }

    assert first_answers(given, refuse) == given


def test_a_gateway_needs_its_name_and_its_key() -> None:
    given = {"Stage": "dev", "InternalCidrs": "10.0.0.0/8", "SmsProvider": "http", "AlarmTopicArn": ""}

    answers = first_answers(given, lambda question, _: f"about {question.split()[0]}")

    assert answers.keys() - given.keys() == {"SmsHttpGateway", "SmsHttpSecretArn"}


def test_a_value_may_hold_blanks_and_equals_signs() -> None:
    told = command("dev", pairs(["EmailSender=Help <a@b.c>", "SmsHttpUrl=https://a?b=c"]), [])

    assert told[-2:] == ['EmailSender="Help <a@b.c>"', 'SmsHttpUrl="https://a?b=c"']


def test_what_is_no_assignment_is_refused() -> None:
    with pytest.raises(ValueError, match="prod is not of the form"):
        pairs(["Stage=dev", "prod"])


def test_other_parameters_name_another_release_and_the_same_ones_the_same(tmp_path: Path) -> None:
    built = tmp_path / "template.yaml"
    built.write_text("Description: Poshtiban, a desk\nGlobals:\n  Description: Poshtiban, deployed by hand\n  X: 1\n")
    names = []
    for level in ("INFO", "DEBUG", "INFO"):
        name_the_release(built, {"LogLevel": level})
        names.append(built.read_text().splitlines()[2].strip())

    assert names[0] == names[2] != names[1]
    assert names[0] == f"Description: Poshtiban, deployed as {digest({'LogLevel': 'INFO'})}"
    assert built.read_text().endswith("\n  X: 1\n")
