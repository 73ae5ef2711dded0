"""The Poshtiban support desk from Python: one client for customers, one for the staff.

Shapes of requests and answers are the TypedDicts of `poshtiban.public` and `poshtiban.internal`, written by
`make client` from the OpenAPI documents.
"""

from poshtiban.customers import CustomerClient
from poshtiban.errors import AttachmentRefusedError, PoshtibanError, ProblemError
from poshtiban.staff import StaffClient

__all__ = ["AttachmentRefusedError", "CustomerClient", "PoshtibanError", "ProblemError", "StaffClient"]
