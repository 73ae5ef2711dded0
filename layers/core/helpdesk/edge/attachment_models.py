"""Uploads asked for, and how far an attachment is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from helpdesk.actions.request_upload import UploadRequest
from helpdesk.aws.uploads import UploadForm
from helpdesk.edge.fields import CleanText, Request, View
from helpdesk.edge.problems import field_text
from helpdesk.model.attachment import UPLOAD_LIMIT, Attachment, AttachmentState


class NewUpload(Request):
    """The file as its owner declares it; size in bytes."""

    filename: Annotated[CleanText, Field(max_length=1000)]
    content_type: str
    size: int

    def request(self) -> UploadRequest:
        """What the action is asked for."""
        return UploadRequest(self.filename, self.content_type, self.size)


class PostForm(View):
    """A form to POST as multipart/form-data: all fields as given, then the file as `file`."""

    url: str
    fields: Mapping[str, str]


class UploadView(View):
    """An attachment that waits for its upload; the form is good until `expires_at`."""

    id: str
    upload: PostForm
    expires_at: datetime

    @classmethod
    def of(cls, attachment: Attachment, form: UploadForm) -> Self:
        """The attachment and the form as shown."""
        return cls(
            id=attachment.id,
            upload=PostForm(url=form.url, fields=form.fields),
            expires_at=attachment.created_at + UPLOAD_LIMIT,
        )


class Refusal(View):
    """Why a file was refused: a name for programs, and words for people."""

    code: str
    message: str


class AttachmentView(View):
    """How far an attachment is."""

    id: str
    state: AttachmentState
    filename: str
    content_type: str
    size: int
    has_thumbnail: bool
    refusal: Refusal | None

    @classmethod
    def of(cls, attachment: Attachment, language: str) -> Self:
        """The attachment as its owner sees it."""
        reason = attachment.reason
        return cls(
            id=attachment.id,
            state=attachment.state,
            filename=attachment.filename,
            content_type=attachment.content_type,
            size=attachment.size,
            has_thumbnail=attachment.has_thumbnail,
            refusal=Refusal(code=reason, message=field_text(reason, language)) if reason else None,
        )
