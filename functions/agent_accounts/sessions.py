"""Routes of sessions: the password, then the code of the second factor; where one is signed in."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Path

from agent_accounts.services import registry
from helpdesk.actions import end_sessions
from helpdesk.actions.staff_sign_in import confirm_sign_in, start_recovery, start_sign_in
from helpdesk.edge.gateway import caller, current_time
from helpdesk.edge.session_cookie import ended, opened, refuse_foreign_cookie, visit
from helpdesk.edge.session_models import SessionList, SessionView
from helpdesk.edge.staff_models import CodeWanted, Recovery, StaffConfirmation, StaffSessionOpened, StaffSignIn
from helpdesk.model.people import Kind

router = Router()


@router.post("/sessions", tags=["sessions"], summary="Sign in: the password")
def create(credentials: StaffSignIn) -> CodeWanted:
    """Asks for a code of the second factor; at the first sign-in, with the secret to enrol."""
    wanted = start_sign_in(
        registry, credentials.email, credentials.password, router.context["address"], current_time(router)
    )
    return CodeWanted.of(wanted)


@router.post("/sessions/recovery", tags=["sessions"], summary="Sign in without the second factor: a recovery code")
def recover(recovery: Recovery) -> CodeWanted:
    """Uses the recovery code up and asks for a code of a new second factor, which replaces the lost one."""
    address, now = router.context["address"], current_time(router)
    return CodeWanted.of(start_recovery(registry, recovery.challenge_id, recovery.recovery_code, address, now))


@router.post("/sessions/confirm", tags=["sessions"], summary="Sign in: the code", status_code=201)
def confirm(confirmation: StaffConfirmation) -> Response[StaffSessionOpened]:
    """A session by a code of the second factor; each code works once. An enrolment brings recovery codes."""
    transport = confirmation.transport
    refuse_foreign_cookie(router, transport)
    signed_in, recovery_codes = confirm_sign_in(
        registry, confirmation.challenge_id, confirmation.code, visit(router, Kind.AGENT), current_time(router)
    )
    body = StaffSessionOpened.of(signed_in, recovery_codes, transport)
    return opened(router, signed_in.session, signed_in.token, transport, body)


@router.get("/sessions", tags=["sessions"], summary="Where I am signed in")
def list_mine() -> SessionList:
    """The caller's sessions, newest first."""
    member = caller(router)
    found = end_sessions.list_sessions(registry, member, current_time(router))
    return SessionList(items=[SessionView.of(session, member) for session in found])


@router.delete("/sessions/current", tags=["sessions"], summary="Sign out", status_code=204)
def end_current() -> Response[None]:
    """This session ends."""
    end_sessions.sign_out(registry, caller(router))
    return ended(router, Kind.AGENT)


@router.delete("/sessions/<session_id>", tags=["sessions"], summary="End a session", status_code=204)
def end(session_id: Annotated[str, Path(max_length=64)]) -> None:
    """One of the caller's sessions ends."""
    end_sessions.end_session(registry, caller(router), session_id)


@router.delete("/sessions", tags=["sessions"], summary="End all other sessions", status_code=204)
def end_others() -> None:
    """All of the caller's sessions end but this one."""
    end_sessions.end_other_sessions(registry, caller(router))
