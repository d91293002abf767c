"""JSON in ASCII only: line separators, lone surrogates and odd encodings on the reader's side cannot hurt."""

import json

import msgspec

_encode = msgspec.json.Encoder().encode


def dumps(value: object) -> str:
    """Return a value as compact JSON, what is not ASCII escaped.

    Most records are ASCII as they are; those msgspec writes ten times as fast, byte for byte the same.
    """
    try:
        written = _encode(value)
    except UnicodeEncodeError:  # a lone surrogate
        return json.dumps(value, separators=(",", ":"))
    if written.isascii() and b"\x7f" not in written:
        return written.decode()
    return json.dumps(value, separators=(",", ":"))
