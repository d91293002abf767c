"""Addresses of unlocated citations: by hand, from the public page, and what is remembered of it."""

import asyncio
import json
from dataclasses import replace
from types import SimpleNamespace
from unittest.mock import AsyncMock

from monitor.collect import collect, locate
from monitor.config import load_config
from monitor.console import Silent
from monitor.fetch.interface import FetchResponse

CONFIG = load_config(None, environment={}, search=False)
WALL = FetchResponse(
    url="https://list.example/", status=200, headers=(), location=None, body=b"<p>Checking your browser</p>"
)

TEXT = """A reading list


Kyrgyzstan struggles to stop slave trade

Aigul Rasulova, Eurasianet, June 28, 2004

[accessed 17 February 2011]

The police of the town told the visitors that nobody had complained to them in a whole year.

Some other report

Somebody, 2004

[accessed 18 February 2011]

The second story ends with a list of the people who were thanked for their help in finding it.
"""
GVNET = "http://gvnet.com/humantrafficking/Kyrgyzstan.htm"
NOW = ("--now", "2026-11-21T03:00:00Z")


def citations(ended) -> dict[str, dict]:
    return {one["title"]: one for one in json.loads(ended.out)["citations"]}


def test_a_sidecar_names_an_address(monitor, tmp_path):
    (tmp_path / "list.txt").write_text(TEXT)
    (tmp_path / "list.txt.sources.toml").write_text(
        '[[sources]]\ntitle = "Some other report"\nurl = "https://example.org/other"\n'
    )
    found = citations(monitor("extract", "list.txt", "-f", "json"))
    assert found["Some other report"]["url"] == "https://example.org/other"
    assert found["Kyrgyzstan struggles to stop slave trade"]["url"] is None


def test_a_configured_format_holds_for_a_document_named_on_the_command_line(monitor, tmp_path):
    (tmp_path / "list.txt").write_text(
        "# Sources\n\n- [Ferries](https://quay.example/f), accessed 4 May 2020\n"
    )
    (tmp_path / "config.toml").write_text('[[documents]]\npath = "list.txt"\nformat = "markdown"\n')
    assert monitor("extract", "list.txt").out.startswith("list.txt (markdown)")
    assert monitor("extract", "list.txt", "--as", "text").out.startswith("list.txt (text)")


def test_a_broken_sidecar_is_named(monitor, tmp_path):
    (tmp_path / "list.txt").write_text(TEXT)
    (tmp_path / "list.txt.sources.toml").write_text('[[sources]]\nname = "x"\n')
    ended = monitor("extract", "list.txt")
    assert ended.code == 2
    assert "\nmonitor: list.txt.sources.toml: source 1: title is missing\n" in ended.err


def test_the_public_page_gives_addresses_and_a_bad_night_does_not_lose_them(monitor, servers, tmp_path):
    (tmp_path / "list.txt").write_text(TEXT)
    (tmp_path / "config.toml").write_text(f'[[documents]]\npath = "list.txt"\nurl = "{GVNET}"\n')
    monitor("run", *NOW, "-q", **servers)
    title = "Kyrgyzstan struggles to stop slave trade"

    def stored() -> dict[str, dict]:
        report = json.loads((tmp_path / "reports" / "report.json").read_text())
        return {one["title"]: one for one in report["citations"]}

    first = stored()
    assert first[title]["url"].startswith("http://www.eurasianet.org/")
    assert first["Some other report"]["url"] is None
    assert first["Some other report"]["unlocated_reason"]
    closed = "gvnet.com:80:127.0.0.1:9," + servers["MONITOR_CHECK__RESOLVE"]
    monitor("run", "--now", "2026-11-22T03:00:00Z", "-q", **servers | {"MONITOR_CHECK__RESOLVE": closed})
    assert stored()[title]["url"] == first[title]["url"]
    assert stored()[title]["key"] == first[title]["key"]


def test_a_live_page_without_links_makes_way_for_its_snapshot(tmp_path):
    """What answers live may be a wall or an error page."""
    text = TEXT.replace("Some other report", "Another story")
    (tmp_path / "list.txt").write_text(text)
    (found,) = collect(CONFIG, [tmp_path / "list.txt"], Silent(), strict=True)
    link = '<p><a href="https://euras.example/s">Another story</a><br>Somebody, 2004</p><p>[accessed 18 February 2011]</p>'
    archive = SimpleNamespace(read=AsyncMock(return_value=link.encode()))
    store = SimpleNamespace(recall=AsyncMock(return_value=None), remember=AsyncMock())
    session = SimpleNamespace(
        checker=SimpleNamespace(read=AsyncMock(return_value=WALL)),
        archive=archive,
        store=store,
        clock=lambda: None,
    )
    summary, extraction = found

    async def all_located():
        return [
            one
            async for one in locate(session, [(summary, replace(extraction, url="https://list.example/"))])
        ]

    ((_, located),) = asyncio.run(all_located())
    assert [one.url for one in located.citations] == [None, "https://euras.example/s"]
    assert store.remember.await_args.args[1] == "https://list.example/"


def test_a_public_page_that_cannot_be_read_is_said(monitor, servers, tmp_path):
    (tmp_path / "list.txt").write_text(TEXT)
    (tmp_path / "config.toml").write_text(
        '[[documents]]\npath = "list.txt"\nurl = "http://gvnet.com/no/such/page.htm"\n'
    )
    ended = monitor("check", *NOW, "-f", "json", **servers)
    assert "could not be read" in citations(ended)["Some other report"]["unlocated_reason"]
