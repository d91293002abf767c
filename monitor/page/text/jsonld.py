"""What JSON-LD and page metadata say of an article (schema.org)."""

import json
from collections.abc import Iterator
from typing import Any

_MAX_NODES = 2000
_MAX_CHARS = 1_000_000


def nodes(script: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of one JSON-LD script, outer first, at most 2,000; nothing for broken JSON."""
    if len(script) > _MAX_CHARS:
        return
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    try:
        queue: list[Any] = [json.loads(text.rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    seen = 0
    while queue and seen < _MAX_NODES:
        item = queue.pop(0)
        seen += 1
        if isinstance(item, dict):
            yield item
            queue.extend(value for value in item.values() if isinstance(value, dict | list))
        elif isinstance(item, list):
            queue.extend(item[:_MAX_NODES])


def text_of(node: dict[str, Any], *names: str) -> str | None:
    """Return the first of the named values that is a text."""
    for name in names:
        value = node.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str) and value.strip():
            return value
    return None
