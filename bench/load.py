"""Many people answering at once, each on a connection that is kept open."""

import asyncio
import statistics
import time
from urllib.parse import urlsplit

from bench.requests import body, over_http
from devtools.steps import Refused


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> None:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise Refused(f"Under load the site answered {head.splitlines()[0].decode()}.")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(length))


async def _person(
    host: str, port: int, codes: list[str], begin: float, end: float, took: list[float]
) -> None:
    reader, writer = await asyncio.open_connection(host, port, limit=2**18)
    turn = 0
    while (started := time.monotonic()) < end:
        code = codes[turn % len(codes)]
        turn += 1
        await _exchange(reader, writer, over_http(code))
        await _exchange(reader, writer, over_http(code, body()))
        if started >= begin:
            took.append(time.monotonic() - started)
    writer.close()


async def _crowd(
    site: str, codes: list[str], *, clients: int, seconds: int, warm_up: int
) -> tuple[list[float], float]:
    address = urlsplit(site)
    assert address.hostname and address.port
    begin = time.monotonic() + warm_up
    took: list[float] = []
    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            own = codes[number % len(codes) :] + codes[: number % len(codes)]
            group.create_task(
                _person(address.hostname, address.port, own, begin, begin + seconds, took)
            )
    return took, time.monotonic() - begin


def load(
    site: str, codes: list[str], *, clients: int, seconds: int, warm_up: int
) -> dict[str, float]:
    """Whole responses a second (document and post), and how long the slowest twentieth waits."""
    body()  # asks the database for the codes before the loop runs
    took, lasted = asyncio.run(
        _crowd(site, codes, clients=clients, seconds=seconds, warm_up=warm_up)
    )
    return {
        f"per_second_c{clients}": round(len(took) / lasted, 1),
        f"p95_ms_c{clients}": round(statistics.quantiles(took, n=20)[-1] * 1000, 1),
    }
