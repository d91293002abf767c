"""Sidecars: `X.sources.toml` beside a document names by hand the addresses the document does not show.

[[sources]]
title = "Tide tables for small harbours"    # as the document has it; small differences are forgiven
accessed = "2011-02-17"                      # optional: tells equal titles apart
url = "https://harbour.example/tides"
archive_url = "https://web.archive.org/…"    # optional
"""

import re
import tomllib
from collections.abc import Sequence

from msgspec import Struct

from monitor.errors import UsageError
from monitor.locate.likeness import accessed_on, likeness
from monitor.model.citation import Citation
from monitor.model.values import replaced

SUFFIX = ".sources.toml"
MAX_CHARS = 5_000_000
_ALIKE = 90.0
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class NamedSource(Struct, frozen=True, kw_only=True):
    """One source a person named: title as in the document, address; access date (ISO) and snapshot."""

    title: str
    url: str
    accessed: str | None = None
    archive_url: str | None = None


def parse_sidecar(text: str, path: str) -> tuple[NamedSource, ...]:
    """Return the sources a sidecar names. UsageError names every fault of the file at once."""
    if len(text) > MAX_CHARS:
        raise UsageError(f"{path}: more than {MAX_CHARS // 10**6} million characters; is it a sidecar?")
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: not TOML: {error}") from None
    listed = table.get("sources", [])
    faults = [f"unknown key {key!r}; only [[sources]] is read" for key in table if key != "sources"]
    if not isinstance(listed, list):
        listed, faults = [], [*faults, "sources must be a list: [[sources]]"]
    made = [_source(entry, number, faults) for number, entry in enumerate(listed, 1)]
    if faults:
        raise UsageError("\n".join(f"{path}: {fault}" for fault in faults))
    return tuple(one for one in made if one is not None)


def _source(entry: object, number: int, faults: list[str]) -> NamedSource | None:
    if not isinstance(entry, dict):
        faults.append(f"source {number}: must be a table with title and url")
        return None
    from monitor.extract.urls.repair import repair_url  # most documents have no sidecar

    before = len(faults)
    faults.extend(
        f"source {number}: unknown key {key!r}; known are title, url, accessed, archive_url"
        for key in entry.keys() - {"title", "url", "accessed", "archive_url"}
    )
    title, url, archive = entry.get("title"), entry.get("url"), entry.get("archive_url")
    if not isinstance(title, str) or not title.strip():
        faults.append(f"source {number}: title is missing")
    if not isinstance(url, str) or repair_url(url).url is None:
        faults.append(f"source {number}: url is missing or no web address: {url!r}")
    if archive is not None and (not isinstance(archive, str) or repair_url(archive).url is None):
        faults.append(f"source {number}: archive_url is no web address: {archive!r}")
    accessed = entry.get("accessed")
    # TOML has dates of its own; a month or a year must be a string.
    accessed = str(accessed) if accessed is not None else None
    if accessed is not None and not _ISO.fullmatch(accessed):
        faults.append(f"source {number}: accessed is no date as 2011-02-17, 2011-02 or 2011: {accessed!r}")
    if len(faults) > before or not isinstance(title, str) or not isinstance(url, str):
        return None
    return NamedSource(title=title, url=url, accessed=accessed, archive_url=archive)


def name_by_hand(
    citations: Sequence[Citation], sources: Sequence[NamedSource], path: str
) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """Give unlocated citations the addresses a sidecar names; return the citations and notes.

    A source names every unlocated citation of its title, of its access date only if it gives one.
    A citation two sources fit equally stays unlocated. Notes tell of sources that fit nothing.
    """
    used: set[int] = set()
    made = []
    for citation in citations:
        if citation.url is not None:
            made.append(citation)
            continue
        best = _fitting(citation, sources)
        used.update(best)
        if len({sources[place].url for place in best}) == 1:
            made.append(_named(citation, sources[best[0]], path))
        elif best:
            why = f"{path} names {len(best)} addresses for this title; give the access date there too"
            made.append(replaced(citation, unlocated_reason=why))
        else:
            made.append(citation)
    notes = [
        f"{path}: no unlocated citation is called {one.title!r}"
        for place, one in enumerate(sources)
        if place not in used
    ]
    return tuple(made), tuple(notes)


def _fitting(citation: Citation, sources: Sequence[NamedSource]) -> list[int]:
    scored = []
    for place, source in enumerate(sources):
        if source.accessed is not None and not accessed_on(citation, source.accessed):
            continue
        score = likeness(citation.title, source.title)
        if score >= _ALIKE:
            scored.append((source.accessed is not None, score, place))
    best = max((one[:2] for one in scored), default=None)
    return [place for dated, score, place in scored if (dated, score) == best]


def _named(citation: Citation, source: NamedSource, path: str) -> Citation:
    from monitor.extract.urls.repair import repair_url

    mended = repair_url(source.url)
    return replaced(
        citation,
        url=mended.url,
        archive_url=source.archive_url or mended.archive_url or citation.archive_url,
        repairs=(*citation.repairs, *mended.repairs),
        notes=(*citation.notes, f"address named in {path}"),
        unlocated_reason=None,
    )
