"""What a crowd asks for is made once, and nobody waits while there is something to tell."""

import asyncio

import pytest

from monitor.serve.remembered import Remembered


class Source:
    """Counts how often it is asked, and answers when told to."""

    def __init__(self) -> None:
        self.asked, self.answers, self.down = 0, asyncio.Event(), False

    async def make(self) -> int:
        self.asked += 1
        made = self.asked
        await self.answers.wait()
        if self.down:
            raise OSError("down")
        return made


async def test_a_crowd_waits_for_one_answer_and_later_ones_for_none() -> None:
    source = Source()
    remembered = Remembered(source.make, good_s=0.0, stale_s=1000.0)
    crowd = [asyncio.create_task(remembered.get()) for _ in range(9)]
    await asyncio.sleep(0)
    source.answers.set()
    assert await asyncio.gather(*crowd) == [1] * 9
    source.answers.clear()
    assert [await remembered.get() for _ in range(9)] == [1] * 9
    source.answers.set()
    await asyncio.sleep(0.01)
    assert source.asked == 2
    assert await remembered.get() == 2


async def test_what_is_too_old_is_not_told() -> None:
    source = Source()
    source.answers.set()
    remembered = Remembered(source.make, good_s=0.0, stale_s=0.0)
    assert [await remembered.get() for _ in range(3)] == [1, 2, 3]


async def test_a_failure_is_told_and_kept_for_nobody() -> None:
    source = Source()
    source.answers.set()
    remembered = Remembered(source.make, good_s=0.0, stale_s=1000.0)
    assert await remembered.get() == 1
    source.down = True
    assert await remembered.get() == 1  # made anew meanwhile, in vain
    await asyncio.sleep(0.01)
    with pytest.raises(OSError, match="down"):
        await remembered.get()
    source.down = False
    assert await remembered.get() == 4


async def test_what_was_begun_before_it_was_forgotten_is_not_kept() -> None:
    source = Source()
    remembered = Remembered(source.make, good_s=1000.0)
    first = asyncio.create_task(remembered.get())
    await asyncio.sleep(0)
    remembered.forget()
    source.answers.set()
    assert await first == 1
    assert await remembered.get() == 2
