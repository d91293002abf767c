"""The archive link a citation carries pins it only if its capture shows what was cited."""

from dataclasses import replace

import pytest

from monitor.archive.own_link import place_of
from monitor.model.snapshot import ArchiveLinkFault
from tests.archive.test_lookup import rig
from tests.support.archive_standin import Kept
from tests.support.archive_timelines import plain, plain_no_quote
from tests.support.archive_trial import question
from tests.support.timeline_maker import CHALLENGE

WEB = "https://web.archive.org/web"
URL = "http://weir.example.org/levels"


@pytest.mark.parametrize(
    "link",
    [
        f"https://web.archive.org/save/{URL}",
        f"{WEB}/*/{URL}",
        f"{WEB}/2011*/{URL}",
        "https://web.archive.org/",
        f"https://archive.ph/submit/?url={URL}",
        f"https://archive.today/?run=1&url={URL}",
        URL,
        URL.replace("http:", "https:").replace("//", "//www."),
    ],
)
def test_links_that_lead_to_no_capture(link: str) -> None:
    assert place_of(link, URL, WEB) is ArchiveLinkFault.NO_CAPTURE


@pytest.mark.parametrize(
    "link",
    ["https://archive.ph/AbCd1", "https://perma.cc/AB12-CD34", f"https://arquivo.pt/wayback/2011/{URL}"],
)
def test_links_of_other_archives_are_not_ours_to_judge(link: str) -> None:
    assert place_of(link, URL, WEB) is None


def other(timeline):
    """Return the address of another page of the site."""
    return timeline.url.replace("/page-", "/harbour-")


async def told(family, body, *, url=None, status=200):
    standin, archive, (timeline,) = rig(family)
    url = url(timeline) if url else timeline.url
    stamp = "20080808080808"
    standin.add(Kept(url=url, stamp=stamp, body=body(timeline), status=status))
    timeline.cited = [replace(timeline.cited[0], archive_url=f"{WEB}/{stamp}/{url}")]
    result = (await archive.look_up(question(timeline))).results["0"]
    return result.pinned, result.link_fault


def good(timeline):
    return timeline.captures[0].body


@pytest.mark.parametrize(
    ("family", "body", "more", "pinned", "fault"),
    [
        (plain, good, {}, True, None),
        (plain_no_quote, good, {}, True, None),
        (plain, lambda t: CHALLENGE, {}, False, ArchiveLinkFault.SHOWS_NO_PAGE),
        (plain, lambda t: b"gone", {"status": 404}, False, ArchiveLinkFault.SHOWS_NO_PAGE),
        (plain, lambda t: good(t).replace(t.cited[0].quote.encode(), b"Nothing."), {}, False, ArchiveLinkFault.LACKS_QUOTE),
        (plain_no_quote, good, {"url": other}, False, ArchiveLinkFault.OTHER_PAGE),
        (plain, good, {"url": other}, True, None),
    ],
)  # fmt: skip
async def test_a_link_pins_only_what_its_capture_shows(family, body, more, pinned, fault) -> None:
    assert await told(family, body, **more) == (pinned, fault)
