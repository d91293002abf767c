"""The archive of the bench: `python -m tests.bench.archive` prints its port; it holds every cited page once a year."""

import asyncio

from tests.bench.web import BODIES, place
from tests.support.archive_server import served
from tests.support.archive_standin import Kept, StandIn

SOURCES = 24


def source(number: int, *, lives: bool = False) -> str:
    return f"http://site{number}.test{place(number, '2k', 0) if lives else f'/reports/{number}'}"


async def main() -> None:
    kept = [
        Kept(url=source(number, lives=lives), stamp=f"{year}0301120000", body=BODIES["2k"])
        for number in range(SOURCES)
        for year in range(2015, 2026)
        for lives in (False, True)
    ]
    async with served(StandIn(kept)) as standin:
        print(standin.base.rpartition(":")[2], flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
