"""What is signed for browsers: the form of an upload and the address of a download."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import botocore.session
import pytest
from botocore.config import Config

from helpdesk.aws.uploads import FileStore, Quarantine, UploadForm, content_disposition
from helpdesk.model.attachment import Attachment, AttachmentState

ENDPOINT = "http://localhost:4580"
NOW = datetime(2026, 2, 14, 8, 30, tzinfo=UTC)
ATTACHMENT = Attachment(
    id="01KHDHGN3M5Z8Y7X6W5V4T3S2R",
    owner_id="sara",
    filename="card.png",
    content_type="image/png",
    size=48_213,
    state=AttachmentState.AWAITING_UPLOAD,
    created_at=NOW,
    swept_at=None,
    shard=0,
)


@pytest.fixture(scope="module")
def signer() -> Any:
    """A client that signs as Lambda's does, with temporary credentials."""
    return botocore.session.get_session().create_client(
        "s3",
        region_name="eu-central-1",
        endpoint_url=ENDPOINT,
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        aws_session_token="token",
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )


@pytest.fixture
def form(signer: Any) -> UploadForm:
    return Quarantine(signer, "uploads").form(ATTACHMENT)


def policy(form: UploadForm) -> Any:
    return json.loads(base64.b64decode(form.fields["policy"]))


def test_the_form_goes_to_the_address_that_browsers_reach(form: UploadForm) -> None:
    assert form.url == f"{ENDPOINT}/uploads"


def test_the_policy_fixes_bucket_key_and_type(form: UploadForm) -> None:
    conditions = policy(form)["conditions"]

    assert {"bucket": "uploads"} in conditions
    assert {"key": "uploads/01KHDHGN3M5Z8Y7X6W5V4T3S2R"} in conditions
    assert {"Content-Type": "image/png"} in conditions


def test_the_policy_takes_from_one_byte_to_what_was_declared(form: UploadForm) -> None:
    assert ["content-length-range", 1, 48_213] in policy(form)["conditions"]


def test_the_policy_leaves_nothing_open(form: UploadForm) -> None:
    """S3 refuses a field that no condition names; each condition here is an exact value but for the length."""
    loose = [condition for condition in policy(form)["conditions"] if not isinstance(condition, dict)]
    named = {name for condition in policy(form)["conditions"] if isinstance(condition, dict) for name in condition}

    assert [condition[0] for condition in loose] == ["content-length-range"]
    assert named == {*form.fields, "bucket"} - {"policy", "x-amz-signature"}


def test_the_policy_ends_after_five_minutes(form: UploadForm) -> None:
    ends = datetime.fromisoformat(policy(form)["expiration"])

    assert timedelta(seconds=290) < ends - datetime.now(UTC) <= timedelta(minutes=5)


def test_the_form_is_signed_by_version_four(form: UploadForm) -> None:
    assert form.fields["x-amz-algorithm"] == "AWS4-HMAC-SHA256"


def test_a_download_is_signed_for_five_minutes_and_saved_under_its_name(signer: Any) -> None:
    address = urlsplit(FileStore(signer, "files").address("files/x/original", "کارت.png"))
    query = parse_qs(address.query)

    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{ENDPOINT}/files/files/x/original"
    assert query["X-Amz-Expires"] == ["300"]
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert query["response-content-disposition"] == [content_disposition("کارت.png")]


@pytest.mark.parametrize(
    ("filename", "header"),
    [
        ("card.png", "attachment; filename=\"card.png\"; filename*=UTF-8''card.png"),
        ("my card.png", "attachment; filename=\"my card.png\"; filename*=UTF-8''my%20card.png"),
        ("کارت.png", "attachment; filename=\"____.png\"; filename*=UTF-8''%DA%A9%D8%A7%D8%B1%D8%AA.png"),
        ('a"b\\c%41.png', "attachment; filename=\"a_b_c_41.png\"; filename*=UTF-8''a%22b%5Cc%2541.png"),
        ("a'b(c)*;d.png", "attachment; filename=\"a'b(c)*;d.png\"; filename*=UTF-8''a%27b%28c%29%2A%3Bd.png"),
        ("a\r\nX: y.png", "attachment; filename=\"a__X: y.png\"; filename*=UTF-8''a%0D%0AX%3A%20y.png"),
    ],
)
def test_a_name_stands_in_the_header_for_old_and_new_browsers(filename: str, header: str) -> None:
    assert content_disposition(filename) == header
    assert unquote(header.partition("UTF-8''")[2]) == filename
