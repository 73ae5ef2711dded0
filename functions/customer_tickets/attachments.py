"""Routes of attachments, as both APIs have them."""

from customer_tickets.buckets import files, quarantine
from customer_tickets.services import office
from helpdesk.edge.attachment_routes import attachment_router

router = attachment_router(office, quarantine, files)
