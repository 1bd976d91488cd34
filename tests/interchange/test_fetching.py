"""Fetching from addresses: a real server on this machine, which only these tests may reach."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from interchange import fetching
from interchange.errors import Unreadable

Answer = Callable[[bytes], Awaitable[bytes]]


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[str]:
    """The address of a server that answers each request's head with bytes, and closes."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):  # Whoever asked has left.
            writer.write(await answer(await reader.readuntil(b"\r\n\r\n")))
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def response(content: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{told}Content-Length: {len(content)}\r\nConnection: close\r\n\r\n".encode() + content


def here(address: fetching.Address) -> bool:
    return address.is_loopback


async def test_a_file_is_fetched_by_its_address() -> None:
    async def answer(head: bytes) -> bytes:
        return response(head.split(b"\r\n")[0])

    async with serving(answer) as at:
        assert await fetching.fetch(f"{at}/a%20play.xml?part=1", is_allowed=here) == b"GET /a%20play.xml?part=1 HTTP/1.1"


async def test_redirects_are_followed_and_each_is_looked_at() -> None:
    async def answer(head: bytes) -> bytes:
        if b"/old" in head:
            return response(status="302 Found", Location="/new")
        if b"/out" in head:
            return response(status="302 Found", Location="http://10.0.0.1/secret")
        return response(b"new")

    async with serving(answer) as at:
        assert await fetching.fetch(f"{at}/old", is_allowed=here) == b"new"
        with pytest.raises(Unreadable, match=r"10\.0\.0\.1 is a private address"):
            await fetching.fetch(f"{at}/out", is_allowed=here)


async def test_a_circle_of_redirects_ends() -> None:
    async def answer(head: bytes) -> bytes:
        return response(status="301 Moved Permanently", Location="/again")

    async with serving(answer) as at:
        with pytest.raises(Unreadable, match="redirects more than 5 times"):
            await fetching.fetch(at, is_allowed=here)


@pytest.mark.parametrize(
    ("address", "told"), [("file:///etc/passwd", "Only http and https"), ("http://[nowhere", "The download failed")]
)
async def test_a_redirect_to_a_file_of_this_machine_or_to_no_address_is_refused(address: str, told: str) -> None:
    async def answer(head: bytes) -> bytes:
        return response(status="302 Found", Location=address)

    async with serving(answer) as at:
        with pytest.raises(Unreadable, match=told):
            await fetching.fetch(at, is_allowed=here)


@pytest.mark.parametrize("path", ["\x01", "\ud800", "x" * 100_000])
async def test_a_path_that_cannot_be_asked_for_is_refused(path: str) -> None:
    async with serving(lambda head: asyncio.sleep(0, response(b"x"))) as at:
        with pytest.raises(Unreadable, match="The download failed"):
            await fetching.fetch(f"{at}/{path}", is_allowed=here)


async def test_a_name_beyond_ascii_is_asked_for_as_domains_write_it() -> None:
    async with serving(lambda head: asyncio.sleep(0, response(head))) as at:
        head = await fetching.fetch(at.replace("127.0.0.1", "ｌｏｃａｌｈｏｓｔ"), is_allowed=here)

    assert b"host: localhost:" in head.lower()


async def test_more_than_is_read_is_refused_whatever_the_headers_say() -> None:
    async def answer(head: bytes) -> bytes:
        return b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 2_000_001

    async with serving(answer) as at:
        with pytest.raises(Unreadable, match="more than 2 MB"):
            await fetching.fetch(at, is_allowed=here, bytes_max=2_000_000)


async def test_what_does_not_come_in_time_is_refused() -> None:
    async def answer(head: bytes) -> bytes:
        await asyncio.Event().wait()
        return b""

    async with serving(answer) as at:
        with pytest.raises(Unreadable, match=r"The download took more than 0\.5 seconds"):
            await fetching.fetch(at, is_allowed=here, seconds_max=0.5)


async def test_what_the_server_does_not_have_or_compresses_is_refused() -> None:
    async def answer(head: bytes) -> bytes:
        return response(b"x", Content_Encoding="gzip") if b"/zipped" in head else response(status="404 Not Found")

    async with serving(answer) as at:
        with pytest.raises(Unreadable, match="answers 404 Not Found"):
            await fetching.fetch(f"{at}/nothing", is_allowed=here)
        with pytest.raises(Unreadable, match="compressed"):
            await fetching.fetch(f"{at}/zipped", is_allowed=here)


async def test_an_address_where_nobody_answers_is_refused() -> None:
    async with serving(lambda head: asyncio.sleep(0, b"")) as at:
        pass

    with pytest.raises(Unreadable, match="The download failed"):
        await fetching.fetch(at, is_allowed=here)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "http://localhost/x",
        "http://[::1]/x",
        "http://10.1.2.3/x",
        "http://192.168.0.1/x",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/x",
        "http://[::ffff:127.0.0.1]/x",
        "http://2130706433/x",
        "https://user:word@127.0.0.1:8443/x",
    ],
)
async def test_a_private_address_is_refused(url: str) -> None:
    with pytest.raises(Unreadable, match="is a private address"):
        await fetching.fetch(url)


@pytest.mark.parametrize("url", ["http://no-such-host.invalid/x", "http:///x", "http://[x/", "http://a..b/"])
async def test_an_address_that_leads_nowhere_is_refused(url: str) -> None:
    with pytest.raises(Unreadable):
        await fetching.fetch(url)


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("64:ff9b::93.184.216.34", True),
        ("224.0.0.1", False),
        ("2002:7f00:1::", False),
        ("fe80::1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b:1::10.0.0.1", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(address: str, is_public: bool) -> None:
    assert fetching.is_public(ipaddress.ip_address(address)) is is_public
