"""Answers with random damage: a verdict each time, never a crash, never a hang."""

import asyncio
import random

from monitor.model.observation import Outcome
from tests.support.certificates import certificates
from tests.support.watching import Time, Watch, request
from tests.support.zoo import BEHAVIOURS, Ask, Line, Zoo
from tests.support.zoo_bodies import WIRE

COUNT = 150
POSSIBLE = {*Outcome} - {Outcome.UNCHECKED, Outcome.MALFORMED, Outcome.UNSUPPORTED}


def damaged(seed: int) -> bytes:
    """Return an answer with bytes flipped, cut out, doubled or put in, mostly in its head."""
    chance = random.Random(seed)
    names = sorted(name for name in WIRE if "bomb" not in name and "giant" not in name)
    data = bytearray(WIRE[chance.choice(names)][:6000])
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(min(len(data), 120 if chance.random() < 0.8 else len(data)))
        what = chance.random()
        if what < 0.4:
            data[at] = chance.randrange(256)
        elif what < 0.6:
            del data[at : at + chance.randint(1, 20)]
        elif what < 0.8:
            data[at:at] = data[at : at + chance.randint(1, 40)]
        else:
            data[at:at] = chance.randbytes(chance.randint(1, 10))
        if not data:
            data = bytearray(b"\n")
    return bytes(data)


async def garbage(ask: Ask, line: Line) -> None:
    number = ask.path.strip("/")
    await line.raw(damaged(int(number) if number.isdigit() else 0))
    await asyncio.sleep(0.005)
    line.close()


async def test_every_damaged_answer_gets_a_verdict() -> None:
    BEHAVIOURS["garbage"] = garbage
    async with Zoo(certificates()) as zoo:
        asked = [
            request(f"http://garbage.zoo.test/{n}", quote="The weir was built of oak in 1911.")
            for n in range(COUNT)
        ]
        reports = await Watch(zoo, Time()).check(asked)
    outcomes = [report.observation.outcome for report in reports]
    assert set(outcomes) <= POSSIBLE, [
        r.observation.url for r in reports if r.observation.outcome not in POSSIBLE
    ]
    assert outcomes.count("alive") > COUNT / 10
    assert outcomes.count("unreachable") > COUNT / 10
    assert not any(report.observation.cause == "unknown-error" for report in reports), [
        (r.observation.url, r.observation.evidence) for r in reports if r.observation.cause == "unknown-error"
    ]
