"""`.local/stack.json`: what a program needs to know of a running stack."""

import json
import socket
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

SHARED = ("stack.json", "sms.jsonl", "email.jsonl")


@dataclass(frozen=True)
class Customer:
    name: str
    phone: str
    password: str


@dataclass(frozen=True)
class Staff:
    name: str
    email: str
    password: str
    totp_secret: str
    role: str
    topics: list[str]


@dataclass(frozen=True)
class Demo:
    """People to sign in as."""

    customers: list[Customer] = field(default_factory=list)
    staff: list[Staff] = field(default_factory=list)


@dataclass(frozen=True)
class StackFile:
    """Addresses end where their paths begin: `public_api` with `/api/v1`, `internal_api` with `/internal/v1`."""

    panel_url: str
    console_url: str
    public_api: str
    internal_api: str
    aws_endpoint: str
    demo: Demo

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of AWS."""
        url = urlsplit(self.aws_endpoint)
        return url.hostname or "", url.port or 0

    @classmethod
    def read(cls, path: Path) -> Self:
        content = json.loads(path.read_text(encoding="utf-8"))
        people = content.pop("demo")
        demo = Demo([Customer(**it) for it in people["customers"]], [Staff(**it) for it in people["staff"]])
        return cls(**content, demo=demo)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def publish(state_dir: Path, shared_dir: Path) -> None:
    """Link the stack's files into `shared_dir`, where programs look first."""
    for name in SHARED:
        link = shared_dir / name
        link.unlink(missing_ok=True)
        link.symlink_to(state_dir.relative_to(shared_dir) / name)


def withdraw(state_dir: Path, shared_dir: Path) -> None:
    """Remove `stack.json` and the links that still lead to this stack: a program must not find a stack that is gone."""
    for name in SHARED:
        link = shared_dir / name
        if link.is_symlink() and link.resolve().parent == state_dir.resolve():
            link.unlink()
    (state_dir / "stack.json").unlink(missing_ok=True)


def is_alive(stack_json: Path) -> bool:
    """Whether the stack that the file speaks of answers."""
    try:
        socket.create_connection(StackFile.read(stack_json).address, timeout=1).close()
    except OSError:
        return False
    return True
