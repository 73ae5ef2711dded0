"""Where the command keeps who is signed in: a file of the user's own, readable by nobody else."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Session:
    """A session at one of the two APIs."""

    kind: Literal["customer", "staff"]
    url: str
    token: str


def session_file() -> Path:
    """$POSHTIBAN_SESSION, or poshtiban/session.json in the user's configuration folder."""
    named = os.environ.get("POSHTIBAN_SESSION")
    configuration = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return Path(named) if named else configuration / "poshtiban" / "session.json"


def find_session() -> Session | None:
    """Who is signed in, if somebody is."""
    try:
        return Session(**json.loads(session_file().read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def keep_session(session: Session) -> None:
    """Remember who is signed in."""
    file = session_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as writer:
        json.dump(asdict(session), writer)


def forget_session() -> None:
    """Forget who was signed in."""
    session_file().unlink(missing_ok=True)
