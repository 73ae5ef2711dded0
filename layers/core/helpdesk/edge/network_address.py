"""The address that throttles count by."""

from ipaddress import IPv6Address, IPv6Network, ip_address

_ONE_CONNECTION = 64  # bits of an IPv6 address that a provider gives to one line (RFC 6177): the rest is its owner's


def counted_address(text: str) -> str:
    """An IPv4 address as it is, an IPv6 address as its /64: whoever has one has 2⁶⁴.

    Text that is no address stays what it is: it comes from API Gateway or CloudFront alone.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, _ONE_CONNECTION), strict=False))


def viewer_address(header: str) -> str:
    """The address in CloudFront-Viewer-Address, which ends in the port: ``198.51.100.7:4711``, ``2001:db8::7:4711``."""
    return header.rpartition(":")[0].strip("[]")
