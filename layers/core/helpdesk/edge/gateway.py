"""The door of an API: what every request must pass before a route sees it, and every answer on its way out."""

import hmac
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Router
from botocore.exceptions import BotoCoreError, ClientError

from helpdesk.aws.patience import REQUEST_SECONDS, patience
from helpdesk.edge.api import Api
from helpdesk.edge.errors import BodyTooLargeError, ContentTypeError, CrossSiteError
from helpdesk.edge.incoming import Incoming
from helpdesk.edge.json_body import MOST_ENCODED
from helpdesk.edge.network_address import counted_address, viewer_address
from helpdesk.edge.problems import REFUSALS, response_to
from helpdesk.edge.request_log import log_answer
from helpdesk.edge.safe_headers import SAFE_HEADERS
from helpdesk.model.correlation import correlation
from helpdesk.model.errors import ForbiddenError, UnauthenticatedError
from helpdesk.model.people import Kind, Session
from helpdesk.model.session_rules import is_due_to_be_seen, is_live
from helpdesk.model.tokens import token_id
from helpdesk.store import sessions
from helpdesk.store.table import Table

COOKIE_NAMES = {Kind.CUSTOMER: "__Host-session", Kind.AGENT: "__Host-staff"}
_HEADERS = {**SAFE_HEADERS, "Cache-Control": "no-store", "Vary": "Accept-Language, Cookie"}


def caller(router: Router) -> Session:
    """Whose session the present request came with."""
    session: Session = router.context["session"]
    return session


def current_time(router: Router) -> datetime:
    """When the present request came in: one time for all that it does."""
    now: datetime = router.context["now"]
    return now


def language(router: Router) -> str:
    """The language of the present answer: "fa" or "en"."""
    chosen: str = router.context["language"]
    return chosen


@dataclass(frozen=True)
class Gateway:
    """The Lambda handler of an API: checks place, site and session, then lets the route answer.

    Args:
        public: routes that need no session, such as ``("POST", "/registrations/<id>/confirm")``.
        origin: our own origin; empty for "as API Gateway was called".
        origin_verify: the secret header that CloudFront adds; empty where there is none.
    """

    api: Api
    sessions: Table
    public: Iterable[tuple[str, str]] = ()
    origin: str = ""
    origin_verify: str = ""

    def __call__(self, event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        """Answer an API Gateway event."""
        request, now, started = Incoming.of(event), _now(), time.monotonic()
        status = int(HTTPStatus.INTERNAL_SERVER_ERROR)  # what API Gateway makes of an error
        try:
            with patience.limited(REQUEST_SECONDS), correlation.of(request.request_id):
                answer = self._answer(event, context, request, now)
            status = answer["statusCode"]
        finally:
            log_answer(request, self.api.section(request.path), status, now, time.monotonic() - started)
        return answer

    def _answer(self, event: Mapping[str, Any], context: Any, request: Incoming, now: datetime) -> dict[str, Any]:
        origin = self.origin or f"https://{request.domain}"
        self.api.resolver.append_context(
            now=now, language=request.language, origin=origin, incoming=request, address=self._address(request)
        )
        try:
            self._admit(request, origin, now)
        except REFUSALS as refusal:
            response = response_to(refusal, request.language)
            self.api.resolver.clear_context()
            return _finished({"statusCode": response.status_code, "headers": response.headers, "body": response.body})
        return _finished(self.api.load(request.path).resolve(dict(event), context))

    def _admit(self, request: Incoming, origin: str, now: datetime) -> None:
        if self.origin_verify and not self._is_through_cloudfront(request):
            raise ForbiddenError
        has_cookie = COOKIE_NAMES[self.api.kind] in request.cookies and not request.bearer_token
        if not request.is_reading:
            self._refuse_cross_site(request, origin, has_cookie=has_cookie)
            if request.body_length > MOST_ENCODED:
                raise BodyTooLargeError
            if request.body_length and not request.is_json:
                raise ContentTypeError
        if not self._is_public(request):
            session = self._session(request, now)
            self.api.resolver.append_context(session=session, language=_language(request, session))

    def _refuse_cross_site(self, request: Incoming, origin: str, *, has_cookie: bool) -> None:
        """A cookie travels by itself, so only our own pages may send it; a token does not."""
        if request.is_foreign(origin) or (has_cookie and not request.is_same_origin(origin)):
            raise CrossSiteError

    def _session(self, request: Incoming, now: datetime) -> Session:
        token = request.bearer_token or request.cookies.get(COOKIE_NAMES[self.api.kind])
        session = sessions.find(self.sessions, token_id(token)) if token else None
        if session is None or session.kind != self.api.kind or not is_live(session, now):
            raise UnauthenticatedError
        if is_due_to_be_seen(session, now):
            self._touch(request, session, now)
        return session

    def _touch(self, request: Incoming, session: Session, now: datetime) -> None:
        """Reading goes on where writing is throttled: the next request writes it down."""
        try:
            sessions.touch(self.sessions, session.id, now)
        except (BotoCoreError, ClientError):
            if not request.is_reading:
                raise

    def _is_public(self, request: Incoming) -> bool:
        path = self.api.local_path(request.path)
        return any(
            method == request.method and re.fullmatch(re.sub(r"<\w+>", "[^/]+", route), path)
            for method, route in self.public
        )

    def _is_through_cloudfront(self, request: Incoming) -> bool:
        return hmac.compare_digest(request.headers.get("x-origin-verify", "").encode(), self.origin_verify.encode())

    def _address(self, request: Incoming) -> str:
        """The caller's address; what CloudFront says of it counts only when the request came through it.

        X-Forwarded-For never counts: anybody may write it.
        """
        viewer = request.headers.get("cloudfront-viewer-address", "")
        if viewer and self.origin_verify and self._is_through_cloudfront(request):
            return counted_address(viewer_address(viewer))
        return counted_address(request.address)


def _now() -> datetime:
    """The present in whole milliseconds, as it is stored."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _language(request: Incoming, session: Session) -> str:
    return request.language if "accept-language" in request.headers else session.language


def _finished(response: dict[str, Any]) -> dict[str, Any]:
    """The response with the headers that all have; a REST API keeps them in lists."""
    if response["statusCode"] == HTTPStatus.NO_CONTENT or response.get("body") is None:
        response["body"] = ""
    if "multiValueHeaders" in response:
        response["multiValueHeaders"] |= {name: [value] for name, value in _HEADERS.items()}
    else:
        response["headers"] = {**response.get("headers", {}), **_HEADERS}
    return response
