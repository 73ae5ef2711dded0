"""Routes of attachments, as both APIs have them."""

from agent_desk.buckets import files, quarantine
from agent_desk.services import office
from helpdesk.edge.attachment_routes import attachment_router

router = attachment_router(office, quarantine, files)
