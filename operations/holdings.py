"""All that a stack holds: three tables and two buckets, as an operator reaches them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

import boto3

from helpdesk.model.attachment import clean_key, thumbnail_key, upload_key
from helpdesk.store import accounts, customers
from helpdesk.store.table import Table
from operations.stack import outputs


@dataclass(frozen=True)
class Holdings:
    """The tables and buckets of one stack.

    Args:
        shards: into how many parts the queue and the work by time are cut.
    """

    accounts: Table
    sessions: Table
    desk: Table
    s3: Any
    uploads: str
    files: str
    shards: int

    @classmethod
    def of(cls, stack: str) -> Self:
        """Those of a CloudFormation stack."""
        found = outputs(stack)
        client: Any = boto3.client("dynamodb")  # its stubs do not take plain dictionaries
        return cls(
            accounts=Table(client, found["AccountsTable"]),
            sessions=Table(client, found["SessionsTable"]),
            desk=Table(client, found["DeskTable"]),
            s3=boto3.client("s3"),
            uploads=found["UploadsBucket"],
            files=found["FilesBucket"],
            shards=int(found["QueueShards"]),
        )

    def find_customer(self, phone: str) -> str | None:
        """The id of the customer who has this phone number."""
        return customers.find_id(self.desk, phone) or accounts.find_owner(self.accounts, phone)

    def delete_files(self, attachment_id: str) -> int:
        """The end of every version of a file in both buckets; gives how many there were."""
        places = [(self.uploads, upload_key(attachment_id))]
        places += [(self.files, key(attachment_id)) for key in (clean_key, thumbnail_key)]
        found = [(bucket, key, version) for bucket, key in places for version in self.versions(bucket, key)]
        for bucket, key, version in found:
            self.s3.delete_object(Bucket=bucket, Key=key, VersionId=version)
        return len(found)

    def versions(self, bucket: str, key: str) -> Iterator[str]:
        """Of an object, with the markers that it was deleted."""
        for page in self.s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=key):
            for version in (*page.get("Versions", []), *page.get("DeleteMarkers", [])):
                if version["Key"] == key:
                    yield version["VersionId"]
