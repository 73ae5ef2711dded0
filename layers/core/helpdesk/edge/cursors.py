"""Cursors: where a page ended, sealed and bound to the caller and the query it was made for."""

import base64
import binascii
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from helpdesk.model.errors import CursorError
from helpdesk.store.codec import Item

_TAG_LENGTH = 16


@dataclass(frozen=True)
class Cursors:
    """Seals positions with the first key, and opens what any of the keys sealed.

    Args:
        keys: the current key and, after a rotation, the previous one; empty ones do not count.
    """

    keys: Sequence[str]

    def seal(self, position: Item | None, caller_id: str, query: str) -> str | None:
        """The cursor for a position (a key of the table or index); None where the list ends."""
        if position is None:
            return None
        payload = json.dumps({name: value["S"] for name, value in position.items()}).encode()
        tag = _tag(self.keys[0], payload, caller_id, query)
        return base64.urlsafe_b64encode(tag + payload).decode().rstrip("=")

    def open(self, cursor: str | None, caller_id: str, query: str) -> Item | None:
        """The position in the cursor; None for no cursor.

        Raises:
            CursorError: it was altered, or made for another caller or query.
        """
        if cursor is None:
            return None
        try:
            sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except (binascii.Error, ValueError) as error:
            raise CursorError from error
        tag, payload = sealed[:_TAG_LENGTH], sealed[_TAG_LENGTH:]
        tags = (_tag(key, payload, caller_id, query) for key in self.keys if key)
        if not any(hmac.compare_digest(tag, right) for right in tags):
            raise CursorError
        return {name: {"S": value} for name, value in json.loads(payload).items()}


def _tag(key: str, payload: bytes, caller_id: str, query: str) -> bytes:
    bound = b"\0".join([caller_id.encode(), query.encode(), payload])
    return hmac.digest(key.encode(), bound, sha256)[:_TAG_LENGTH]
