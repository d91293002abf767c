"""Which of several addresses are an entry's sources, and whose the dates are."""

import pytest

from monitor.extract.layouts.sources import cited_sources

A, B, C = "https://a.example/1", "https://b.example/2", "https://c.example/3"

ROWS = [
    (f"Tides, {A} (accessed 3 May 2019)", [(A, ["2019-05-03"])]),
    (
        f"Article accessed 1 March 2006. {A}, Book, {B} (accessed 2 October 2006)",
        [(A, ["2006-03-01"]), (B, ["2006-10-02"])],
    ),
    (
        f"Tides, {A} (accessed 3 May 2019), Moons, {B} (accessed 4 May 2019)",
        [(A, ["2019-05-03"]), (B, ["2019-05-04"])],
    ),
    (f"Tides. Available at {A} and {B}, accessed 3 May 2019", [(A, ["2019-05-03"]), (B, ["2019-05-03"])]),
    (f"Tides, {A}, as told by the wardens of {B}, accessed 3 May 2019", [(A, ["2019-05-03"])]),
    (f"Weirs of {A}: a study. Retrieved 3 May 2019, from {B}", [(B, ["2019-05-03"])]),
    (
        '"Tides," www.quay.example. https://www.quay.example/tides (accessed 3 May 2019)',
        [("https://www.quay.example/tides", ["2019-05-03"])],
    ),
]


@pytest.mark.parametrize(("text", "cited"), ROWS, ids=[text[:40] for text, _ in ROWS])
def test_sources_and_their_dates(entries_of, text, cited):
    found = [one for entry in entries_of(text) for one in cited_sources(entry)]
    assert [(one.address.url, [date.date for date in one.dates]) for one in found] == cited
