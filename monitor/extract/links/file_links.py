"""Links between the files of a site in reStructuredText, AsciiDoc, Org and Textile; code holds none.

Names that only the site's generator knows (`:ref:`, Antora's resource ids) are counted, not looked for.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from monitor.extract.links.link_target import LinkTarget
from monitor.extract.passage import blanks, clean
from monitor.model.document import Document
from monitor.patterns import lazy

_SCHEMED = lazy(r"[A-Za-z][\w+.-]*:|//")
_RST_LINE = lazy(r"^(?P<indent>[ \t]*)(?P<said>\S[^\n]*)?$", re.MULTILINE)
_RST_CODE = lazy(
    r"\.\.[ \t]+(?:[\w-]*(?:code|literal|highlight|doctest|prompt|raw|math|graph|plot|test)[\w-]*::"
    r"|(?![\w:+.-]+::|_|\[|\|))",
    re.IGNORECASE,
)
_RST_DIRECTIVE = lazy(r"\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?[\w:+.-]+::")
_RST_LITERAL = lazy(r"``[^`\n]{1,400}``")
_ADOC_CODE = lazy(
    r"^(?P<fence>-{4,}|\.{4,}|\+{4,}|/{4,}|```)[^\n]*\n.*?(?:^(?P=fence)[ \t]*$|\Z)"
    r"|`[^`\n]{1,300}`|^//[^\n]*$",
    re.MULTILINE | re.DOTALL,
)
_ORG_CODE = lazy(
    r"^[ \t]*#\+begin_(?P<block>src|example|comment|export)\b.*?(?:^[ \t]*#\+end_(?P=block)|\Z)"
    r"|^[ \t]*[:#] [^\n]*$|[=~][^\s=~\n][^=~\n]{0,300}[=~]",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_TEXTILE_CODE = lazy(
    r"<(?P<tag>pre|code)\b.*?(?:</(?P=tag)>|\Z)|^bc\.[^\n]*$|@[^@\n]{1,300}@", re.MULTILINE | re.DOTALL
)


def _blanked(code: re.Pattern[str]) -> Callable[[str], str]:
    return lambda text: code.sub(lambda one: blanks(one[0]), text)


def _rst_prose(text: str) -> str:
    """Return text of the same length without literal blocks, code directives and comments."""
    made: list[str] = []
    done, within = 0, -1
    for line in _RST_LINE.finditer(text):
        said = line["said"]
        if said is None:
            continue
        indent = len(line["indent"].expandtabs())
        if within >= 0 and indent > within:
            made += text[done : line.start()], " " * len(line[0])
            done = line.end()
            continue
        literal = said.rstrip().endswith("::") and not _RST_DIRECTIVE.match(said)
        within = indent if literal or _RST_CODE.match(said) else -1
    made.append(text[done:])
    return _RST_LITERAL.sub(lambda one: blanks(one[0]), "".join(made))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Markup:
    """How one markup links files; `named` are references that only its generator can follow."""

    prose: Callable[[str], str]
    links: tuple[re.Pattern[str], ...]
    places: tuple[re.Pattern[str], ...] = ()
    named: re.Pattern[str] | None = None


_MARKUPS = {
    "rst": _Markup(
        prose=_rst_prose,
        links=(
            lazy(r"(?<![`\w]):(?:doc|download):`(?P<label>[^`<\n]{1,300}?)\s?<(?P<href>[^<>`\n]{1,1000})>`"),
            lazy(r"(?<![`\w]):(?:doc|download):`(?P<href>[^`<>\n]{1,1000})`"),
            lazy(r"(?<![`:])`(?P<label>[^`<\n]{0,300}?)\s?<(?P<href>[^<>`\s]{0,1000}[^<>`\s_])>`__?"),
            lazy(
                r"^\.\. _(?P<label>`[^`\n]{1,200}`|[^:\n`]{1,200}):"
                r"[ \t]+(?P<href>[^\s`]{0,1000}[^\s`_])[ \t]*$",
                re.MULTILINE,
            ),
            lazy(r"^[ \t]*\.\. (?:image|figure)::[ \t]+(?P<href>\S{1,1000})[ \t]*$", re.MULTILINE),
        ),
        named=lazy(r"(?<![`\w]):(?:\w{1,20}:)?(?:ref|numref|any|term|option|envvar)(?=:`)"),
    ),
    "asciidoc": _Markup(
        prose=_blanked(_ADOC_CODE),
        links=(
            lazy(r"(?<![\w\\])link:(?P<href>[^\s\[\]:]{1,1000})\[(?P<label>[^\]\n]{0,300})\]"),
            lazy(
                r"(?<![\w\\])xref:(?P<href>[^\s\[\]:@$]{0,500}(?:\.adoc|#)[^\s\[\]:@$]{0,500})"
                r"\[(?P<label>[^\]\n]{0,300})\]"
            ),
            lazy(
                r"<<(?P<href>[^\s<>,:@$]{0,500}(?:\.adoc|#)[^\s<>,:@$]{0,500})(?:,(?P<label>[^<>\n]{0,300}))?>>"
            ),
        ),
        places=(
            lazy(r"<<(?P<href>[\w-]{1,200})(?:,(?P<label>[^<>\n]{0,300}))?>>"),
            lazy(r"(?<![\w\\])xref:(?P<href>[\w-]{1,200})\[(?P<label>[^\]\n]{0,300})\]"),
        ),
        named=lazy(r"(?<![\w\\])xref:[^\s\[\]:@$]{0,500}[:@$]"),
    ),
    "org": _Markup(
        prose=_blanked(_ORG_CODE),
        links=(
            lazy(
                r"\[\[(?:file:)?(?P<href>(?:(?<=file:)|\.{1,2}/|#)[^\[\]\n:*]{1,1000})(?:::[^\[\]\n]{0,300})?\]"
                r"(?:\[(?P<label>[^\[\]\n]{1,300})\])?\]"
            ),
        ),
    ),
    "textile": _Markup(
        prose=_blanked(_TEXTILE_CODE),
        links=(lazy(r"\"(?P<label>[^\"\n]{1,300})\":(?P<href>[\w%~./-]{1,500}\.html?(?:#[\w.-]{1,200})?)"),),
    ),
}


def file_links(document: Document) -> Iterator[LinkTarget]:
    """Yield the links of a document that name files, or places in them."""
    if (markup := _MARKUPS.get(document.format)) is None:
        return
    prose = markup.prose(document.text)
    for sign, patterns in (("", markup.links), ("#", markup.places)):
        for pattern in patterns:
            for mark in pattern.finditer(prose):
                href = mark["href"].strip()
                # {attribute}: the generator fills it in
                if not _SCHEMED.match(href) and "{" not in href:
                    label = clean(mark.groupdict().get("label"))
                    yield LinkTarget(
                        href=sign + href, start=mark.start("href"), end=mark.end("href"), label=label
                    )


def only_named(document: Document) -> int:
    """Count the references by names that only the site's generator knows."""
    markup = _MARKUPS.get(document.format)
    return (
        0
        if markup is None or markup.named is None
        else len(markup.named.findall(markup.prose(document.text)))
    )
