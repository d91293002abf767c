"""HTML to what a reader sees: visible text by blocks, main text, metadata.

Visible text is everything a reader may see; quotes are sought there first, because dropping
boilerplate loses 4 % of quotes (docs/design.md#finding-quotes). Main text drops navigation for drift.
"""

from collections.abc import Mapping
from itertools import compress

from monitor.model.page import PageText, weight
from monitor.model.values import replaced
from monitor.page.text import jsonld, stubs
from monitor.page.text.dates import iso_date
from monitor.page.text.elements import CHROME, MAIN
from monitor.page.text.joints import joint_of
from monitor.page.text.reader import LINKS, MAX_VISIBLE_CHARS, Reader
from monitor.page.text.shell import SHELL_WORDS, is_shell
from monitor.text_io.html_tokens import plain_text

STUB_WORDS = 30
_DATE_METAS = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "dc.date.created", "citation_publication_date", "citation_date",
    "citation_online_date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date",
    "publish_date", "publication_date", "og:published_time", "og:article:published_time", "article.published",
)  # fmt: skip


# For each mark of a block, 1 where the block is kept: tables, so that all blocks are told in one call of C.
_OWN = bytes(not mark & (CHROME | LINKS) for mark in range(256))
_OWN_IN_MAIN = bytes(own and bool(mark & MAIN) for mark, own in enumerate(_OWN))


def read_html(text: str) -> PageText:
    """Return what a reader sees of an HTML (or XML) text; total and linear for any input."""
    reader = Reader(joint_of(text))
    if not reader.read(text):
        reader = Reader()
        reader.read(text)
    return _page(reader)


def _page(reader: Reader) -> PageText:
    visible = "\n".join(reader.texts)
    articles, published = _json_ld(reader)
    about = reader.about
    metas = about.metas
    if published is None:
        published = about.published or _date_of(metas)
    extra = articles + [metas[name] for name in ("description", "og:description") if name in metas]
    extra += reader.extra
    again = metas.get("http-equiv:refresh")
    refresh = stubs.meta_refresh(again) if again else None
    page = PageText(
        title=reader.title or metas.get("og:title") or None,
        headings=tuple(reader.headings),
        visible=visible,
        main=_main(reader, visible),
        extra="\n".join(_collapse(part) for part in extra if part.strip())[:MAX_VISIBLE_CHARS],
        canonical=about.canonical,
        language=about.language or metas.get("http-equiv:content-language", "")[:35] or None,
        published=published,
        refresh=refresh,
        words=weight(visible, parted=True),
    )
    return _scripted(page, reader) if page.words < SHELL_WORDS else page


def _date_of(metas: Mapping[str, str]) -> str | None:
    for name in _DATE_METAS if metas else ():
        if name in metas and (found := iso_date(metas[name])):
            return found
    return None


def _scripted(page: PageText, reader: Reader) -> PageText:
    """Return a page of few words with what its scripts would make of it."""
    refresh = page.refresh
    if refresh is None and page.words < STUB_WORDS:
        refresh = stubs.script_redirect(reader.about.scripts)
    own = (text for text, mark in zip(reader.texts, reader.marks, strict=True) if not mark & CHROME)
    shell = is_shell(page.words, own, scripts=reader.about.script_count, mounts=reader.mounts)
    return replaced(page, refresh=refresh, shell=shell)


def _main(reader: Reader, visible: str) -> str:
    """Return the main content: marked main or article first, else what is no navigation.

    Falls back to all text where little would be left: a wrong cut is worse than none.
    """
    texts, marks, plain = reader.texts, bytes(reader.marks), reader.plain
    total = len(visible) - max(len(texts) - 1, 0)
    unmarked = [plain.get(number, text) for number, text in enumerate(texts)] if plain else texts
    for kept in (marks.translate(_OWN_IN_MAIN), marks.translate(_OWN)):
        size = sum(map(len, compress(texts, kept)))
        if size >= 250 and size * 4 >= total:
            return "\n".join(compress(unmarked, kept))
    return "\n".join(unmarked) if plain else visible


def _json_ld(reader: Reader) -> tuple[list[str], str | None]:
    articles: list[str] = []
    published: str | None = None
    for script in reader.about.json_ld[:20]:
        for node in jsonld.nodes(script):
            if body := jsonld.text_of(node, "articleBody", "text"):
                articles.append(plain_text(body))
            if published is None:
                published = iso_date(jsonld.text_of(node, "datePublished"))
    return articles, published


def _collapse(text: str) -> str:
    return " ".join(text.split())
