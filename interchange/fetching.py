"""Fetching a file from a URL: from public addresses only, at every redirect, within limits of size and time."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import httpx

from interchange.errors import Unreadable
from interchange.source_file import FILE_BYTES_MAX

SECONDS_MAX = 60.0
CONNECT_SECONDS_MAX = 10.0
REDIRECTS_MAX = 5
SCHEMES = ("http", "https")
EMBEDDED_IPV4_NETWORKS = (ipaddress.IPv6Network("::/96"), ipaddress.IPv6Network("64:ff9b::/96"))
"""IPv4-compatible addresses (RFC 4291), and those that a gateway translates (RFC 6052)."""
LOCAL_NAT64_NETWORK = ipaddress.IPv6Network("64:ff9b:1::/48")
"""Addresses that a local gateway translates (RFC 8215); Python 3.11 counts them as global."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
AddressPredicate = Callable[[Address], bool]


def is_url(text: str) -> bool:
    return text.casefold().startswith(tuple(f"{scheme}://" for scheme in SCHEMES))


def is_public(address: Address) -> bool:
    """Returns whether the address is public. An IPv4 address inside an IPv6 address is judged by itself."""
    if isinstance(address, ipaddress.IPv6Address) and (embedded := _embedded_ipv4(address)):
        return is_public(embedded)
    return address.is_global and not address.is_multicast and address not in LOCAL_NAT64_NETWORK


def _embedded_ipv4(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if any(address in network for network in EMBEDDED_IPV4_NETWORKS):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


async def fetch(
    url: str, *, is_allowed: AddressPredicate = is_public, bytes_max: int = FILE_BYTES_MAX, seconds_max: float = SECONDS_MAX
) -> bytes:
    """Returns the content at `url`. Raises Unreadable."""
    try:
        async with asyncio.timeout(seconds_max):
            return await _follow_redirects(url, is_allowed, bytes_max)
    except TimeoutError:
        raise Unreadable(
            f"The download took more than {seconds_max:g} seconds. Download the file and import it.", url
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Unreadable(f"The download failed ({error or type(error).__name__}). Check the URL.", url) from None


async def _follow_redirects(url: str, is_allowed: AddressPredicate, bytes_max: int) -> bytes:
    location = url
    # A proxy of the environment would resolve the name again, after the check.
    async with httpx.AsyncClient(trust_env=False, timeout=CONNECT_SECONDS_MAX) as client:
        for _ in range(REDIRECTS_MAX + 1):
            request = await _build_request(client, location, url, is_allowed)
            response = await client.send(request, stream=True)
            try:
                if not response.has_redirect_location:
                    return await _read_body(response, url, bytes_max)
                location = urljoin(location, response.headers["location"])
            finally:
                await response.aclose()
    raise Unreadable(f"The URL redirects more than {REDIRECTS_MAX} times. Give the final URL.", url)


async def _build_request(client: httpx.AsyncClient, location: str, url: str, is_allowed: AddressPredicate) -> httpx.Request:
    """Builds a request to the address that was checked, not to the name, which may resolve to another address next time."""
    try:
        parts = urlsplit(location)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise Unreadable("This is not a URL. Check its spelling.", url) from None
    if parts.scheme not in SCHEMES or not host:
        raise Unreadable(f"Only http and https are fetched, and {location} is neither. Download the file and import it.", url)
    address = await _resolve_host(host, url, is_allowed)
    literal = f"[{address}]" if address.version == 6 else str(address)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    name = f"{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}"
    return client.build_request(
        "GET",
        f"{parts.scheme}://{literal}{f':{port}' if port else ''}{path}",
        headers={"host": name, "accept-encoding": "identity", "user-agent": "character-observatory"},
        extensions={"sni_hostname": host},
    )


async def _resolve_host(host: str, url: str, is_allowed: AddressPredicate) -> Address:
    """Returns an address of the host. Raises Unreadable unless all its addresses are allowed."""
    try:
        entries = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreadable(f"There is no host {host}. Check its spelling.", url) from None
    addresses = [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in entries]
    if not addresses or not all(is_allowed(address) for address in addresses):
        raise Unreadable(f"{host} is a private address, which is not fetched. Save the file and import it.", url)
    return addresses[0]


async def _read_body(response: httpx.Response, url: str, bytes_max: int) -> bytes:
    if response.status_code != httpx.codes.OK:
        raise Unreadable(f"The server answers {response.status_code} {response.reason_phrase}. Check the URL.", url)
    if response.headers.get("content-encoding", "identity") != "identity":
        raise Unreadable(
            "The server sends compressed content although the request excludes it. Save the file and import it.", url
        )
    content = bytearray()
    async for block in response.aiter_raw():
        content += block
        if len(content) > bytes_max:
            raise Unreadable(f"The file has more than {bytes_max / 1e6:,.0f} MB, the most that is read. Import its parts.", url)
    return bytes(content)
