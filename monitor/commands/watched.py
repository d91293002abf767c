"""The watched documents of a night: files, and pages and sites over HTTP, asked for what changed."""

from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from monitor.app import Session
from monitor.collect import Collected, collect, locate
from monitor.config import DocumentRule
from monitor.errors import IncompleteError
from monitor.model.citation import Extraction
from monitor.model.run import DocumentSummary

if TYPE_CHECKING:
    from monitor.inputs import Fetched


async def watched(
    session: Session,
    folder: Path,
    *,
    known: Mapping[str, DocumentSummary] = MappingProxyType({}),
    strict: bool = False,
    kind: str | None = None,
) -> AsyncIterator[Collected]:
    """Yield every configured document; what is fetched goes to `folder`, where its edits are read from."""
    config, progress = session.config, session.progress
    pages: dict[str, DocumentRule] = {}
    unread: dict[str, str] = {}
    single = sum(rule.page is not None for rule in config.documents)
    if single:
        progress.stage("fetching", single)
    # Single pages first: each site is a stage of its own, with a total of its own.
    for rule in sorted(config.documents, key=lambda one: one.site is not None):
        if rule.fetched is not None:
            found = await _fetched(session, rule, rule.fetched, folder, known)
            if rule.page is not None:
                progress.advance()
            unread |= found.unread
            pages |= {one.called: one for one in found.rules if one.called and one.called not in unread}
    for one in not_read(unread):
        yield one
    if pages:
        given = collect(config, (), progress, strict=False, known=known, given=[*pages.values()])
        async for found_one in locate(session, given):
            yield found_one
    if not config.documents or any(rule.fetched is None for rule in config.documents):
        files = collect(config, (), progress, strict=strict, known=known, kind=kind)
        async for found_one in locate(session, files):
            yield found_one


async def stand_in(session: Session, folder: Path) -> None:
    """Put what watched pages answered the last time into `folder`, so that their edits can be shown."""
    rules = [rule for rule in session.config.documents if rule.fetched is not None]
    if not rules:
        return
    from monitor.inputs import from_address
    from monitor.kept_pages import KeptPages
    from monitor.site_pages import below

    for document in await session.store.documents():
        for rule in rules:
            if document.path == rule.page or (rule.site and document.path.startswith(below(rule.site))):
                kept = KeptPages(memory=session.store, asking=None, clock=session.clock)
                try:
                    one = await from_address(folder, document.path, kept, rule.format, session.progress)
                except IncompleteError:  # never read: then there is no edit to show either
                    break
                session.files[document.path] = one.path or ""
                break


def not_read(unread: Mapping[str, str]) -> Iterator[Collected]:
    """Yield documents that could not be read, with the reason: the store keeps the citations they had."""
    for name, fault in unread.items():
        summary = DocumentSummary(path=name, format="", title=None, citations=0, error=fault)
        yield summary, Extraction(document=name, format="")


async def _fetched(
    session: Session, rule: DocumentRule, address: str, folder: Path, known: Mapping[str, DocumentSummary]
) -> "Fetched":
    """Return the documents of a page or site, and why some stand as they were."""
    from monitor.inputs import Fetched, from_address, from_site
    from monitor.kept_pages import KeptPages, KeptSite  # with them comes how pages are asked for
    from monitor.site_pages import below

    try:
        if rule.page is not None:
            page = KeptPages(memory=session.store, asking=session.checker, clock=session.clock)
            one = await from_address(folder, address, page, rule.format, session.progress)
            found = Fetched([one], dict.fromkeys(page.faults and [address], "; ".join(page.faults.values())))
        else:
            crawler = session.checker.crawler()
            site = KeptSite(
                memory=session.store, asking=crawler, clock=session.clock, crawler=crawler, gone_goes=True
            )
            found = await from_site(folder, address, site, rule.max_pages, session.progress)
            found.unread.update(site.faults)
    except IncompleteError as error:
        session.progress.note(str(error))
        stand = [name for name in known if rule.site is not None and name.startswith(below(address))]
        return Fetched([], dict.fromkeys(stand or [address], str(error)))
    for said in found.unread.values():
        session.progress.note(said)
    session.files.update({one.called: one.path for one in found.rules if one.called and one.path})
    return found
