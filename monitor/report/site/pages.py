"""Templates and their filters: the one place that makes a Jinja environment."""

import datetime as dt
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from markupsafe import escape

from monitor.model import wording
from monitor.model.run import Run
from monitor.report import words
from monitor.report.site import chart
from monitor.report.site.timeline import Timeline
from monitor.report.site.view import Card

HERE = Path(__file__).parent
ASSETS = ("site.css", "site.js")
_plain = re.compile("[ !#-%(-;=?-~]*").fullmatch
"""Tells what may stand in a page as it is: letters and signs of ASCII but for those of markup."""


class Made(str):
    """What a macro made, escaped where it had to be: templates print it as it is."""

    __slots__ = ()


_SHORT = 200
"""What is longer is not kept in case it is shown again."""

_GAP = Made("\0")
"""Stands where a shell has nothing yet; whatever else a template prints has no control characters."""


def _shown(value: Any) -> str:
    """Return what a template prints: escaped, control characters neutralised; what macros made passes."""
    kind = type(value)
    if kind is str:
        text: str = value
        return _escaped(text) if len(text) < _SHORT else _escaped.__wrapped__(text)
    if kind is Made:
        made: str = value
        return made
    if kind is int or kind is float:
        return str(value)
    return escape(words.lines(value) if isinstance(value, str) else value)


@lru_cache(maxsize=1024)
def _escaped(text: str) -> str:
    """Return a text as a page holds it; what is shown of a citation is shown on three pages, or often."""
    if _plain(text):
        return text
    return escape(text if text.isprintable() else words.lines(text))


def _is_safe(node: nodes.Node) -> bool:
    """Tell whether an expression ends in `| safe`: addresses, ids and tones of the site's own making."""
    return isinstance(node, nodes.Filter) and node.name == "safe"


class _Direct(CodeGenerator):
    """Compiles templates to plain calls and attributes: pages are made in half the time.

    What is left out is for templates of strangers: calls that take a context, attributes that may be items,
    escaping that is switched on and off, macros that ask who calls them.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002 - Jinja's
        self.write("(" if _is_safe(node) else "environment.finalize(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002 - Jinja's
        self.write(")")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Write a filter; what is safe is printed as it is."""
        if node.node is not None and _is_safe(node):
            self.visit(node.node, frame)
        else:
            super().visit_Filter(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Write an attribute."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Write an item or a slice."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(")[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: ARG002, N802 - Jinja's
        """Write a call."""
        self.visit(node.node, frame)
        for number, argument in enumerate((*node.args, *node.kwargs)):
            self.write(", " if number else "(")
            self.visit(argument, frame)
        self.write(")" if node.args or node.kwargs else "()")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:  # noqa: ARG002 - Jinja's
        """Write a macro's definition: a function of its parameters, of which any may be left out or named."""
        names = [one.name for one in macro_ref.node.args]
        given = ", ".join(f"{name}=missing" for name in names)
        self.write(f"(lambda body: lambda {given}: environment.made(body({', '.join(names)})))(macro)")


class _Environment(Environment):
    """An environment whose templates are compiled to plain calls."""

    code_generator_class = _Direct
    made = Made


class _Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates beside compiled modules, where Python keeps those."""

    def __init__(self) -> None:
        super().__init__(str(Path(cache_from_source(__file__)).parent), "template-%s.cache")

    def get_source_checksum(self, source: str) -> str:
        """Name what a template is compiled from: how this module has it done as well."""
        return super().get_source_checksum(source + Path(__file__).read_text("utf-8"))

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a compiled template, if there is one."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; where nothing may be written, it is compiled each time."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)


@lru_cache(maxsize=256)
def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the environment: always escaping, undefined names are errors."""
    made = _Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=_Compiled(),
        auto_reload=False,  # else each page asks the disk whether its templates changed meanwhile
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "count": wording.count,
        "instant": words.instant,
        "day": wording.day,
        "short": words.plain,
        "capfirst": _capitalised,
    }
    made.globals |= {"tones": chart.TONES, "tone_words": words.TONES, "life": _life}
    return made


@lru_cache(maxsize=1024)
def _life(line: Timeline) -> Made:
    """Return a time line as drawn; many sources share one."""
    made: Made = _macros("cards.html").life(line)
    return made


def page(name: str, root: str, /, *, run: Run | None, beside: Sequence[str], **values: Any) -> str:
    """Return a page; `root` leads from it to the site's root ("" or "../").

    `run` is the run that it tells of, None for a page that stands for longer; `beside` are the formats
    that it links to. The values are what its template shows.
    """
    made = _macros(name)
    it = SimpleNamespace(root=root, run=run, **values)
    head, top, begin, end = _shell(root, tuple(beside), run and run.id, run and run.now)
    return f"{head}{made.title(it)}{top}{made.crumbs(it)}{begin}{made.main(it)}{end}"


@lru_cache(maxsize=64)
def _shell(root: str, beside: tuple[str, ...], run: str | None, now: dt.datetime | None) -> tuple[str, ...]:
    """Return what pages of one folder have in common: before, between and after what is theirs."""
    shell = environment().get_template("base.html")
    gaps = dict.fromkeys(("title", "crumbs", "main"), _GAP)
    return tuple(shell.render(root=root, beside=beside, run=run, now=now, **gaps).split(_GAP))


@cache
def _macros(name: str) -> Any:
    """Return the macros of a template, by their names."""
    return environment().get_template(name).module


def listed(card: Card, root: str) -> str:
    """Return a citation as its document's page lists it."""
    made: str = _macros("cards.html").listed(card, root)
    return made


def line(card: Card, root: str) -> str:
    """Return a citation as its host's page lists it."""
    made: str = _macros("cards.html").line(card, root)
    return made


def look(beside: Sequence[str]) -> bytes:
    """Return a digest of how pages look: templates, words and code, and the formats they link to."""
    files = sorted([*(HERE / "templates").glob("*.html"), *HERE.glob("*.py"), *HERE.parent.glob("*.py")])
    known = sha256(repr(sorted(beside)).encode())
    for file in files:
        known.update(file.read_bytes())
    return known.digest()


def asset(name: str) -> str:
    """Return the text of a file that pages load."""
    return (HERE / "assets" / name).read_text("utf-8")
