"""Right snapshots and requests per citation, beside the obvious use of waybackpy, on the same timelines.

python tests/bench/archive_accuracy.py [timelines] [seed]
"""

import asyncio
import sys
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import ModuleType

if "tests" not in sys.modules:  # some wheels bring a top-level package "tests" that would hide ours
    package = ModuleType("tests")
    package.__path__ = [str(Path(__file__).resolve().parents[1])]
    sys.modules["tests"] = package

from tests.support.archive_families import EVERY_FAMILY
from tests.support.archive_server import served
from tests.support.archive_standin import StandIn
from tests.support.archive_timelines import EASY, timelines
from tests.support.archive_trial import load, try_all

LIMITS = {"cdx": 30, "replay": 150, "availability": 25}
COUNT = 5 * len(EVERY_FAMILY)


def rate(right, total):
    return f"{right}/{total} ({100 * right / total:.1f} %)"


async def ours(count, seed, families):
    made = timelines(count, seed=seed, families=families)
    wrong, answers, standin = await try_all(made, limits=LIMITS)
    return made, wrong, answers, standin


def report(made, wrong, answers, standin):
    calm = [(t, a) for t, a in zip(made, answers, strict=True) if not t.faults]
    requests = sum(a.requests for _, a in calm) / sum(len(t.cited) for t, _ in calm)
    print(f"this archive stage: {rate(sum(not w for w in wrong), len(made))} timelines wholly right,")
    print(f"  {requests:.2f} requests per citation without faults, {len(standin.violations)} over the limits")
    for fault in [f for each in wrong for f in each][:20]:
        print("  ", fault)
    families = Counter(t.family for t in made)
    bad = Counter(t.family for t, w in zip(made, wrong, strict=True) if w)
    worst = sorted(families, key=lambda f: -bad[f] / families[f])[:3]
    print("  worst families:", ", ".join(f"{f} {rate(families[f] - bad[f], families[f])}" for f in worst))


def obvious(made):
    """`near()` on the noon of the access date; its answer taken as it comes."""
    from waybackpy import WaybackMachineCDXServerAPI
    from waybackpy.exceptions import NoCDXRecordFound

    standin = StandIn(monotonic=monotonic)
    for timeline in made:
        load(standin, timeline)
    standin.block_s = 0.0  # it asks one by one and is not judged on manners here
    for (
        script
    ) in standin.faults.values():  # no hanging, it would never come back; no resets for the same reason
        for index, kind in enumerate(script):
            script[index] = kind if kind.rstrip("*") in {"503", "504", "429"} else "503"
    ready, ended, loop = threading.Event(), asyncio.Event(), asyncio.new_event_loop()

    async def serve():
        async with served(standin):
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait()
    right = false_none = named_wrong = 0
    for timeline in made:
        fine = True
        for cited in timeline.cited:
            stamp = None
            with suppress(Exception):
                api = WaybackMachineCDXServerAPI(timeline.url, "bench")
                api.endpoint = f"{standin.base}/cdx/search/cdx"
                day = (cited.date or "2026-11-01").replace("-", "")
                try:
                    stamp = api.near(
                        wayback_machine_timestamp=(day + "01015959"[len(day) - 4 :])[:8] + "120000"
                    ).timestamp
                except NoCDXRecordFound:
                    false_none += "none" not in cited.coverage
            expected_none = cited.coverage & {"none", "unknown"} and not cited.stamps
            named_wrong += stamp is not None and bool(cited.stamps) and stamp not in cited.stamps
            fine = fine and (stamp is None if expected_none else stamp in (cited.stamps or {stamp}))
        right += fine
    loop.call_soon_threadsafe(ended.set)
    thread.join()
    print(
        f"waybackpy near():   {rate(right, len(made))} timelines right even without asking for a coverage class,"
    )
    print(f"  {named_wrong} wrong snapshots named, {false_none} archived or unreachable called unarchived")


def main(count=COUNT, seed=21):
    made, wrong, answers, standin = asyncio.run(ours(count, seed, EVERY_FAMILY))
    report(made, wrong, answers, standin)
    easy = asyncio.run(ours(160, seed, EASY))
    covered = sum(len(a.results) for a in easy[2])
    print(f"easy mix: {sum(a.requests for a in easy[2]) / covered:.2f} requests per covered citation")
    obvious(made)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
