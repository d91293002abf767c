"""Years of nights in a world that lives on a clock of its own (`living_world.py`), and people who edit documents.

The pipeline is the real one, `monitor.commands.night.nightly` and `spread` over files and an SQLite file. Only the outermost edge
is invented: one Fetcher answers for every host and for the archive, and time jumps from timer to timer.
"""

import asyncio
import datetime as dt
import json
import random
import re
import tracemalloc
from collections import Counter
from dataclasses import dataclass, field
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from unittest import mock

from monitor.app import open_session
from monitor.archive.registry import build_archive
from monitor.check.checker import HostChecker
from monitor.commands.night import nightly, spread
from monitor.config import load_config
from monitor.console import Silent
from monitor.model.finding import AmendmentKind
from monitor.model.values import replaced
from monitor.run.fix import FixTally, Wanted, fixes
from monitor.run.fix_carry import FixOptions, carry_out
from monitor.schedule_policy import SchedulePolicy, trigger
from tests.support.archive_standin import Kept
from tests.support.edited_documents import MONTHS
from tests.support.living_world import DEATHS, Page, World, sentence
from tests.support.timeline_maker import WORDS
from tests.support.virtual_time import run_virtual

ACCESSED = re.compile(r"Accessed (\d+ \w+ \d{4})")


def spoken(day: dt.date) -> str:
    """Return a date as the documents write it."""
    return f"{day.day} {MONTHS['en'][day.month - 1]} {day.year}"


@dataclass
class Life:
    """A folder with documents, a world, and one night after the other."""

    folder: Path
    nights: int
    seed: int = 1
    sources: int = 60
    recheck: tuple[int, int] = (1, 4)
    """Days between looks at a living page: a death cannot be named sooner than it is looked for."""
    began: dt.datetime = dt.datetime(2027, 10, 1, tzinfo=dt.UTC)
    """Four hundred nights from here hold two changes of the clock in Europe, a year's end and a leap day."""
    waived_until: dt.date = dt.date(2027, 12, 31)
    report: dict = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    tally: Counter = field(default_factory=Counter)
    sizes: list[int] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    named: dict[str, int] = field(default_factory=dict)
    """Nights between a death and the word dead, by the address and the night of the death."""
    voids: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.world = World(self.seed, [self._page(number) for number in range(self.sources)])
        self._archive_pages()
        self._write_documents()
        self._plan()
        when = trigger(SchedulePolicy(cron="30 2 * * *", timezone="Europe/Berlin"))
        # The scheduler itself says when nights are; one of them lies in the hour that a spring skips.
        self.starts = []
        at = self.began
        for _ in range(self.nights):
            at = when.get_next_fire_time(None, at + dt.timedelta(seconds=1)).astimezone(dt.UTC)
            self.starts.append(at)
        gaps = {round((later - first).total_seconds() / 3600) for first, later in pairwise(self.starts)}
        assert gaps <= {1, 23, 24}, gaps  # an autumn night comes twice, as the hour does

    def _page(self, number: int) -> Page:
        host = f"site{number}.example" if number % 3 else f"big{number % 2}.example"
        text = [sentence(self.chance) for _ in range(14)]
        title = " ".join(self.chance.choices(WORDS, k=5)).capitalize()
        quote = sentence(self.chance, 11) if number % 5 else ""
        page = Page(f"https://{host}/papers/{number}-{title.split()[0].lower()}", title, quote, text)
        if number % 3 and number % 2 == 0:
            # What befalls each is drawn among all that can; the night leaves room to be found out.
            kinds = (*DEATHS, "moved", "drifted", "edited", "blocked", "returns", "gone", "edited")
            kind = kinds[number // 2 % len(kinds)]
            first = self.chance.randrange(8, max(self.nights - 20, 9))
            page.fate = [(first, "gone"), (first + 60, "lives")] if kind == "returns" else [(first, kind)]
        return page

    def _archive_pages(self) -> None:
        for number, page in enumerate(self.world.pages):
            if number % 4 == 3:
                continue
            for month in (2, 5, 8):
                self.world.archive.add(
                    Kept(url=page.url, stamp=f"2027{month:02}11040000", body=page.body("lives"))
                )

    def _write_documents(self) -> None:
        for first in range(0, self.sources, 15):
            lines = [self._line(page, dt.date(2027, 5, 11)) for page in self.world.pages[first : first + 15]]
            (self.folder / f"list-{first:03}.md").write_text(
                "# Sources\n\n" + "".join(lines), encoding="utf-8"
            )
        drifted = next(
            (page for page in self.world.pages if ("drifted" in {kind for _, kind in page.fate})), None
        )
        waiver = "" if drifted is None else (
            f'[[waivers]]\nrule = "access-date/*"\nsource = "{drifted.url}"\nwho = "Ada"\n'
            f'why = "read by hand"\nuntil = {self.waived_until}\n'
        )  # fmt: skip
        self.waived = drifted
        low, high = self.recheck
        (self.folder / "config.toml").write_text(
            '[[documents]]\nglob = "*.md"\n[check]\nsentinels = ["https://sentinel.test/"]\n'
            "[archive.wayback]\n"
            'cdx_url = "https://archive.test/cdx/search/cdx"\nreplay_url = "https://archive.test/web"\n'
            'availability_url = "https://archive.test/wayback/available"\nsave_url = "https://archive.test/save"\n'
            f"[judge]\nrecheck_alive_min_days = {low}\nrecheck_alive_max_days = {high}\nlimit_volatile_days = 60\n"
            f'limit_ordinary_days = 120\n[report]\nformats = ["json"]\n{waiver}',
            encoding="utf-8",
        )

    def _line(self, page: Page, day: dt.date) -> str:
        quote = f" “{page.quote}”" if page.quote else ""
        return f"- [{page.title}]({page.url}).{quote} Accessed {spoken(day)}.\n"

    def _plan(self) -> None:
        """Draw what befalls our network, the archive and our clock; no two of them in one night."""
        free = list(range(6, self.nights - 1))
        self.chance.shuffle(free)
        take = max(self.nights // 20, 2)
        self.offline = {
            free.pop(): self.chance.choice([(0, 10**9), (1, 10**9), (5, 10**9), (3, 9)]) for _ in range(take)
        }
        self.jumps = dict(zip(free[:5], (3.0, -2.0, 400.0, 45.0, -20000.0), strict=False))
        self.dateless = set(free[1:4])
        start = self.nights // 4
        self.archive_down = dict.fromkeys(range(start, start + 5), "503*")
        self.archive_down |= dict.fromkeys(range(2 * start, 2 * start + 4), "refused")
        self.archive_down |= dict.fromkeys(range(3 * start, 3 * start + 3), "html200*")

    # -- one night

    def play(self) -> None:
        """Live through every night, and compare with the truth after each."""
        for night in range(self.nights):
            self._people(night)
            self._night(night)
            self._compare(night)
            if night % 30 == 29 or night == self.nights - 1:
                self._month(night)

    def _weather(self, night: int) -> None:
        world = self.world
        world.night, world.asks, world.asked_tonight = night, 0, {}
        world.down_from, world.down_until = self.offline.get(night, (float("inf"), float("inf")))
        date = format_datetime(self.starts[night], usegmt=True)
        world.dated = () if night in self.dateless else (("date", date),)
        kind = self.archive_down.get(night)
        world.archive.refusing = kind == "refused"
        for pool in ("cdx", "replay", "availability"):
            world.archive.faults[pool].clear()
            if kind and kind != "refused":
                world.archive.faults[pool].append(kind)

    def _night(self, night: int) -> None:
        self._weather(night)
        config = load_config(self.folder / "config.toml")
        jump = dt.timedelta(days=self.jumps.get(night, 0.0))

        def clock() -> dt.datetime:
            passed = asyncio.get_running_loop().time()
            return self.starts[night] + jump + dt.timedelta(seconds=passed)

        async def live() -> None:
            with mock.patch("monitor.app.utc_now", clock):
                async with open_session(config, Silent()) as session:
                    self._wire(session, clock)
                    report = await nightly(session)
                    await spread(session, report)
                    if (night % 30 == 29) and night not in self.jumps and not report.run.void:
                        self.edited = await self._fix(session)

        self.edited = None
        run_virtual(live())
        self.report = json.loads((self.folder / "reports" / "report.json").read_text())
        self.tally["void" if self.report["run"]["void"] else "counted"] += 1
        if self.report["run"]["void"]:
            self.voids.append(night)

    def _wire(self, session, clock) -> None:
        monotonic = asyncio.get_running_loop().time
        session.chance = random.Random(f"{self.seed} {clock()}").random
        session.checker = HostChecker(
            session.config.check, self.world, clock, asyncio.sleep, monotonic, session.chance, clock
        )
        session.archive = build_archive(
            session.config.archive, lambda _: self.world, session.store,
            clock=clock, sleep=asyncio.sleep, monotonic=monotonic,
        )  # fmt: skip
        parts = session.parts
        session.parts = lambda: replaced(parts(), monotonic=monotonic)

    async def _fix(self, session) -> list[tuple[str, str]]:
        made = await session.report()
        before = self._lines()
        tally = FixTally()
        list(
            carry_out(
                fixes(made, session.amender, Wanted(kinds=tuple(AmendmentKind)), tally),
                tally,
                FixOptions(write=True),
            )
        )
        after = self._lines()
        assert len(before) == len(after)
        return [(old, new) for old, new in zip(before, after, strict=True) if old != new]

    def _lines(self) -> list[str]:
        return [
            line for file in sorted(self.folder.glob("*.md")) for line in file.read_text("utf-8").splitlines()
        ]

    def _people(self, night: int) -> None:
        """Now and then somebody edits a document: lines move, one goes, one comes, a file is renamed."""
        if night % 17 != 16:
            return
        files = sorted(self.folder.glob("*.md"))
        file = self.chance.choice(files)
        head, _, *lines = file.read_text("utf-8").splitlines(keepends=True)
        what = self.chance.choice(("move", "drop", "copy", "rename", "words"))
        self.tally[f"people: {what}"] += 1
        if what == "move":
            self.chance.shuffle(lines)
        elif what == "drop" and len(lines) > 10:
            lines.pop()
        elif what == "copy":
            lines.append(self._line(self.chance.choice(self.world.pages), self.starts[night].date()))
        elif what == "words":
            head = f"# Sources, looked through on {spoken(self.starts[night].date())}\n"
        file.write_text("".join((head, "\n", *lines)), encoding="utf-8")
        if what == "rename":
            file.rename(file.with_name(f"renamed-{night:03}.md"))

    # -- the truth

    def _compare(self, night: int) -> None:
        if not self.report["run"]["void"]:
            for url, kind in self.world.asked_tonight.items():
                self.world.by_url[url].asked = (night, kind)
        for one in self.report["citations"]:
            page = self.world.by_url.get(one["url"])
            if page is not None:
                self._judge(night, one, page)
        for old, new in self.edited or ():
            self._edit(night, old, new)

    def _judge(self, night: int, one: dict, page: Page) -> None:
        asked, kind = page.asked or (0, "lives")
        death = page.dead_since(night)
        if one["link_state"] == "dead":
            if kind not in DEATHS:
                self.wrong.append(f"night {night}: {page.url} is called dead; on night {asked} it was {kind}")
            elif death is not None and night not in self.jumps:
                self.named.setdefault(f"{page.url} {death}", night - death)
        edit = one["amendment"] or {}
        if edit.get("kind") == "refresh-date" and kind not in ("lives", "edited", "moved"):
            self.wrong.append(f"night {night}: {page.url} is {kind}, its date would be refreshed")

    def _edit(self, night: int, old: str, new: str) -> None:
        page = next(page for page in self.world.pages if page.url in old)
        asked, kind = page.asked or (0, "lives")
        if ACCESSED.findall(old) != ACCESSED.findall(new):
            self.tally["dates refreshed"] += 1
            if kind not in ("lives", "edited", "moved"):
                self.wrong.append(f"night {night}: {page.url} was {kind} on {asked}, yet: {new}")
        if "archive.test" in new and "archive.test" not in old:
            self.tally["archived copies added"] += 1
        if page.url + ")" not in new and page.url + "/moved" in new:
            self.tally["addresses replaced"] += 1
            if kind != "moved":
                self.wrong.append(f"night {night}: {page.url} was {kind} on {asked}, yet: {new}")

    def _month(self, night: int) -> None:
        """Compare the whole report with the truth, and see that nothing grows without end."""
        self.sizes.append(sum(file.stat().st_size for file in self.folder.glob("monitor.*")))
        if tracemalloc.is_tracing():
            self.memory.append(tracemalloc.get_traced_memory()[0])
        cited = {one["url"]: one for one in self.report["citations"]}
        lost = sum(1 for void in self.voids if void > night - 30) + sum(
            1 for jumped in self.jumps if night - 30 < jumped <= night
        )
        for page in self.world.pages:
            one = cited.get(page.url)
            since = page.dead_since(night)
            if one is None or since is None or night - since < 14 + lost:
                continue
            if one["link_state"] != "dead" and (page.asked or (0, ""))[0] >= since:
                self.wrong.append(
                    f"night {night}: {page.url} died on {since}, is {one['link_state']}: {one['reason'] if 'reason' in one else one['remedy']}"
                )
            elif one["link_state"] != "dead":
                self.wrong.append(
                    f"night {night}: {page.url} died on {since} and was last asked on {page.asked}"
                )
        if self.waived is not None and (one := cited.get(self.waived.url)) is not None:
            self.tally[f"waived: {bool(one.get('waived'))}"] += 1
            held = self.starts[night].date() <= self.waived_until
            if one.get("waived") and not held:
                self.wrong.append(f"night {night}: the waiver ended on {self.waived_until} and still holds")
        self.wrong += [f"night {night}: archive: {fault}" for fault in self.world.archive.violations]
        self.world.archive.violations.clear()
