"""What a reader of a document sees, by independent readers of each format: words, and where links lead."""

import io
import json
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """The words in order, and the targets of links."""

    words: str
    links: tuple[str, ...] = ()


def shown(ending: str, text: str) -> Shown:
    """Return what a document with this ending shows; an error of its reader is an error here."""
    text = text.replace("\r\n", "\n")
    return _READERS[ending](text)


def _html(text: str) -> Shown:
    from lxml import html

    root = html.document_fromstring(text)
    for one in root.xpath("//comment()[parent::*]"):
        one.drop_tree()
    times = [one.get("datetime") or "" for one in root.iter("time")]
    return Shown(
        _blanks(root.text_content()) + " " + " ".join(times), tuple(one.get("href") for one in root.iter("a"))
    )


def _markdown(text: str) -> Shown:
    from markdown_it import MarkdownIt

    return _html(f"<body>{MarkdownIt('commonmark').enable('table').render(text)}</body>")


def _notebook(text: str) -> Shown:
    """Return what the Markdown cells show, and of every cell its kind and how its source is kept."""
    cells = json.loads(text)["cells"]
    lines = [one["source"] if isinstance(one["source"], list) else [one["source"]] for one in cells]
    kept = [
        f"{one['cell_type']} {type(one['source']).__name__} {len(part)}"
        for one, part in zip(cells, lines, strict=True)
    ]
    code, told = (
        "".join("".join(part) for one, part in zip(cells, lines, strict=True) if (one["cell_type"] == kind))
        for kind in ("code", "markdown")
    )
    page = _markdown(told)
    return Shown(f"{page.words} {code} {' '.join(kept)}", page.links)


def _rst(text: str) -> Shown:
    from docutils.core import publish_parts

    settings = {"report_level": 2, "halt_level": 2, "traceback": True, "warning_stream": io.StringIO()}
    return _html(publish_parts(text, writer="html5", settings_overrides=settings)["body"])


def _wikitext(text: str) -> Shown:
    import wikitextparser

    parsed = wikitextparser.parse(text)
    links = tuple(one.url for one in parsed.external_links)
    templates = [
        "\n".join(
            (f"{one.name.strip()}:", *(f"| {a.name.strip()}={_blanks(a.value)}" for a in one.arguments))
        )
        for one in parsed.templates
    ]
    names = [[a.name.strip() for a in one.arguments] for one in parsed.templates]
    assert all(len(set(one)) == len(one) for one in names), "a parameter stands twice"
    return Shown(_blanks(parsed.plain_text(replace_templates=False)) + "\n" + "\n".join(templates), links)


def _bibtex(text: str) -> Shown:
    from pybtex.database.input.bibtex import Parser

    entries = Parser(wanted_entries=None).parse_string(text).entries
    lines = [
        f"{key}.{name.lower()}={_blanks(value)}"
        for key, entry in entries.items()
        for name, value in sorted(entry.fields.items())
    ]
    return Shown("\n".join([*entries, *lines]))


def _ris(text: str) -> Shown:
    import rispy

    # An address may hold a semicolon; rispy cuts there.
    held = ((name, one[name]) for one in rispy.loads(text) for name in sorted(one))
    return Shown("\n".join(f"{n}={';'.join(value) if n == 'urls' else value}" for n, value in held))


def _tex(text: str) -> Shown:
    from pylatexenc.latexwalker import LatexWalker

    LatexWalker(text, tolerant_parsing=False).get_latex_nodes()
    return Shown(_blanks(text))


def _json(text: str) -> Shown:
    return Shown("\n".join(_flat(json.loads(text))))


def _yaml(text: str) -> Shown:
    import yaml

    return Shown("\n".join(_flat(yaml.load(text, yaml.BaseLoader))))  # noqa: S506 - scalars as they are written


def _flat(value: object, name: str = "") -> list[str]:
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in _flat(item, f"{name}.{key}")]
    if isinstance(value, list):
        return [line for number, item in enumerate(value) for line in _flat(item, f"{name}[{number}]")]
    return [f"{name}={value}"]


def _blanks(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


_READERS = {
    "txt": Shown, "md": _markdown,
    "ipynb": _notebook, "html": _html, "wiki": _wikitext, "bib": _bibtex, "ris": _ris,
    "tex": _tex, "rst": _rst, "csl.json": _json, "csl.yaml": _yaml, "cff": _yaml,
    **dict.fromkeys(("adoc", "org", "typ", "textile", "dokuwiki"), Shown),
}  # fmt: skip
