"""A patch that `git apply` and `patch -p1` take: the very bytes, line ends and encoding included."""

import difflib
from collections.abc import Iterator

_NO_NEWLINE = b"\\ No newline at end of file\n"


def patch(path: str, before: bytes, after: bytes) -> Iterator[bytes]:
    """Yield the unified diff of one file; nothing where it is unchanged. `path` is relative, with slashes."""
    name = path.lstrip("/").encode("utf-8", "surrogateescape")
    lines = difflib.diff_bytes(
        difflib.unified_diff, _lines(before), _lines(after), b"a/" + name, b"b/" + name, lineterm=b"\n"
    )
    for number, line in enumerate(lines):
        if number == 0:
            yield b"diff --git a/" + name + b" b/" + name + b"\n"
        yield line
        if not line.endswith(b"\n"):
            yield b"\n" + _NO_NEWLINE


def _lines(data: bytes) -> list[bytes]:
    """Return lines as patch counts them: a carriage return is part of its line."""
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
