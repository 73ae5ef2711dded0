"""The Docker engine that `sam local` needs, and where its containers meet the programs of this machine.

Run as a program it only asks whether there is one: before anything is built for it.
"""

import socket
import sys
from contextlib import closing
from dataclasses import dataclass
from ipaddress import ip_network

import docker
from docker.errors import DockerException

from local.emulator import HOST
from local.errors import LocalStackError

NONE = "No Docker engine answers, and sam local needs one. Without an engine there is: make run"
PATIENCE = 10  # seconds


@dataclass(frozen=True)
class MeetingPlace:
    """`host` is the address to listen on, `name` what containers call it."""

    host: str
    name: str


def find_meeting_place() -> MeetingPlace:
    """Where containers can reach us and nobody else can. Raises LocalStackError without an engine."""
    try:
        with closing(docker.from_env(timeout=PATIENCE)) as engine:
            bridge = engine.networks.get("bridge").attrs["IPAM"]["Config"][0]
    except DockerException as error:
        raise LocalStackError(NONE) from error
    return meeting_place(bridge)


def meeting_place(bridge: dict[str, str]) -> MeetingPlace:
    """Our end of the engine's bridge; Docker Desktop has it in a machine of its own, and forwards a name to loopback.

    An engine that never had a container names the bridge's network only: our end is then its first address.
    """
    address = bridge.get("Gateway") or str(next(ip_network(bridge["Subnet"]).hosts()))
    return MeetingPlace(address, address) if _is_ours(address) else MeetingPlace(HOST, "host.docker.internal")


def _is_ours(address: str) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def main() -> str | None:
    try:
        find_meeting_place()
    except LocalStackError as error:
        return str(error)
    return None


if __name__ == "__main__":
    sys.exit(main())
