"""Fetching from URLs, with a real server on this machine."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from interchange import fetching
from interchange.errors import Unreadable

Answer = Callable[[bytes], Awaitable[bytes]]


@asynccontextmanager
async def serve(answer: Answer) -> AsyncIterator[str]:
    """Runs a server that sends the result of `answer` to each request and closes the connection; yields its URL."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):  # The client closed the connection.
            writer.write(await answer(await reader.readuntil(b"\r\n\r\n")))
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def response(content: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}Content-Length: {len(content)}\r\nConnection: close\r\n\r\n".encode() + content


def is_loopback(address: fetching.Address) -> bool:
    return address.is_loopback


async def test_a_file_is_fetched_by_its_url() -> None:
    async def answer(head: bytes) -> bytes:
        return response(head.split(b"\r\n")[0])

    async with serve(answer) as url:
        assert (
            await fetching.fetch(f"{url}/a%20play.xml?part=1", is_allowed=is_loopback) == b"GET /a%20play.xml?part=1 HTTP/1.1"
        )


async def test_redirects_are_followed_and_each_address_is_checked() -> None:
    async def answer(head: bytes) -> bytes:
        if b"/old" in head:
            return response(status="302 Found", Location="/new")
        if b"/out" in head:
            return response(status="302 Found", Location="http://10.0.0.1/secret")
        return response(b"new")

    async with serve(answer) as url:
        assert await fetching.fetch(f"{url}/old", is_allowed=is_loopback) == b"new"
        with pytest.raises(Unreadable, match=r"10\.0\.0\.1 is a private address"):
            await fetching.fetch(f"{url}/out", is_allowed=is_loopback)


async def test_endless_redirects_are_refused() -> None:
    async def answer(head: bytes) -> bytes:
        return response(status="301 Moved Permanently", Location="/again")

    async with serve(answer) as url:
        with pytest.raises(Unreadable, match="redirects more than 5 times"):
            await fetching.fetch(url, is_allowed=is_loopback)


@pytest.mark.parametrize(
    ("location", "explanation"), [("file:///etc/passwd", "Only http and https"), ("http://[nowhere", "The download failed")]
)
async def test_a_redirect_to_a_local_file_or_an_invalid_url_is_refused(location: str, explanation: str) -> None:
    async def answer(head: bytes) -> bytes:
        return response(status="302 Found", Location=location)

    async with serve(answer) as url:
        with pytest.raises(Unreadable, match=explanation):
            await fetching.fetch(url, is_allowed=is_loopback)


@pytest.mark.parametrize("path", ["\x01", "\ud800", "x" * 100_000])
async def test_an_invalid_path_is_refused(path: str) -> None:
    async with serve(lambda head: asyncio.sleep(0, response(b"x"))) as url:
        with pytest.raises(Unreadable, match="The download failed"):
            await fetching.fetch(f"{url}/{path}", is_allowed=is_loopback)


async def test_a_host_name_that_is_not_ascii_is_sent_in_idna() -> None:
    async with serve(lambda head: asyncio.sleep(0, response(head))) as url:
        head = await fetching.fetch(url.replace("127.0.0.1", "ｌｏｃａｌｈｏｓｔ"), is_allowed=is_loopback)

    assert b"host: localhost:" in head.lower()


async def test_a_file_beyond_the_limit_is_refused_without_a_content_length() -> None:
    async def answer(head: bytes) -> bytes:
        return b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 2_000_001

    async with serve(answer) as url:
        with pytest.raises(Unreadable, match="more than 2 MB"):
            await fetching.fetch(url, is_allowed=is_loopback, bytes_max=2_000_000)


async def test_a_slow_download_is_refused() -> None:
    async def answer(head: bytes) -> bytes:
        await asyncio.Event().wait()
        return b""

    async with serve(answer) as url:
        with pytest.raises(Unreadable, match=r"The download took more than 0\.5 seconds"):
            await fetching.fetch(url, is_allowed=is_loopback, seconds_max=0.5)


async def test_error_statuses_and_compressed_content_are_refused() -> None:
    async def answer(head: bytes) -> bytes:
        return response(b"x", Content_Encoding="gzip") if b"/zipped" in head else response(status="404 Not Found")

    async with serve(answer) as url:
        with pytest.raises(Unreadable, match="answers 404 Not Found"):
            await fetching.fetch(f"{url}/nothing", is_allowed=is_loopback)
        with pytest.raises(Unreadable, match="compressed"):
            await fetching.fetch(f"{url}/zipped", is_allowed=is_loopback)


async def test_a_url_without_a_server_is_refused() -> None:
    async with serve(lambda head: asyncio.sleep(0, b"")) as url:
        pass

    with pytest.raises(Unreadable, match="The download failed"):
        await fetching.fetch(url, is_allowed=is_loopback)


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
async def test_a_url_without_a_valid_host_is_refused(url: str) -> None:
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
def test_only_addresses_of_the_internet_are_public(address: str, is_public: bool) -> None:
    assert fetching.is_public(ipaddress.ip_address(address)) is is_public
