"""Problems as the OpenAPI documents describe them; `edge/problems.py` makes them."""

from helpdesk.edge.fields import View


class FieldProblem(View):
    """What is wrong with one field; `field` is its name as sent, with dots inside lists and objects."""

    field: str
    message: str


class Problem(View):
    """RFC 9457 problem details; some problems have members of their own beside these."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
