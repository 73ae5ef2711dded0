"""Routes of attachments, the same at both APIs: ask for an upload, see how far it is, fetch the file."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from helpdesk.actions.office import Office
from helpdesk.actions.read_attachment import Variant, download_address, read_attachment
from helpdesk.actions.request_upload import request_upload
from helpdesk.aws.uploads import FileStore, Quarantine
from helpdesk.edge.attachment_models import AttachmentView, NewUpload, UploadView
from helpdesk.edge.fields import PathId
from helpdesk.edge.gateway import caller, current_time, language


def attachment_router(office: Office, quarantine: Quarantine, files: FileStore) -> Router:
    """The routes, working with these."""
    router = Router()

    @router.post("/attachments", tags=["attachments"], summary="Ask to upload a file", status_code=201)
    def create_attachment(upload: NewUpload) -> UploadView:
        """An attachment that waits for its file, and the form to post the file with."""
        address, now = router.context["address"], current_time(router)
        attachment, form = request_upload(office, quarantine, caller(router), upload.request(), address, now)
        return UploadView.of(attachment, form)

    @router.get("/attachments/<attachment_id>", tags=["attachments"], summary="How far an attachment is")
    def read_state(attachment_id: PathId) -> AttachmentView:
        """An attachment of the caller."""
        return AttachmentView.of(read_attachment(office.desk, caller(router), attachment_id), language(router))

    @router.get(
        "/attachments/<attachment_id>/download",
        tags=["attachments"],
        summary="Fetch a file",
        status_code=303,
        response_description="Where the file is, for five minutes",
    )
    def download(attachment_id: PathId, variant: Annotated[Variant, Query()] = Variant.ORIGINAL) -> Response[None]:
        """Redirect to a checked file that the caller may see, or to its thumbnail."""
        address = download_address(office.desk, files, caller(router), attachment_id, variant)
        return Response(303, headers={"Location": address})

    return router
