"""What the edge refuses by itself, before an action is asked.

HelpdeskError
├── InvalidRequestError     fields that do not have the form the schema asks for
├── MalformedBodyError      the body is not one JSON object
├── BodyTooLargeError       the body is larger than any request needs
├── ContentTypeError        a body that does not say it is JSON
└── ForbiddenError
    └── CrossSiteError      a page of another site sent it, or may have
"""

from helpdesk.model.errors import ForbiddenError, HelpdeskError


class InvalidRequestError(HelpdeskError):
    """Fields do not have the form the schema asks for."""


class MalformedBodyError(HelpdeskError):
    """The body is not one JSON object as RFC 8259 has it."""


class BodyTooLargeError(HelpdeskError):
    """The body is larger than any request needs."""


class ContentTypeError(HelpdeskError):
    """A body must be JSON and say so."""


class CrossSiteError(ForbiddenError):
    """The request came from a page of another site, or may have."""
