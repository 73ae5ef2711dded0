"""How a session reaches its client: as a cookie of our own pages, or in the answer's body for programs."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.shared.cookies import Cookie, SameSite
from pydantic import BaseModel

from helpdesk.actions.open_session import Visit
from helpdesk.edge.errors import CrossSiteError
from helpdesk.edge.gateway import COOKIE_NAMES, current_time
from helpdesk.edge.incoming import Incoming
from helpdesk.edge.request_log import log_sign_in
from helpdesk.model.people import Kind, Session
from helpdesk.model.tokens import token_id

_JSON = "application/json"
_DEVICE_LENGTH = 200


def refuse_foreign_cookie(router: Router, transport: str) -> None:
    """Nothing, when the session may come as asked for: a cookie is set only for a page of our own.

    Raises:
        CrossSiteError: the request does not say that it comes from one.
    """
    request: Incoming = router.context["incoming"]
    if transport == "cookie" and not request.is_same_origin(router.context["origin"]):
        raise CrossSiteError


def visit(router: Router, kind: Kind) -> Visit:
    """Where the present request signs in from; a session whose cookie comes along ends by it."""
    request: Incoming = router.context["incoming"]
    previous = request.cookies.get(COOKIE_NAMES[kind])
    return Visit(router.context["address"], _device(request), token_id(previous) if previous else None)


def _device(request: Incoming) -> str:
    """What the client calls itself, so that its owner can tell it from the others."""
    agent = request.headers.get("user-agent", "")
    return "".join(character for character in agent if character.isprintable())[:_DEVICE_LENGTH]


def opened[Body: BaseModel](router: Router, session: Session, token: str, transport: str, body: Body) -> Response[Body]:
    """201, with the cookie unless the body brings the token; it is written down."""
    log_sign_in(router.context["incoming"], session)
    age = int((session.ends_at - current_time(router)).total_seconds())
    cookies = [_cookie(session.kind, token, age)] if transport == "cookie" else []
    return Response(HTTPStatus.CREATED, _JSON, body, cookies=cookies)


def ended(router: Router, kind: Kind) -> Response[None]:
    """204, and the browser forgets the cookie if it sent one."""
    request: Incoming = router.context["incoming"]
    cookies = [_cookie(kind, "", 0)] if COOKIE_NAMES[kind] in request.cookies else []
    return Response(HTTPStatus.NO_CONTENT, cookies=cookies)


def _cookie(kind: Kind, value: str, seconds: int) -> Cookie:
    return Cookie(
        COOKIE_NAMES[kind],
        value,
        path="/",
        secure=True,
        http_only=True,
        max_age=seconds,
        same_site=SameSite.STRICT_MODE,
    )
