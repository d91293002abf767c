"""HTML to what a reader sees: visible text by blocks, main text, metadata.

Visible text is everything a reader may see; quotes are sought there first, because dropping
boilerplate loses 4 % of quotes (docs/design.md#finding-quotes). Main text drops navigation for drift.
"""

from dataclasses import replace

from monitor.model.page import PageText
from monitor.page.text import jsonld, stubs
from monitor.page.text.dates import iso_date
from monitor.page.text.reader import MAX_VISIBLE_CHARS, Reader, TextBlock
from monitor.page.text.shell import SHELL_WORDS, is_shell
from monitor.text_io.html_tokens import plain_text

STUB_WORDS = 30
_DATE_METAS = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "dc.date.created", "citation_publication_date", "citation_date",
    "citation_online_date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
    "publish_date", "publication_date", "og:published_time", "og:article:published_time", "article.published",
)  # fmt: skip


def read_html(text: str) -> PageText:
    """Return what a reader sees of an HTML (or XML) text; total and linear for any input."""
    reader = Reader()
    reader.read(text)
    return _page(reader)


def _page(reader: Reader) -> PageText:
    visible = "\n".join(block.text for block in reader.blocks)
    articles, published = _json_ld(reader)
    metas = reader.metas
    if published is None:
        published = reader.published or next(
            (found for name in _DATE_METAS if (found := iso_date(metas.get(name)))), None
        )
    extra = articles + [metas[name] for name in ("description", "og:description") if name in metas]
    extra += reader.extra
    refresh = stubs.meta_refresh(metas.get("http-equiv:refresh", ""))
    page = PageText(
        title=reader.title or metas.get("og:title") or None,
        headings=tuple(reader.headings),
        visible=visible,
        main=_main(reader.blocks),
        extra="\n".join(_collapse(part) for part in extra if part.strip())[:MAX_VISIBLE_CHARS],
        canonical=reader.canonical,
        language=reader.language or metas.get("http-equiv:content-language", "")[:35] or None,
        published=published,
        refresh=refresh,
    )
    return _scripted(page, reader) if page.words < SHELL_WORDS else page


def _scripted(page: PageText, reader: Reader) -> PageText:
    """Return a page of few words with what its scripts would make of it."""
    refresh = page.refresh
    if refresh is None and page.words < STUB_WORDS:
        refresh = stubs.script_redirect(reader.scripts)
    own = (block.text for block in reader.blocks if not block.chrome)
    shell = is_shell(page.words, own, scripts=reader.script_count, mounts=reader.mounts)
    return replace(page, refresh=refresh, shell=shell)


def _main(blocks: list[TextBlock]) -> str:
    """Return the main content: marked main or article first, else what is no navigation.

    Falls back to all text where little would be left: a wrong cut is worse than none.
    """
    total = sum([len(block.text) for block in blocks])
    own = [block for block in blocks if not block.chrome and not _mostly_links(block)]
    for kept in ([block for block in own if block.main], own):
        size = sum([len(block.text) for block in kept])
        if size >= 250 and size * 4 >= total:
            return "\n".join([block.plain for block in kept])
    return "\n".join([block.plain for block in blocks])


def _mostly_links(block: TextBlock) -> bool:
    """Tell whether a block is a line of links, as menus and lists of related pages are."""
    return block.link_chars * 10 > len(block.text) * 7 and len(block.text) < 200


def _json_ld(reader: Reader) -> tuple[list[str], str | None]:
    articles: list[str] = []
    published: str | None = None
    for script in reader.json_ld[:20]:
        for node in jsonld.nodes(script):
            if body := jsonld.text_of(node, "articleBody", "text"):
                articles.append(plain_text(body))
            if published is None:
                published = iso_date(jsonld.text_of(node, "datePublished"))
    return articles, published


def _collapse(text: str) -> str:
    return " ".join(text.split())
