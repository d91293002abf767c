"""YAML with places: PyYAML composes nodes (it constructs nothing), we walk the few we need.

Composing keeps an alias as one shared node, so a "billion laughs" costs nothing until somebody
walks it; `value_of` therefore caps depth and number of nodes.
"""

import re
from collections.abc import Generator, Iterator
from itertools import islice
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from monitor.patterns import lazy

_UNPRINTABLE = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")
_DEPTH = 200
_MAX_NODES = 2_000
_MAX_DOCUMENTS = 50


def documents(text: str, notes: list[str]) -> Iterator[Node]:
    """Yield the root nodes of a YAML stream; the first fault ends it with a note that names the line.

    The commonest fault, an unquoted title with a colon in it, is noted and read.
    """
    if _nested(text):
        notes.append(f"the YAML is nested more than {_DEPTH} deep; it was not read")
        return
    text = _UNPRINTABLE.sub(" ", text)
    read = yield from _composed(text, notes)
    if not read and (mended := _PLAIN.sub(_without_colons, text)) != text:
        yield from _composed(mended, notes)


def _composed(text: str, notes: list[str]) -> Generator[Node, None, int]:
    """Yield root nodes; return how many there were before the end or the first fault."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # nobody asks for the tags others would find
    number = 0
    try:
        for node in islice(yaml.compose_all(text, Loader=loader), _MAX_DOCUMENTS):
            if node is not None:
                number += 1
                yield node
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        notes.append(f"{line}not YAML: {getattr(error, 'problem', None) or type(error).__name__}")
    except RecursionError:
        notes.append("the YAML is nested too deeply; it was not read")
    return number


# "title: Salt: a history"; what replaces the colon is as long, so that every place stays.
_PLAIN = lazy(r"^([ \t]*(?:- +)?[\w-]+:[ \t]+)([^\s\"'\[{|>&*!%@`#][^\n]*:[ \t][^\n]*)$", re.MULTILINE)
_NO_COLON = "\ue03a"


def _without_colons(match: re.Match[str]) -> str:
    return match[1] + re.sub(r":(?=[ \t])", _NO_COLON, match[2])


_TWO_MARKERS = lazy(r"[-?:][ \t]+[-?:][ \t]")


def _nested(text: str) -> bool:
    """Tell whether brackets or block markers open deeper than any bibliography does."""
    if _TWO_MARKERS.search(text) and re.search(r"^[ \t]*(?:[-?:][ \t]+){100}", text, re.MULTILINE):
        return True
    if "\n" + " " * (10 * _DEPTH + 1) in text:
        return True
    if text.count("[") + text.count("{") <= _DEPTH:
        return False
    depth = 0
    for match in re.finditer(r"[\[{\]}]", text):
        depth = depth + 1 if match[0] in "[{" else max(0, depth - 1)
        if depth > _DEPTH:
            return True
    return False


def members(node: "Node") -> dict[str, Node]:
    """Return a mapping's members by name, the last of a name; empty for anything else."""
    if not isinstance(node, MappingNode):
        return {}
    return {str(key.value): value for key, value in node.value if isinstance(key, ScalarNode)}


def items(node: "Node") -> list[MappingNode]:
    """Return the mappings of a sequence, each once."""
    if not isinstance(node, SequenceNode):
        return []
    return list({id(one): one for one in node.value if isinstance(one, MappingNode)}.values())


def value_of(node: "Node") -> Any:
    """Return a node as str, list and dict; capped, so that shared nodes cannot multiply."""
    return _value(node, 0, [_MAX_NODES])


def _value(node: Node, depth: int, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth > 8:
        return None
    if isinstance(node, ScalarNode):
        return node.value.replace(_NO_COLON, ":")
    if isinstance(node, SequenceNode):
        return [_value(one, depth + 1, left) for one in node.value[:_MAX_NODES]]
    return {
        str(key.value): _value(one, depth + 1, left)
        for key, one in node.value[:_MAX_NODES]
        if isinstance(key, ScalarNode)
    }


def place_of(node: Node, text: str) -> tuple[int, int]:
    """Return where a node is written, without quotes and blanks around it."""
    start, end = node.start_mark.index, min(node.end_mark.index, len(text))
    raw = text[start:end]
    end = start + len(raw.rstrip())
    if (
        isinstance(node, ScalarNode)
        and end - start >= 2
        and text[start] in "\"'"
        and text[end - 1] == text[start]
    ):
        return start + 1, end - 1
    return start, max(start, end)
