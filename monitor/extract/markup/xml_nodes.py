"""XML with places: expat tells where each event stands, we keep a small tree.

lxml and ElementTree give lines at most. Entity declarations are refused (no expansion, no outside file);
depth and number of nodes are capped; damaged XML ends the reading, and what came before counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from monitor.patterns import lazy

_DEPTH = 200
_MAX_NODES = 500_000


@dataclass(slots=True, eq=False)
class Node:
    """An element: local name, attributes, children, and its own text as (text, start, length) pieces.

    `start:end` is its place in the document, tags included.
    """

    name: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    children: list["Node"] = field(default_factory=list)
    content: list["tuple[str, int, int] | Node"] = field(default_factory=list)

    def all(self, *names: str) -> Iterator["Node"]:
        """Yield the elements of these names below this one, in document order."""
        waiting = list(reversed(self.children))
        while waiting:
            node = waiting.pop()
            if node.name in names:
                yield node
            waiting.extend(reversed(node.children))

    def first(self, *path: str) -> "Node | None":
        """Return the first element reached by child names; None where there is none."""
        node: Node | None = self
        for name in path:
            node = next((child for child in node.children if child.name == name), None) if node else None
        return node

    def pieces(self) -> Iterator[tuple[str, int, int]]:
        """Yield all text within as (decoded, start, length), in document order."""
        waiting: list[tuple[str, int, int] | Node] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Node):
                waiting.extend(reversed(one.content))
            else:
                yield one

    @property
    def text(self) -> str:
        """Return all text within, blanks collapsed."""
        return " ".join("".join(piece for piece, _, _ in self.pieces()).split())

    def place(self) -> tuple[int, int] | None:
        """Return where the text within is written, without the blanks at its ends; None for no text."""
        written = [(start, start + length) for text, start, length in self.pieces() if text.strip()]
        return (written[0][0], written[-1][1]) if written else None


class _Builder:
    def __init__(self, text: str) -> None:
        self.parser = expat.ParserCreate("utf-8", namespace_separator="}")
        self.root = Node("", {}, 0, len(text))
        self.open = [self.root]
        self.number = 0
        self.text = text
        # expat counts bytes of UTF-8; so do we, and walk along with it.
        self.ascii = text.isascii()
        self.bytes = self.chars = 0
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.EntityDeclHandler = self.entity
        self.parser.buffer_text = False
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def place(self) -> int:
        """Return where the present event stands, in characters."""
        index = self.parser.CurrentByteIndex
        if self.ascii:
            return index
        while self.bytes < index:
            code = ord(self.text[self.chars])
            self.bytes += 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
            self.chars += 1
        return self.chars

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.number += 1
        if len(self.open) > _DEPTH or self.number > _MAX_NODES:
            raise ValueError("nested too deeply or too large")
        node = Node(_local(name), {_local(key): value for key, value in attributes.items()}, self.place())
        self.open[-1].children.append(node)
        self.open[-1].content.append(node)
        self.open.append(node)

    def end(self, _: str) -> None:
        node = self.open.pop()
        place = self.place()
        closed = self.text.find(">", place)
        node.end = closed + 1 if closed >= 0 else len(self.text)

    def data(self, text: str) -> None:
        start = self.place()
        if self.text.startswith(text, start):
            length = len(text)
        else:  # an entity or a character reference
            length = self.text.find(";", start) + 1 - start if self.text.startswith("&", start) else len(text)
        self.open[-1].content.append((text, start, max(length, 0)))

    def entity(self, *_: object) -> None:
        raise ValueError("it declares entities of its own")


def _local(name: str) -> str:
    return name.rpartition("}")[2]


_DECLARED = lazy(r"\A\s*<\?xml[^>]*\?>")


def read_xml(text: str, notes: list[str]) -> Node:
    """Return a root above the document's element; faults are noted with their line."""
    builder = _Builder(text)
    # The text is decoded already: what the declaration says of its encoding is no longer true.
    declared = _DECLARED.match(text)
    data = text
    if declared:
        data = " " * declared.end() + text[declared.end() :]
    data = data.lstrip("\ufeff") if not declared else data
    shift = len(text) - len(data)
    begin = len(data) - len(data.lstrip())
    try:
        builder.text = data[begin:]
        builder.parser.Parse(builder.text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        line = text.count("\n", 0, shift + begin) + error.lineno
        notes.append(f"line {line}: not XML: {expat.errors.messages.get(error.code, 'damaged')}")
    except ValueError as error:
        notes.append(f"the XML was not read to its end: {error}")
    for node in builder.open[1:]:
        node.end = len(builder.text)
    if shift + begin:
        _moved(builder.root, shift + begin)
    builder.root.start, builder.root.end = 0, len(text)
    return builder.root


def _moved(root: Node, by: int) -> None:
    """Shift every place below a root."""
    waiting = list(root.children)
    while waiting:
        node = waiting.pop()
        node.start += by
        node.end += by
        node.content = [
            one if isinstance(one, Node) else (one[0], one[1] + by, one[2]) for one in node.content
        ]
        waiting.extend(node.children)
