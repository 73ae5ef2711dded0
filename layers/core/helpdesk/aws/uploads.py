"""The two buckets: browsers post into quarantine by a signed policy, and fetch checked files by signed addresses.

A browser's bucket needs a client that signs for the address browsers reach (``clients.s3(endpoint)``); nothing here
sends a request to sign.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from botocore.exceptions import ClientError

from helpdesk.model.attachment import UPLOAD_LIMIT, Attachment, clean_key, thumbnail_key, upload_key
from helpdesk.model.media.scan import SCAN_TAG

_DOWNLOAD_SECONDS = 300
_GONE = ("NoSuchKey", "NoSuchVersion")
_ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~"  # besides letters and digits: RFC 8187, 3.2.1
_UNQUOTABLE = frozenset('"\\%')


@dataclass(frozen=True)
class UploadForm:
    """A form that a browser may post the file with, as its last field.

    Args:
        fields: all other fields; the policy refuses any change or addition.
    """

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Quarantine:
    """The versioned bucket of uploads that nobody has looked at; the client is boto3's, or signs like it."""

    client: Any
    bucket: str

    def form(self, attachment: Attachment) -> UploadForm:
        """A form for one file of the declared type, with at most the declared bytes, for five minutes."""
        content_type = {"Content-Type": attachment.content_type}
        post = self.client.generate_presigned_post(
            Bucket=self.bucket,
            Key=upload_key(attachment.id),
            Fields=dict(content_type),
            Conditions=[content_type, ["content-length-range", 1, attachment.size]],
            ExpiresIn=int(UPLOAD_LIMIT.total_seconds()),
        )
        return UploadForm(post["url"], post["fields"])

    def read(self, key: str, version_id: str, most: int) -> bytes | None:
        """The content of exactly this version, cut one byte behind `most`; None if it is gone."""
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=key, VersionId=version_id)
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return None
            raise
        with closing(answer["Body"]) as body:
            # Only a read without a limit notices a broken transfer.
            content: bytes = body.read() if answer["ContentLength"] <= most else body.read(most + 1)
        return content

    def scan_result(self, key: str, version_id: str) -> str | None:
        """What the malware scanner found in exactly this version; None if it has not said yet, or it is gone."""
        try:
            answer = self.client.get_object_tagging(Bucket=self.bucket, Key=key, VersionId=version_id)
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return None
            raise
        return next((tag["Value"] for tag in answer["TagSet"] if tag["Key"] == SCAN_TAG), None)

    def delete(self, key: str, version_id: str) -> None:
        """The end of exactly this version; nothing happens if it is gone."""
        self.client.delete_object(Bucket=self.bucket, Key=key, VersionId=version_id)


@dataclass(frozen=True)
class FileStore:
    """The bucket of checked files."""

    client: Any
    bucket: str

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Store a file; a browser that gets at it by whatever way saves it, and does not show it."""
        self.client.put_object(
            Bucket=self.bucket, Key=key, Body=content, ContentType=content_type, ContentDisposition="attachment"
        )

    def delete(self, attachment_id: str) -> None:
        """The end of a file and its thumbnail; nothing happens if there is none."""
        for key in (clean_key(attachment_id), thumbnail_key(attachment_id)):
            self.client.delete_object(Bucket=self.bucket, Key=key)

    def address(self, key: str, filename: str) -> str:
        """Where a browser may fetch the file within five minutes, to be saved under this name."""
        url: str = self.client.generate_presigned_url(
            "get_object",
            Params={"Bucket": self.bucket, "Key": key, "ResponseContentDisposition": content_disposition(filename)},
            ExpiresIn=_DOWNLOAD_SECONDS,
        )
        return url


def content_disposition(filename: str) -> str:
    """The header that saves a file under this name: RFC 6266, with an ASCII name for those who know no other."""
    ascii_name = "".join(character if _is_quotable(character) else "_" for character in filename)
    exact_name = quote(filename, safe=_ATTRIBUTE_CHARACTERS)
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{exact_name}"


def _is_quotable(character: str) -> bool:
    return character.isascii() and character.isprintable() and character not in _UNQUOTABLE
