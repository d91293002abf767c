"""Which documents a run watches, and the citations they hold; missing addresses are looked for.

An unlocated citation gets its address from a sidecar (`X.sources.toml`, written by a person) or from
the document's public page, read live or from an archive.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from monitor.config import Config, DocumentRule
from monitor.errors import UsageError, advice
from monitor.files import is_file, shown
from monitor.model.citation import Citation, Extraction, with_keys
from monitor.model.run import DocumentSummary
from monitor.model.site import Site, is_local
from monitor.model.values import replaced
from monitor.model.wording import count
from monitor.selection import Selection
from monitor.unchanged import FileStamp, mark

if TYPE_CHECKING:
    from monitor.app import Session
    from monitor.document_search import PassedOver
    from monitor.model.ports import Progress

Collected = tuple[DocumentSummary, Extraction | None]
"""A document and what it holds; None where it is as it was, so that the store knows it already."""

PUBLIC_PAGE = "public page"
"""Where the store remembers a document's public page: one night's failure must not lose its addresses."""

_MOST_NOTES = 20
"""Remarks on one document that are said as it is read."""

_LIST_OF_LINKS = 5
"""Links that are left alone in a document without a citation before it is offered as a list of links."""

_HEAD_BYTES = 60_000
_YAML = frozenset({".yaml", ".yml"})


class Asides(Struct):
    """What is said of no document: files left out of folders, bibliographies that are not there."""

    passed_over: "list[PassedOver]" = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def collect(
    config: Config,
    paths: Sequence[Path],
    progress: "Progress",
    *,
    strict: bool,
    kind: str | None = None,
    known: Mapping[str, DocumentSummary] | None = None,
    given: Sequence[DocumentRule] = (),
    asides: Asides | None = None,
) -> Iterator[Collected]:
    """Read and extract documents one by one: those named or `given`, else those configured.

    With `strict` an unreadable file that was named outright raises. One of a folder or pattern is
    yielded with its error: it must not keep its neighbours from being read. What is as it was when
    the store came to know it (`known`, by path) is not read again; without `known` nobody keeps what
    is found, and no marks are made for a next time. What is said of no document goes to `progress`
    and to `asides`.
    """
    _site(config)  # what is wrong with these is no document's fault
    Selection.of(config.selection.include, config.selection.exclude)
    rules = (*given, *(_rules(config, paths, kind) if paths or not given else ()))
    named = bool(paths or given)
    told = asides if asides is not None else Asides()
    wanted = [(rule, path) for rule in rules for path in _files(rule, config, told, named=named)]
    wanted = _without_settings(wanted, told, named=named) + _bibliographies(wanted, told)
    for remark in told.remarks:
        progress.note(remark)
    progress.stage("reading", len(wanted))
    for rule, path in wanted:
        before = known.get(rule.called or shown(path)) if known else None
        try:
            summary, found = (
                _extracted(path, rule, config) if known is None else _unless_known(path, rule, config, before)
            )
            if found is not None:
                outright = named and rule.path == str(path)
                if not found.citations and (empty := _empty(path, rule, found, outright=outright)):
                    found = replace(found, notes=(empty, *found.notes))
                for note in found.notes[:_MOST_NOTES]:
                    progress.note(f"{found.document}: {note}")
            yield summary, found
        except UsageError as error:
            if strict and rule.path and Path(rule.path).name == path.name:
                raise
            progress.note(str(error))
            name = rule.called or shown(path)
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
        summary = replaced(summary, mark=mark.text())
    return summary, found


def _mark(path: Path, rule: DocumentRule, config: Config) -> FileStamp | None:
    from monitor.extract.markup.yaml_head import can_read
    from monitor.locate.sidecar import SUFFIX

    # An extra that is there now may read what the last night could not.
    how = (rule.format, rule.url, config.selection, can_read())
    try:
        return mark(path, how=repr(how), sidecar=path.with_name(path.name + SUFFIX))
    except OSError:  # reading it will say what is wrong
        return None


def _rules(config: Config, paths: Sequence[Path], kind: str | None) -> Sequence[DocumentRule]:
    if paths:
        return [_named(config, path, kind) for path in paths]
    if config.documents:
        files = (rule for rule in config.documents if not rule.fetched)
        return [replaced(rule, format=kind or rule.format) for rule in files]
    raise UsageError("no documents: name files or folders, or give [[documents]] in config.toml")


def not_asked(config: Config) -> str | None:
    """Say which configured documents a command leaves out that asks nobody; None where there are none."""
    named = [rule.fetched for rule in config.documents if rule.fetched]
    return (
        f"{', '.join(named)}: not asked for here; `check` and `run` read pages and sites" if named else None
    )


def _named(config: Config, path: Path, kind: str | None) -> DocumentRule:
    """Return what holds for a document named on the command line: what the configuration says of its path."""
    for rule in config.documents:
        if rule.path and config.path(rule.path).resolve() == path.resolve():
            return replaced(rule, path=str(path), format=kind or rule.format)
    return DocumentRule(path=str(path), format=kind)


def _files(rule: DocumentRule, config: Config, asides: Asides, *, named: bool) -> Sequence[Path]:
    from monitor.document_search import find_documents, lines
    from monitor.extract.registry import FORMATS

    pattern = rule.path or rule.glob or ""
    where = pattern if named else str(config.path(pattern))
    found = find_documents([where], FORMATS.suffixes, exclude=config.selection.exclude_path)
    asides.remarks += [f"{where}: {line}" for line in lines(found.passed_over)]
    asides.passed_over += found.passed_over
    return found.files


def _bibliographies(
    wanted: Sequence[tuple[DocumentRule, Path]], asides: Asides
) -> list[tuple[DocumentRule, Path]]:
    """Return the bibliographies that YAML heads of the documents name and that are not among them."""
    from monitor.extract.markup.yaml_head import SUFFIXES, bibliographies, can_read, names_bibliography

    known = {path.resolve() for _, path in wanted}
    found = []
    for rule, path in wanted:
        if rule.called is not None or path.suffix.lower() not in SUFFIXES:
            continue
        head = _head(path)
        if not can_read() and names_bibliography(head):
            asides.remarks.append(
                f"{shown(path)}: the bibliography its head names is found with the extra `yaml`: "
                f"{advice('yaml')}"
            )
        for name in bibliographies(head):
            file = path.parent / name
            there = is_file(file)
            if there and file.resolve() in known:
                continue
            if there:
                known.add(file.resolve())
                found.append((DocumentRule(path=str(file)), file))
            elif "://" not in name:
                asides.remarks.append(f"{shown(path)}: its bibliography {name} is not there")
    return found


def _without_settings(
    wanted: list[tuple[DocumentRule, Path]], asides: Asides, *, named: bool
) -> list[tuple[DocumentRule, Path]]:
    """Return the documents without YAML that nothing can read here and that looks like settings.

    Every repository has some: for want of an extra, no run over a folder may count as incomplete.
    """
    from monitor.extract.markup.yaml_head import can_read, may_be_bibliography

    if can_read():
        return wanted
    kept = []
    for rule, path in wanted:
        if path.suffix.lower() in _YAML and not rule.format and not (named and rule.path == str(path)):
            try:
                with path.open("rb") as file:
                    if not may_be_bibliography(file.read(_HEAD_BYTES).decode("utf-8", "replace")):
                        continue
            except OSError:  # reading it will say what is wrong
                pass
        kept.append((rule, path))
    if left := len(wanted) - len(kept):
        said = f"{count(left, 'YAML file')} left out: settings, it seems; to read them all: {advice('yaml')}"
        asides.remarks.append(said)
    return kept


def _head(path: Path) -> str:
    """Return the beginning of a file with a YAML head; "" for any other, and for one that cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(4)
            return (data + file.read(_HEAD_BYTES)).decode("utf-8", "replace") if b"--" in data else ""
    except OSError:
        return ""


def _extracted(path: Path, rule: DocumentRule, config: Config) -> tuple[DocumentSummary, Extraction]:
    found = _read(path, rule, links=_site(config))
    found = _named_by_hand(replace(found, url=rule.url), path)
    chosen = Selection.of(config.selection.include, config.selection.exclude)
    found = chosen.apply(found, identifiers=config.selection.identifiers)
    summary = DocumentSummary(
        path=found.document, format=found.format, title=found.title, citations=len(found.citations),
        excluded=len(found.excluded),
    )  # fmt: skip
    return summary, found


def _site(config: Config) -> Site | None:
    """Return where links without a host lead; None where links are not asked for."""
    if config.selection.links != "all":
        return None
    root = config.selection.root_dir
    if root is None:
        return Site(None, config.selection.base_url)
    folder = config.path(root)
    if not folder.is_dir():
        raise UsageError(
            f"selection.root_dir: {folder}: no such folder; name the folder that / means in links"
        )
    return Site(shown(folder), config.selection.base_url)


def _read(path: Path, rule: DocumentRule, *, links: Site | None) -> Extraction:
    from monitor.documents import read_sections
    from monitor.extract.registry import FORMATS, extract_sections

    try:
        sections = read_sections(path, FORMATS, format=rule.format, url=rule.url)
        if rule.called is not None:
            sections = (replace(one, path=rule.called, editable=False) for one in sections)
        return extract_sections(sections, links=links)
    except UsageError as error:
        if rule.called is None:
            raise
        raise UsageError(str(error).replace(str(path), rule.called)) from error


def _empty(path: Path, rule: DocumentRule, found: Extraction, *, outright: bool) -> str:
    """Return why a document yields nothing, if it was named outright or is a list of links; else ""."""
    if found.excluded:
        return f"no citations: all {len(found.excluded)} are excluded" if outright else ""
    if found.identified or not (outright or len(found.rejected) >= _LIST_OF_LINKS):
        return ""
    links = sum(not is_local(one.url or "") for one in _read(path, rule, links=Site()).citations)
    if links:
        return (
            f"{count(links, 'link')}, no citations; `--links all` ([selection] links) takes them. None "
            "stands in a reference list, a note or beside an access date: `monitor extract --explain` shows "
            "what was looked at"
        )
    return f"no citations: read as {found.format}, it holds no web address" if outright else ""


def _named_by_hand(found: Extraction, path: Path) -> Extraction:
    """Take addresses from the sidecar beside a document, if there is one."""
    from monitor.locate.sidecar import SUFFIX, name_by_hand, parse_sidecar

    sidecar = path.with_name(path.name + SUFFIX)
    if not is_file(sidecar):
        return found
    try:
        sources = parse_sidecar(sidecar.read_text(encoding="utf-8"), shown(sidecar))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{sidecar}: cannot be read: {error}; save it as UTF-8") from error
    citations, notes = name_by_hand(found.citations, sources, shown(sidecar))
    return replace(found, citations=with_keys(citations), notes=(*found.notes, *notes))


async def locate(session: "Session", collected: Iterable[Collected]) -> AsyncIterator[Collected]:
    """Look for missing addresses on the documents' public pages, where the configuration names them."""
    for summary, found in collected:
        # A page that is the document itself holds no more; a wiki's does, for templates make links.
        itself = found is not None and found.url == found.document and found.format != "wikitext"
        if found is None or not found.url or itself or all(citation.url for citation in found.citations):
            yield summary, found
            continue
        reason = f"{found.url} could not be read, live or archived"
        citations = tuple(_unlocated(citation, reason) for citation in found.citations)
        from monitor.locate.public_page import relocate

        async for page in _public_pages(session, found.url):
            citations = relocate(found.citations, page, found.url)
            if _gained(found.citations, citations):
                await session.store.remember(PUBLIC_PAGE, found.url, page, session.clock())
                break
        # Another night its public page may tell more: such a document is read every time.
        yield replaced(summary, mark=None), replace(found, citations=with_keys(citations))


def _unlocated(citation: Citation, reason: str) -> Citation:
    return citation if citation.url else replaced(citation, unlocated_reason=reason)


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
