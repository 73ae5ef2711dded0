"""An upload whose checker meets faults of S3 or the table, or is killed, is judged all the same."""

from contextlib import ExitStack

import pytest

from tests.e2e.people import post_file
from tests.faults.call import Call, Matches, asks
from tests.faults.desk import Desk
from tests.faults.fault import duplicate, failed, late_answer, lost_answer, reset, throttled
from tests.faults.people import Someone
from tests.faults.test_senders import killing
from tests.support.media import picture

FAULTS = (throttled, failed, lost_answer, reset, late_answer, duplicate)
TRIES = 3
PICTURE = picture()


@pytest.mark.parametrize("service", ["s3", "dynamodb"])
def test_uploads_become_clean_whatever_their_checker_meets(desk: Desk, sara: Someone, service: str) -> None:
    """One upload for each fault, so often that the check fails if the fault does harm; Lambda calls again."""
    declared = {"filename": "a.png", "content_type": "image/png", "size": len(PICTURE)}
    uploads = [sara.web.post("/attachments", declared) for _ in FAULTS]

    with ExitStack() as opened:
        rules = [
            opened.enter_context(desk.proxy.rule(calls_about(upload["id"], service), fault, times=TRIES))
            for upload, fault in zip(uploads, FAULTS, strict=True)
        ]
        for upload in uploads:
            post_file(upload["upload"], "a.png", "image/png", PICTURE)
        states = [sara.web.checked(upload["id"])["state"] for upload in uploads]

    assert states == ["clean"] * len(FAULTS)
    assert all(rule.met for rule in rules)


def calls_about(attachment_id: str, service: str) -> Matches:
    """Calls of the checker that name this attachment, in their path or body."""

    def matches(call: Call) -> bool:
        named = attachment_id in call.path or attachment_id.encode() in call.body
        return call.caller == "attachment_checker" and call.service == service and named

    return matches


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize(("service", "operation"), [("s3", "PUT"), ("s3", "DELETE"), ("dynamodb", "PutItem")])
def test_an_upload_becomes_clean_when_its_checker_is_killed(
    desk: Desk, sara: Someone, service: str, operation: str, *, done: bool
) -> None:
    with desk.proxy.rule(asks(service, operation, of="attachment_checker"), killing(desk, done=done), times=1) as rule:
        uploaded = sara.web.upload("a.png", "image/png", PICTURE)
        assert sara.web.checked(uploaded)["state"] == "clean"

    assert len(rule.met) == 1
