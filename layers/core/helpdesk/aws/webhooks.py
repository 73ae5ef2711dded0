"""Calls to addresses that other people chose: https only, never into our own network, and not for long."""

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv6Network, ip_address

import urllib3
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import Url, parse_url

from helpdesk.model.delivery import NotSentError, RefusedError
from helpdesk.model.errors import InvalidError

_TIMES = urllib3.Timeout(connect=2, read=5)
_HTTPS_PORT = 443
_OTHERS_PORTS = frozenset(range(1, 1024)) - {_HTTPS_PORT}  # mail and the like, which a call must not be made to talk to
_INSIDE = (
    IPv6Network("64:ff9b::/96"),  # IPv4 behind NAT64, private ones too: RFC 6052
    IPv6Network("::/96"),  # IPv4-compatible: RFC 4291, 2.5.5.1
    IPv6Network("fec0::/10"),  # site-local: RFC 3879
)


@dataclass(frozen=True)
class Delivery:
    """One call; the headers hold its signature."""

    url: str
    body: str
    headers: Mapping[str, str]


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host.

    Raises:
        NotSentError: the name cannot be resolved just now.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotSentError(type(error).__name__) from error
    return [str(place[0]) for *_, place in found]


def is_public(address: str) -> bool:
    """Whether an address belongs to the internet at large.

    Private, loopback, link-local (where the metadata service lives), shared, multicast and reserved ones do not, nor
    does IPv6 that leads to an IPv4 address inside.
    """
    ip = ip_address(address)
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _INSIDE)


def refuse_bad_url(text: str) -> None:
    """Nothing, for an address on the internet; where its name leads is looked at with each call.

    Raises:
        InvalidError: it is not https, holds a password, names no host, or one inside.
    """
    try:
        host = _plain(text).host or ""
    except RefusedError:
        raise InvalidError("url", "webhook_url") from None
    try:
        is_inside = not is_public(host.strip("[]"))
    except ValueError:  # a name
        is_inside = host == "localhost" or host.endswith(".localhost")
    if is_inside:
        raise InvalidError("url", "webhook_url")


def host_of(text: str) -> str:
    """Whom a subscriber's URL calls, without the path, which may hold a password."""
    return _plain(text).host or ""


def _plain(text: str) -> Url:
    if not text.isascii() or "\\" in text:  # parsers disagree about where such a host ends
        raise RefusedError("url")
    try:
        url = parse_url(text)
    except LocationParseError:
        raise RefusedError("url") from None
    if url.scheme != "https" or not url.host or url.auth or (url.port or _HTTPS_PORT) in _OTHERS_PORTS:
        raise RefusedError("url")
    return url


@dataclass(frozen=True)
class WebhookClient:
    """Posts to subscribers.

    Args:
        resolve: from host and port to addresses; the call goes to the very address that was looked at.
        is_allowed: whether an address may be called.
        ca_certs: file of the authorities to trust; None for the system's.
    """

    resolve: Callable[[str, int], list[str]] = resolve
    is_allowed: Callable[[str], bool] = is_public
    ca_certs: str | None = None

    def post(self, delivery: Delivery) -> str:
        """Deliver, and give the status of the answer. A redirection is not followed.

        Raises:
            RefusedError: the address may not be called, or the subscriber wants no more calls.
            NotSentError: it could not be reached, or did not answer with success.
        """
        url, address = self._target(delivery.url)
        status = self._status(url, address, delivery)
        if status == HTTPStatus.GONE:
            raise RefusedError("gone")
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise NotSentError(f"status_{status}")
        return str(status)

    def _target(self, text: str) -> tuple[Url, str]:
        """The parsed URL, and the address to connect to."""
        url = _plain(text)
        addresses = self.resolve((url.host or "").strip("[]"), url.port or _HTTPS_PORT)
        if not addresses or not all(map(self.is_allowed, addresses)):
            raise RefusedError("address")
        return url, addresses[0]

    def _status(self, url: Url, address: str, delivery: Delivery) -> int:
        host = url.host or ""
        headers = {**delivery.headers, "Host": url.netloc or host}
        with urllib3.HTTPSConnectionPool(
            address,
            url.port or _HTTPS_PORT,
            timeout=_TIMES,
            retries=False,
            ca_certs=self.ca_certs,
            server_hostname=host,
            assert_hostname=host,
        ) as pool:
            try:
                answer = pool.urlopen(
                    "POST",
                    url.request_uri,
                    body=delivery.body.encode(),
                    headers=headers,
                    redirect=False,
                    preload_content=False,  # what it says is of no interest, and may be endless
                )
            except HTTPError as error:
                raise NotSentError(type(error).__name__) from error
            answer.close()
        return answer.status
