"""Which documents a run watches, and the citations they hold; missing addresses are looked for.

An unlocated citation gets its address from a sidecar (`X.sources.toml`, written by a person) or from
the document's public page, read live or from an archive.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from monitor.config import Config, DocumentRule
from monitor.errors import UsageError
from monitor.model.citation import Citation, Extraction, with_keys
from monitor.model.run import DocumentSummary
from monitor.selection import Selection
from monitor.unchanged import Mark, mark

if TYPE_CHECKING:
    from monitor.app import Session
    from monitor.run.ports import Progress

Collected = tuple[DocumentSummary, Extraction | None]
"""A document and what it holds; None where it is as it was, so that the store knows it already."""

PUBLIC_PAGE = "public page"
"""Where the store remembers a document's public page: one night's failure must not lose its addresses."""

_MOST_NOTES = 20
"""Remarks on one document that are said as it is read."""


def collect(
    config: Config,
    paths: Sequence[Path],
    progress: "Progress",
    *,
    strict: bool,
    kind: str | None = None,
    known: Mapping[str, DocumentSummary] = MappingProxyType({}),
    given: Sequence[DocumentRule] = (),
) -> Iterator[Collected]:
    """Read and extract documents one by one: those named or `given`, else those configured.

    With `strict` an unreadable file that was named outright raises. One of a folder or pattern is
    yielded with its error: it must not keep its neighbours from being read. What is as it was when
    the store came to know it (`known`, by path) is not read again.
    """
    rules = (*given, *(_rules(config, paths, kind) if paths or not given else ()))
    named = bool(paths or given)
    wanted = [(rule, path) for rule in rules for path in _files(rule, config, progress, named=named)]
    progress.stage("reading", len(wanted))
    for rule, path in wanted:
        before = known.get(_shown(path)) if known else None
        try:
            summary, found = _unless_known(path, rule, config, before)
            if found is not None:
                if named and not found.citations and rule.path == str(path):
                    found = replace(found, notes=(_empty(path, found), *found.notes))
                for note in found.notes[:_MOST_NOTES]:
                    progress.note(f"{found.document}: {note}")
            yield summary, found
        except UsageError as error:
            if strict and rule.path and Path(rule.path).name == path.name:
                raise
            progress.note(str(error))
            name = rule.called or _shown(path)
            yield (
                DocumentSummary(path=name, format="", title=None, citations=0, error=str(error)),
                Extraction(document=name, format=""),
            )
        progress.advance()


def _unless_known(path: Path, rule: DocumentRule, config: Config, known: DocumentSummary | None) -> Collected:
    """Read one document, unless it is as it was when the store came to know it."""
    mark = _mark(path, rule, config)
    if known is not None and mark is not None and known.error is None and mark.matches(known.mark):
        return known, None
    summary, found = _extracted(path, rule, config)
    if mark is not None and mark == _mark(path, rule, config):  # else it was written to while it was read
        summary = replace(summary, mark=mark.text())
    return summary, found


def _mark(path: Path, rule: DocumentRule, config: Config) -> Mark | None:
    from monitor.locate.sidecar import SUFFIX

    how = (rule.format, rule.url, config.selection)
    try:
        return mark(path, how=repr(how), sidecar=path.with_name(path.name + SUFFIX))
    except OSError:  # reading it will say what is wrong
        return None


def _rules(config: Config, paths: Sequence[Path], kind: str | None) -> Sequence[DocumentRule]:
    if paths:
        return [_named(config, path, kind) for path in paths]
    if config.documents:
        return [replace(rule, format=kind or rule.format) for rule in config.documents]
    raise UsageError("no documents: name files or folders, or give [[documents]] in config.toml")


def _named(config: Config, path: Path, kind: str | None) -> DocumentRule:
    """Return what holds for a document named on the command line: what the configuration says of its path."""
    for rule in config.documents:
        if rule.path and config.path(rule.path).resolve() == path.resolve():
            return replace(rule, path=str(path), format=kind or rule.format)
    return DocumentRule(path=str(path), format=kind)


def _files(rule: DocumentRule, config: Config, progress: "Progress", *, named: bool) -> Sequence[Path]:
    from monitor.document_search import find_documents, lines
    from monitor.extract.registry import FORMATS

    pattern = rule.path or rule.glob or ""
    where = pattern if named else str(config.path(pattern))
    found = find_documents([where], FORMATS.suffixes, exclude=config.selection.exclude_path)
    for line in lines(found.passed_over):
        progress.note(f"{where}: {line}")
    return found.files


def _extracted(path: Path, rule: DocumentRule, config: Config) -> tuple[DocumentSummary, Extraction]:
    from monitor.documents import read_sections
    from monitor.extract.registry import FORMATS, extract_sections

    try:
        sections = read_sections(path, FORMATS, format=rule.format, url=rule.url)
        if rule.called is not None:
            sections = (replace(one, path=rule.called, editable=False) for one in sections)
        found = extract_sections(sections, links=config.selection.links == "all")
    except UsageError as error:
        if rule.called is None:
            raise
        raise UsageError(str(error).replace(str(path), rule.called)) from error
    found = _named_by_hand(replace(found, url=rule.url), path)
    chosen = Selection.of(config.selection.include, config.selection.exclude)
    found = chosen.apply(found, identifiers=config.selection.identifiers)
    summary = DocumentSummary(
        path=found.document, format=found.format, title=found.title, citations=len(found.citations),
        excluded=len(found.excluded),
    )  # fmt: skip
    return summary, found


def _empty(path: Path, found: Extraction) -> str:
    """Return why a document that was named outright yields nothing."""
    if found.excluded:
        return f"no citations: all {len(found.excluded)} are excluded"
    addresses = path.read_bytes().count(b"://")
    if not addresses:
        return f"no citations: read as {found.format}, it holds no web address"
    return (
        f"{addresses} web addresses, no citations: none in a reference list, a note or beside an access "
        "date; `--links all` takes them, `monitor extract --explain` shows what was looked at"
    )


def _named_by_hand(found: Extraction, path: Path) -> Extraction:
    """Take addresses from the sidecar beside a document, if there is one."""
    from monitor.locate.sidecar import SUFFIX, name_by_hand, parse_sidecar

    sidecar = path.with_name(path.name + SUFFIX)
    if not sidecar.is_file():
        return found
    try:
        sources = parse_sidecar(sidecar.read_text(encoding="utf-8"), _shown(sidecar))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{sidecar}: cannot be read: {error}; save it as UTF-8") from error
    citations, notes = name_by_hand(found.citations, sources, _shown(sidecar))
    return replace(found, citations=with_keys(citations), notes=(*found.notes, *notes))


async def locate(session: "Session", collected: Iterable[Collected]) -> AsyncIterator[Collected]:
    """Look for missing addresses on the documents' public pages, where the configuration names them."""
    from monitor.locate.public_page import relocate

    for summary, found in collected:
        if found is None or not found.url or all(citation.url for citation in found.citations):
            yield summary, found
            continue
        reason = f"{found.url} could not be read, live or archived"
        citations = tuple(_unlocated(citation, reason) for citation in found.citations)
        async for page in _public_pages(session, found.url):
            citations = relocate(found.citations, page, found.url)
            if _gained(found.citations, citations):
                await session.store.remember(PUBLIC_PAGE, found.url, page, session.clock())
                break
        # Another night its public page may tell more: such a document is read every time.
        yield replace(summary, mark=None), replace(found, citations=with_keys(citations))


def _unlocated(citation: Citation, reason: str) -> Citation:
    return citation if citation.url else replace(citation, unlocated_reason=reason)


def _gained(before: Sequence[Citation], after: Sequence[Citation]) -> bool:
    return any(old.url is None and new.url is not None for old, new in zip(before, after, strict=True))


async def _public_pages(session: "Session", url: str) -> AsyncIterator[str]:
    """Yield a document's public page: live, then archived, then as it was when it last helped.

    What answers live may be a wall or an error page that says it is none: then the next is wanted.
    """
    from monitor.fetch.interface import FetchResponse
    from monitor.page.text.charset import decode

    answer = await session.checker.read(url)
    if isinstance(answer, FetchResponse) and answer.status == 200:
        yield decode(answer.body, answer.header("content-type"))
    if session.archive is not None:
        body = await session.archive.read(url, session.clock())
        if body is not None:
            yield decode(body)
    remembered = await session.store.recall(PUBLIC_PAGE, url)
    if remembered:
        yield remembered[0]


def _shown(path: Path) -> str:
    from monitor.documents import shown

    return shown(path)
