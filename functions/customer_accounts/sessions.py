"""Routes of sessions: sign in, see where one is signed in, sign out."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Path

from customer_accounts.services import registry
from helpdesk.actions import end_sessions, sign_in
from helpdesk.edge.gateway import caller, current_time
from helpdesk.edge.session_cookie import ended, opened, refuse_foreign_cookie, visit
from helpdesk.edge.session_models import SessionList, SessionOpened, SessionView, SignIn
from helpdesk.model.people import Kind

router = Router()


@router.post("/sessions", tags=["sessions"], summary="Sign in", status_code=201)
def create(credentials: SignIn) -> Response[SessionOpened]:
    """A session by phone number and password."""
    refuse_foreign_cookie(router, credentials.transport)
    signed_in = sign_in.sign_in(
        registry,
        credentials.phone,
        credentials.password,
        visit(router, Kind.CUSTOMER),
        current_time(router),
    )
    body = SessionOpened.of(signed_in, credentials.transport)
    return opened(router, signed_in.session, signed_in.token, credentials.transport, body)


@router.get("/sessions", tags=["sessions"], summary="Where I am signed in")
def list_mine() -> SessionList:
    """The caller's sessions, newest first."""
    customer = caller(router)
    found = end_sessions.list_sessions(registry, customer, current_time(router))
    return SessionList(items=[SessionView.of(session, customer) for session in found])


@router.delete("/sessions/current", tags=["sessions"], summary="Sign out", status_code=204)
def end_current() -> Response[None]:
    """This session ends."""
    end_sessions.sign_out(registry, caller(router))
    return ended(router, Kind.CUSTOMER)


@router.delete("/sessions/<session_id>", tags=["sessions"], summary="End a session", status_code=204)
def end(session_id: Annotated[str, Path(max_length=64)]) -> None:
    """One of the caller's sessions ends."""
    end_sessions.end_session(registry, caller(router), session_id)


@router.delete("/sessions", tags=["sessions"], summary="End all other sessions", status_code=204)
def end_others() -> None:
    """All of the caller's sessions end but this one."""
    end_sessions.end_other_sessions(registry, caller(router))
