"""An address is the same page without what only tracks its readers."""

import pytest

from monitor.archive.captures import plain, requestable
from monitor.archive.tracking import untracked

PAGE = "http://mill.example/report"


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        (f"{PAGE}?utm_source=x&utm_medium=y", PAGE),
        (f"{PAGE}?id=7&fbclid=IwAR0", f"{PAGE}?id=7"),
        (f"{PAGE}?UTM_Source=x&id=7&gclid=1&lang=en", f"{PAGE}?id=7&lang=en"),
        (f"{PAGE}?_ga=1.2&page=3#part", f"{PAGE}?page=3#part"),
        (f"{PAGE}?id=7&q=a+b%20c&empty=", f"{PAGE}?id=7&q=a+b%20c&empty="),
        (f"{PAGE}?source=utm_source", f"{PAGE}?source=utm_source"),
        (PAGE, PAGE),
        ("http://[broken?utm_source=x", "http://[broken?utm_source=x"),
    ],
)
def test_only_tracking_goes(url: str, clean: str) -> None:
    assert untracked(url) == clean
    assert plain(url) == plain(clean)


def test_other_scripts_are_asked_for_in_a_labels() -> None:
    assert (
        requestable("http://mühle.example/weiß?x=ö#teil") == "http://xn--mhle-0ra.example/wei%C3%9F?x=%C3%B6"
    )
    assert plain("http://mühle.example/a") == plain("http://xn--mhle-0ra.example/a")
