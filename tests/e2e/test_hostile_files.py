"""Uploads by somebody who means harm, against the local stack: real forms, the real checker, real rights."""

import json
from base64 import b64decode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from uuid import uuid4
from zlib import compress, crc32

import httpx
import pyotp
import pytest
from PIL import Image

from local.stack import LocalStack
from tests.e2e.people import Person, wait_for
from tests.support.media import PLACE, document, eicar, encoded, exif, opened, picture, stream

LARGEST = 10 * 1024 * 1024
GPS_IFD = 0x8825
PACKED = b"/Filter /FlateDecode"
OBJECTS = PACKED + b" /Type /ObjStm"


@dataclass
class Form:
    """A form that was asked for, and may be tampered with before it is sent."""

    id: str
    url: str
    fields: dict[str, str]

    @classmethod
    def of(cls, person: Person, size: int, content_type: str = "image/png", filename: str = "a.png") -> "Form":
        """A new form of this person."""
        asked = person.post("/attachments", {"filename": filename, "content_type": content_type, "size": size})
        return cls(asked["id"], asked["upload"]["url"], dict(asked["upload"]["fields"]))

    def send(self, content: bytes, **changed: str) -> httpx.Response:
        """Post a file; with changed or further fields, if there are any."""
        return httpx.post(self.url, data=self.fields | changed, files={"file": ("a", content, "image/png")}, timeout=30)


@pytest.fixture(scope="module")
def sara(customer: Callable[[], Person]) -> Person:
    """A customer."""
    return customer()


def bomb(pixels: int) -> bytes:
    """A PNG whose header says so many pixels a side, with next to no data."""
    content = bytearray(picture())
    content[16:24] = pixels.to_bytes(4) * 2
    content[29:33] = crc32(content[12:29]).to_bytes(4)
    return bytes(content)


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "HTML": ("image/png", b"<!doctype html><script>alert(1)</script>", "wrong_type"),
    "SVG": ("image/png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "wrong_type"),
    "script": ("image/png", b"#!/bin/sh\nrm -rf /\n", "wrong_type"),
    "PNG's beginning, then HTML": ("image/png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "damaged"),
    "PDF said to be a PNG": ("image/png", document(), "wrong_type"),
    "PDF with JavaScript": ("application/pdf", document(b"/OpenAction << /S /JavaScript /JS (a) >>"), "dangerous"),
    "PDF with a packed bomb": (
        "application/pdf",
        document(b"", stream(OBJECTS, compress(bytes(40 << 20)))),
        "dangerous",
    ),
    "EICAR": ("application/pdf", eicar(), "dangerous"),
    "EICAR in a PNG": ("image/png", picture() + eicar(), "dangerous"),
    "EICAR in a PDF": ("application/pdf", document(b"", stream(b"", eicar())), "dangerous"),
    "pixel bomb": ("image/png", bomb(60_000), "too_many_pixels"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(sara: Person, name: str) -> None:
    content_type, content, reason = HOSTILE[name]
    checked = sara.checked(sara.upload("a.png", content_type, content))
    assert (checked["state"], checked["refusal"]["code"]) == ("refused", reason)


POLYGLOTS: dict[str, tuple[str, bytes, bytes]] = {
    "PNG and HTML": ("image/png", picture(), b"<script>alert(1)</script>"),
    "JPEG and ZIP": ("image/jpeg", picture("image/jpeg"), b"PK\x03\x04 a file PK\x05\x06"),
    "JPEG with a script as its comment": (
        "image/jpeg",
        picture("image/jpeg", comment=b"<?php system($_GET[1]); ?>"),
        b"",
    ),
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_of_a_polyglot_only_the_picture_is_left(sara: Person, name: str) -> None:
    content_type, head, tail = POLYGLOTS[name]
    file = download(sara, sara.upload("a", content_type, head + tail))

    assert opened(file).size == (64, 48)
    for trace in (b"script", b"PK\x03\x04", b"php"):
        assert trace not in file


def test_where_a_picture_was_taken_is_nobodys_business(sara: Person) -> None:
    data = exif()
    data.get_ifd(GPS_IFD).update({1: "N", 2: (35.0, 41.0, 21.0), 3: "E", 4: (51.0, 23.0, 20.0)})
    content = picture("image/jpeg", exif=data)
    assert Image.open(BytesIO(content)).getexif().get_ifd(GPS_IFD)

    file = download(sara, sara.upload("a.jpg", "image/jpeg", content))

    assert PLACE.encode() not in file
    assert not Image.open(BytesIO(file)).getexif()


def download(person: Person, attachment_id: str, variant: str = "original") -> bytes:
    """The stored file, once it is clean."""
    assert person.checked(attachment_id)["state"] == "clean"
    found = person.call("GET", f"/attachments/{attachment_id}/download", variant=variant)
    assert found.status_code == HTTPStatus.SEE_OTHER
    fetched = httpx.get(found.headers["location"], timeout=30)
    assert fetched.headers["content-disposition"].startswith("attachment")
    return fetched.content


@pytest.mark.parametrize("size", [0, LARGEST + 1])
def test_no_form_is_given_for_nothing_or_too_much(sara: Person, size: int) -> None:
    body = {"filename": "a.png", "content_type": "image/png", "size": size}
    assert sara.call("POST", "/attachments", body).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize("more", [1, 5000])
def test_the_store_takes_no_more_than_was_asked_for(sara: Person, more: int) -> None:
    content = picture()
    assert Form.of(sara, len(content)).send(content + bytes(more)).status_code == HTTPStatus.BAD_REQUEST


def test_the_store_takes_no_empty_file(sara: Person) -> None:
    assert Form.of(sara, 10).send(b"").status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    "changed",
    [
        {"key": "uploads/another"},
        {"key": "files/another/original"},
        {"key": "../files/x"},
        {"Content-Type": "text/html"},
        {"x-amz-meta-owner": "somebody"},
        {"tagging": "<Tagging><TagSet/></Tagging>"},
        {"acl": "public-read"},
        {"success_action_redirect": "https://evil.example/"},
        {"x-amz-storage-class": "GLACIER"},
    ],
    ids=str,
)
def test_the_store_refuses_a_form_with_a_changed_or_further_field(sara: Person, changed: dict[str, str]) -> None:
    content = picture()
    assert Form.of(sara, len(content)).send(content, **changed).status_code == HTTPStatus.FORBIDDEN


def test_the_store_refuses_a_forged_policy(sara: Person) -> None:
    content, small, large = picture(), Form.of(sara, 10), Form.of(sara, LARGEST)
    assert small.send(content, policy=large.fields["policy"]).status_code == HTTPStatus.FORBIDDEN


def test_the_store_refuses_a_form_whose_time_is_up(stack: LocalStack, sara: Person) -> None:
    form, content = Form.of(sara, 5000), picture()
    ends_at = datetime.fromisoformat(json.loads(b64decode(form.fields["policy"]))["expiration"])
    assert ends_at <= datetime.now(UTC) + timedelta(minutes=5)

    def twin(seconds: int) -> Form:
        """The same form for another key, with so many seconds to go."""
        conditions = [{"Content-Type": "image/png"}, ["content-length-range", 1, 5000]]
        post = stack.cloud.s3.generate_presigned_post(
            Bucket=stack.outputs["UploadsBucket"],
            Key="uploads/01ARZ3NDEKTSV4RRFFQ69G5FAW",
            Fields={"Content-Type": "image/png"},
            Conditions=conditions,
            ExpiresIn=seconds,
        )
        return Form("", post["url"], post["fields"])

    assert twin(60).send(content).is_success
    assert twin(-1).send(content).status_code == HTTPStatus.FORBIDDEN


def test_a_second_upload_to_the_same_form_changes_nothing(sara: Person) -> None:
    first, second = picture(), picture(size=(10, 10))
    form = Form.of(sara, max(len(first), len(second)))
    form.send(first).raise_for_status()
    before = download(sara, form.id)

    form.send(second).raise_for_status()
    form.send(b"<script>alert(1)</script>").raise_for_status()

    number = sara.open_ticket(attachments=[form.id])["number"]
    message = sara.get(f"/tickets/{number}")["messages"]["items"][0]
    found = sara.call("GET", f"/attachments/{message['attachments'][0]['id']}/download")
    assert httpx.get(found.headers["location"]).content == before


def test_one_file_in_two_messages_at_once_is_linked_once(sara: Person) -> None:
    attachment = sara.upload("a.png", "image/png", picture())
    assert sara.checked(attachment)["state"] == "clean"
    numbers = [sara.open_ticket()["number"] for _ in range(2)]

    def write(turn: int) -> int:
        body = {"body": "با پیوست", "attachments": [attachment]}
        return sara.call("POST", f"/tickets/{numbers[turn % 2]}/messages", body, str(uuid4())).status_code

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(write, range(6)))

    messages = [
        message for number in numbers for message in sara.get(f"/tickets/{number}", limit="50")["messages"]["items"]
    ]
    assert statuses.count(HTTPStatus.CREATED) == 1
    assert set(statuses) <= {HTTPStatus.CREATED, HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE}
    assert [message["attachments"][0]["id"] for message in messages if message["attachments"]] == [attachment]


def test_anothers_file_cannot_be_read_fetched_or_linked(sara: Person, customer: Callable[[], Person]) -> None:
    nima, attachment = customer(), sara.upload("a.png", "image/png", picture())
    sara.checked(attachment)
    ticket = {"topic": "credit", "priority": "normal", "subject": "قسط", "description": "شرح"}

    answers = [
        nima.call("GET", f"/attachments/{attachment}"),
        nima.call("GET", f"/attachments/{attachment}/download"),
        nima.call("POST", "/tickets", ticket | {"attachments": [attachment]}, str(uuid4())),
    ]

    assert {answer.status_code for answer in answers} == {HTTPStatus.NOT_FOUND}


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("C:\\windows\\cmd.exe", "cmd.exe.png"),
        ("ab\u202egnp.exe", "abgnp.exe.png"),
        ("کا\u200bرت\ufeff.png", "کارت.png"),
        ("کارت ملی.png", "کارت ملی.png"),
        ("x" * 300, "x" * 96 + ".png"),
        ("a\r\nSet-Cookie: x.png", "a Set-Cookie_ x.png"),
        ("", "image.png"),
        ('a"; filename="b.html', "a_; filename=_b.html.png"),
    ],
)
def test_a_file_is_saved_under_a_harmless_name(sara: Person, name: str, saved: str) -> None:
    form = Form.of(sara, 5000, filename=name)
    form.send(picture()).raise_for_status()
    sara.checked(form.id)

    found = sara.call("GET", f"/attachments/{form.id}/download")
    header = httpx.get(found.headers["location"]).headers["content-disposition"]

    assert unquote(header.rpartition("UTF-8''")[2]) == saved
    assert "\n" not in header


def test_a_name_with_a_nul_is_refused(sara: Person) -> None:
    body = {"filename": "a\0.png", "content_type": "image/png", "size": 10}
    assert sara.call("POST", "/attachments", body).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_nobody_gets_at_the_buckets_without_a_signature(stack: LocalStack, sara: Person) -> None:
    attachment = sara.upload("a.png", "image/png", picture())
    sara.checked(attachment)
    signed = sara.call("GET", f"/attachments/{attachment}/download").headers["location"]
    bare = signed.partition("?")[0]

    answers: list[Any] = [
        httpx.get(bare),
        httpx.get(bare.replace("/original", "/thumbnail")),
        httpx.get(signed.replace("/original", "/thumbnail")),
        httpx.get(signed.replace(attachment, "01ARZ3NDEKTSV4RRFFQ69G5FAV")),
        httpx.get(f"{stack.aws_endpoint}/{stack.outputs['FilesBucket']}"),
        httpx.put(bare, content=b"swapped"),
        httpx.delete(bare),
    ]

    assert {answer.status_code for answer in answers} == {HTTPStatus.FORBIDDEN}


def test_a_file_follows_the_tickets_topic_from_one_agent_to_another(
    sara: Person, staff: Callable[[str], Person]
) -> None:
    attachment = sara.upload("a.png", "image/png", picture())
    sara.checked(attachment)
    number = sara.open_ticket(attachments=[attachment])["number"]
    agent, supervisor = staff("agent"), staff("supervisor")
    path = f"/attachments/{attachment}/download"
    assert agent.call("GET", path).status_code == HTTPStatus.SEE_OTHER

    assert supervisor.call("PATCH", f"/tickets/{number}", {"topic": "other"}).is_success

    assert agent.call("GET", path).status_code == HTTPStatus.NOT_FOUND
    assert supervisor.call("GET", path).status_code == HTTPStatus.SEE_OTHER


def test_a_member_who_was_disabled_fetches_nothing(
    sara: Person, staff: Callable[[str], Person], stack: LocalStack
) -> None:
    attachment, admin = sara.upload("a.png", "image/png", picture()), staff("admin")
    sara.checked(attachment)
    sara.open_ticket(attachments=[attachment])
    member = joined(Person.at(stack.file.internal_api), admin)
    path = f"/attachments/{attachment}/download"
    assert member.call("GET", path).status_code == HTTPStatus.SEE_OTHER

    assert admin.call("PATCH", f"/staff/{member.get('/me')['id']}", {"enabled": False}).is_success

    assert member.call("GET", path).status_code == HTTPStatus.UNAUTHORIZED


def joined(newcomer: Person, admin: Person) -> Person:
    """Somebody who accepts an invitation of the administrator, enrols a second factor and is signed in."""
    email, password = f"{uuid4().hex}@desk.example", "a-long-enough-secret"
    invited = admin.post("/staff", {"email": email, "role": "agent", "topics": ["credit"]})
    newcomer.post(f"/invitations/{invited['token']}/accept", {"name": "نیما", "password": password})
    asked = newcomer.post("/sessions", {"email": email, "password": password})
    code = pyotp.TOTP(asked["enrolment"]["secret"]).now()
    body = {"challenge_id": asked["challenge_id"], "code": code, "transport": "bearer"}
    return newcomer.signed_in(newcomer.post("/sessions/confirm", body))


def test_whoever_signed_out_fetches_nothing(customer: Callable[[], Person]) -> None:
    nima = customer()
    attachment = nima.upload("a.png", "image/png", picture())
    nima.checked(attachment)
    assert nima.call("DELETE", "/sessions/current").is_success

    assert nima.call("GET", f"/attachments/{attachment}/download").status_code == HTTPStatus.UNAUTHORIZED


def test_an_upload_of_nobody_is_thrown_away(stack: LocalStack) -> None:
    bucket = stack.outputs["UploadsBucket"]
    stack.cloud.s3.put_object(
        Bucket=bucket, Key="uploads/01ARZ3NDEKTSV4RRFFQ69G5FAV", Body=encoded(Image.new("L", (1, 1)), "image/png")
    )

    def is_gone() -> bool:
        listed = stack.cloud.s3.list_object_versions(Bucket=bucket, Prefix="uploads/01ARZ3")
        return not listed.get("Versions")

    assert wait_for(is_gone, "the end of an upload of nobody")
