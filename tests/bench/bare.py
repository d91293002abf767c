"""The bare loop: fetch every address of a file with aiohttp, nothing else. `python -m tests.bench.bare FILE N [GAP_S|tokens]`.

With `tokens`, each page also runs once through a parser in C, which is what reading costs at least. With a gap, be it 0,
one request at a time and host, a pause in between: the least that politeness costs.
"""

import asyncio
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from lxml.html import fromstring

try:
    import uvloop
except ImportError:  # our programs do without the extra `fast`, and so does this
    uvloop = None


async def main(addresses: list[str], places: int, gap_s: float | None, *, tokens: bool) -> None:
    limit = asyncio.Semaphore(places)
    by_host: dict[str, list[str]] = defaultdict(list)
    for one in addresses:
        by_host[urlsplit(one).netloc if gap_s is not None else one].append(one)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=places)) as session:

        async def host(own: list[str]) -> None:
            for number, one in enumerate(own):
                if number and gap_s:
                    await asyncio.sleep(gap_s)
                async with limit, session.get(one) as response:
                    body = await response.read()
                    if tokens:
                        fromstring(body)
                    assert response.status == 200, one

        await asyncio.gather(*(host(own) for own in by_host.values()))


if __name__ == "__main__":
    listed = Path(sys.argv[1]).read_text().split()
    gap = float(sys.argv[3]) if len(sys.argv) > 3 and sys.argv[3] != "tokens" else None
    run = uvloop.run if uvloop is not None else asyncio.run
    run(main(listed, int(sys.argv[2]), gap, tokens="tokens" in sys.argv))
