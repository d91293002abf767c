"""Bodies as they are decoded, with liars and bombs."""

import gzip
import random
import zlib

import brotli
import pytest

from monitor.fetch.decode import BodyBuffer

TEXT = b"The weir was built of oak in 1911. " * 400


def read(
    data: bytes, coding: str | None, *, media: str = "text/html", cap: int = 1_000_000, step: int = 700
) -> BodyBuffer:
    buffer = BodyBuffer(coding, media, cap)
    for start in range(0, len(data), step):
        buffer.add(data[start : start + step])
        if buffer.full:
            break
    return buffer


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("data", "coding"),
    [
        (TEXT, None),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), "x-gzip"),
        (gzip.compress(TEXT), None),
        (gzip.compress(TEXT), "identity"),
        (gzip.compress(TEXT[:5000]) + gzip.compress(TEXT[5000:]), "gzip"),
        (gzip.compress(TEXT) + b"\0" * 9, "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (zlib.compress(TEXT)[2:-4], "deflate"),
        (brotli.compress(TEXT), "br"),
        (TEXT, "gzip"),
        (TEXT, "br"),
        (TEXT, "deflate"),
        (TEXT, "x-unheard-of"),
    ],
)
def test_decoded_or_kept_as_it_came(data: bytes, coding: str | None, step: int) -> None:
    buffer = read(data, coding, step=step)
    assert buffer.body() == TEXT
    assert buffer.fault is None
    assert not buffer.truncated


def test_a_gzip_file_stays_a_file() -> None:
    data = gzip.compress(TEXT)
    assert read(data, None, media="application/gzip").body() == data


@pytest.mark.parametrize(
    ("data", "coding"),
    [
        (gzip.compress(bytes(5_000_000)), "gzip"),
        (brotli.compress(bytes(5_000_000)), "br"),
        (bytes(5_000_000), None),
    ],
)
def test_bombs_stop_at_the_cap(data: bytes, coding: str | None) -> None:
    buffer = read(data, coding, cap=10_000, step=65_536)
    assert len(buffer.body()) == 10_000
    assert buffer.truncated


def test_a_fault_midway_keeps_what_came() -> None:
    data = bytearray(gzip.compress(TEXT + random.Random(1).randbytes(50_000)))
    data[20_000:20_100] = bytes(100)
    buffer = read(bytes(data), "gzip")
    assert buffer.body().startswith(TEXT[:1000])
    assert buffer.fault


@pytest.mark.parametrize("data", [b"", b"a"])
def test_next_to_nothing(data: bytes) -> None:
    assert read(data, "gzip").body() == data
