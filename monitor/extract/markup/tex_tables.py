r"""Tables of LaTeX: the rows between `\begin{tabular}` and its end, cell by cell, with places."""

from collections.abc import Callable, Iterator, Sequence

from monitor.extract.markup.tex_inline import add_tex
from monitor.extract.passage import Builder, Group, Kind, Passage
from monitor.patterns import lazy

_SPEC = lazy(r"\s{0,9}(?:\[[^\]\n]{0,40}\]\s{0,9})?(?:\{(?:[^{}]|\{[^{}]{0,200}\}){0,300}\}\s{0,9}){1,2}")
_SIGN = lazy(r"\\\\(?:\s?\[[^\]\n]{0,20}\])?|\\tabularnewline|\\.|[{}&]|(?<!\\)%[^\n]*")
_RULES = lazy(
    r"\s*(?:\\(?:hline|toprule|midrule|bottomrule|cline\{[^{}]*\}|endhead|endfirsthead|endfoot)\s*)*"
)

_ROW_END = lazy(r"\\\\|\\tabularnewline")
_LONGEST_HEAD = 4_000

Cell = tuple[int, int]


def _rows(text: str, start: int, end: int) -> Iterator[list[Cell]]:
    """Yield where the cells of each row stand in the body of a table."""
    cells: list[Cell] = []
    depth, begin = 0, start
    for sign in _SIGN.finditer(text, start, end):
        mark = sign[0]
        if mark in "{}":
            depth += 1 if mark == "{" else -1
        elif depth == 0 and (mark == "&" or mark.startswith(("\\\\", "\\tabularnewline"))):
            cells.append((begin, sign.start()))
            begin = sign.end()
            if mark != "&":
                yield cells
                cells = []
    if text[begin:end].strip() and cells:
        yield [*cells, (begin, end)]


def table_records(
    text: str, start: int, end: int, telling: Callable[[Sequence[str]], bool]
) -> Iterator[Passage]:
    r"""Yield the rows of a table as named fields; none where its first row names no columns of sources.

    The table is `text[start:end]`, behind `\begin{tabular}` and before its end.
    """
    if _ROW_END.search(text, start, min(end, start + _LONGEST_HEAD)) is None:
        return
    spec = _SPEC.match(text, start, end)
    head: list[str] = []
    group = Group()
    for cells in _rows(text, spec.end() if spec else start, end):
        rules = _RULES.match(text, cells[0][0], cells[0][1])
        cells[0] = (rules.end() if rules else cells[0][0], cells[0][1])
        if not head:
            head = [_shown(text, cell) for cell in cells]
            if not telling(head):
                return
            continue
        builder = Builder()
        for name, (first, last) in zip(head, cells, strict=False):
            if text[first:last].strip():
                builder.add(f"\n{name}: " if builder.length else f"{name}: ", first, 0)
                add_tex(builder, text, first, last)
        if (made := builder.passage(kind=Kind.RECORD, group=group)) is not None:
            yield made


def _shown(text: str, cell: Cell) -> str:
    builder = Builder()
    add_tex(builder, text, *cell)
    return " ".join("".join(builder.parts).split())
