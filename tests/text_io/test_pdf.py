"""The one PDF reader: what was read before a limit or a broken page is kept."""

import io

import pytest
from pypdf import PdfWriter

from monitor.text_io.pdf import EncryptedPdfError, PdfLimits, PdfText, read_into


def file(pages: int, *, password: str | None = None) -> bytes:
    """Return a PDF of blank pages, each of its own width."""
    writer = PdfWriter()
    for number in range(pages):
        writer.add_blank_page(width=100 + number, height=100)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def width(page, watch) -> str:
    watch()
    return f"page of {page.mediabox.width:.0f}"


def read(data: bytes, text_of=width, *, pages=10, chars=1000, seconds=60.0) -> PdfText:
    found = PdfText()
    read_into(found, data, PdfLimits(pages, chars, seconds), text_of)
    return found


def test_pages_come_in_order():
    assert read(file(3)).pages == ["page of 100", "page of 101", "page of 102"]


@pytest.mark.parametrize(
    ("limits", "expected"), [({"pages": 2}, 2), ({"chars": 12}, 2), ({"seconds": -1.0}, 0)]
)
def test_limits_end_the_reading(limits, expected):
    assert len(read(file(5), **limits).pages) == expected


def test_time_that_runs_out_within_a_page_ends_the_reading_there():
    def endless(page, watch) -> str:
        while page.mediabox.width > 101:
            watch()
        return width(page, watch)

    assert read(file(4), endless, seconds=0.3).pages == ["page of 100", "page of 101"]


def test_a_broken_page_costs_no_other():
    def broken(page, watch) -> str:
        if page.mediabox.width == 101:
            raise ValueError
        return width(page, watch)

    assert read(file(3), broken).pages == ["page of 100", "page of 102"]


def test_a_password_is_said():
    with pytest.raises(EncryptedPdfError):
        read(file(1, password="tide"))
