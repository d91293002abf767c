"""What a page says about itself: in meta, link, html, time, and to its scripts."""

from typing import TYPE_CHECKING

from monitor.page.text.dates import iso_date

if TYPE_CHECKING:
    from monitor.text_io.html_tokens import PageToken

_META_NAMES = ("property", "name", "itemprop", "http-equiv")


class Metadata:
    """The first that each element said; `metas` by name in lower case, `http-equiv:…` beside it.

    `scripts` are the first of its own, cut short, `script_count` counts all of them.
    """

    def __init__(self) -> None:
        self.metas: dict[str, str] = {}
        self.canonical: str | None = None
        self.language: str | None = None
        self.published: str | None = None
        self.scripts: list[str] = []
        self.script_count = 0
        self.json_ld: list[str] = []

    def note(self, name: str, token: "PageToken", *, hidden: bool) -> None:
        """Take a start tag; what is `hidden` (a template, a noscript) sends nobody anywhere."""
        if name == "meta":
            self._meta(dict(token.attrs or ()), hidden=hidden)
        elif name == "link":
            if self.canonical is None and (token.attr("rel") or "").lower().strip() == "canonical":
                self.canonical = (token.attr("href") or "").strip()[:4000] or None
        elif name == "html":
            if self.language is None:
                self.language = (token.attr("lang") or token.attr("xml:lang") or "")[:35] or None
        elif name == "time":
            named = "datepublished" in (token.attr("itemprop") or "").lower()
            if self.published is None and (named or token.attr("pubdate") is not None):
                self.published = iso_date(token.attr("datetime"))

    def _meta(self, attributes: dict[str, str], *, hidden: bool) -> None:
        name = next((attributes[key] for key in _META_NAMES if attributes.get(key)), "")
        content = attributes.get("content", "")
        if name and content:
            self.metas.setdefault(name.lower(), content)
        if "http-equiv" in attributes and content and not hidden:
            self.metas.setdefault(f"http-equiv:{attributes['http-equiv'].lower()}", content)

    def script(self, token: "PageToken", content: str) -> None:
        """Take a script with what stands in it."""
        kind = (token.attr("type") or "").lower()
        if "ld+json" in kind:
            self.json_ld.append(content)
        elif not kind or "javascript" in kind or kind == "module":
            self.script_count += 1
            if len(self.scripts) < 20:
                self.scripts.append(content[:20_000])
