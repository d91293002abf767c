"""What is known of single hosts and kinds of addresses."""

import datetime as dt
from fnmatch import fnmatchcase

import pytest

from monitor.check.kinds import KINDS, Treatments, kinds_of, probe_url
from monitor.check.policy import CheckPolicy, HostRule

TODAY = dt.date(2026, 3, 1)


def treatments(**policy: object) -> Treatments:
    return Treatments(CheckPolicy(**policy), TODAY)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://doi.org/10.1000/182", "doi"),
        ("http://dx.doi.org/10.1000/182", "doi"),
        ("https://doi.org/", "ordinary"),
        ("https://www.youtube.com/watch?v=abcdefghijk", "youtube"),
        ("https://www.youtube.com/watch?list=x&v=abcdefghijk", "youtube"),
        ("https://youtu.be/abcdefghijk", "youtube"),
        ("https://www.youtube.com/@someone", "ordinary"),
        ("https://github.com/a/b/blob/main/README.md#L10", "github-file"),
        ("https://github.com/a/b", "github"),
        ("https://arxiv.org/abs/1234.5678", "arxiv"),
        ("http://web.archive.org/web/2011/http://a.example/", "archive"),
        ("https://books.google.de/books?id=x", "google-books"),
        ("https://bit.ly/x", "shortener"),
        ("https://www.linkedin.com/in/x", "social"),
        ("http://a.example/doi.org/", "ordinary"),
        ("http://notdoi.org/10.1000/1", "ordinary"),
        ("http://[::1", "ordinary"),
    ],
)
def test_kinds(url: str, kind: str) -> None:
    assert treatments().of(url).kind.name == kind


@pytest.mark.parametrize(
    ("url", "probe"),
    [
        (
            "https://www.youtube.com/watch?list=x&v=abcdefghijk",
            "https://img.youtube.com/vi/abcdefghijk/0.jpg",
        ),
        ("https://youtu.be/abcdefghijk", "https://img.youtube.com/vi/abcdefghijk/0.jpg"),
        ("https://github.com/a/b/blob/main/doc/x.md", "https://raw.githubusercontent.com/a/b/main/doc/x.md"),
        ("https://arxiv.org/abs/1234.5678", None),
    ],
)
def test_probes_in_place_of_the_cited_address(url: str, probe: str | None) -> None:
    assert probe_url(treatments().of(url).kind, url) == probe


def test_every_kind_has_a_reason_and_a_name_of_its_own() -> None:
    assert all(len(kind.reason) > 20 for kind in KINDS)
    assert len({kind.name for kind in KINDS}) == len(KINDS)


RULES = {
    "a.example": HostRule(gap_s=9.0, reason="asked for it"),
    "shop.a.example": HostRule(gap_s=3.0),
    "*.gov.example": HostRule(gap_s=5.0),
    "old.example": HostRule(gap_s=7.0, until="2026-02-28"),
    "new.example": HostRule(gap_s=7.0, until="2026-03-01"),
}


@pytest.mark.parametrize(
    ("host", "gap_s"),
    [
        ("a.example", 9.0), ("www.a.example", 9.0), ("shop.a.example", 3.0), ("x.shop.a.example", 3.0),
        ("tax.gov.example", 5.0), ("gov.example", None), ("ba.example", None), ("old.example", None),
        ("new.example", 7.0),
    ],
)  # fmt: skip
def test_the_closest_rule_holds_until_it_ends(host: str, gap_s: float | None) -> None:
    rule = treatments(hosts=RULES).rule(host)
    assert (rule.gap_s if rule is not None else None) == gap_s


@pytest.mark.parametrize(
    ("url", "excluded"),
    [
        ("http://shunned.example/x", True), ("http://sub.shunned.example/", True), ("http://unshunned.example/", False),
        ("http://a.example/private/x", True), ("http://a.example/public", False), ("http://skipped.example/", True),
        ("https://web.archive.org/save/http://a.example/x", True), ("https://archive.ph/submit/?url=http://a.example", True),
        ("https://archive.today/?run=1&url=http://a.example/x", True), ("https://web.archive.org/web/2011/http://a.example/", False),
        ("http://a.example/save/https://archive.org/", False), ("https://archive.ph/AbCd1", False),
    ],
)  # fmt: skip
def test_exclusions(url: str, excluded: bool) -> None:
    found = treatments(
        exclude=("shunned.example", "http://a.example/private/*"),
        hosts={"skipped.example": HostRule(skip=True, reason="its owner asked us")},
    ).excluded(url)
    assert (found is not None) is excluded


def test_accept_lists_add_and_take_away() -> None:
    treatment = treatments(hosts={"a.example": HostRule(accept=("403", "+418", "-202"))}).of(
        "http://a.example/"
    )
    assert [treatment.accepts(code) for code in (403, 418, 202, 200)] == [True, True, False, None]


def test_accept_lists_take_ranges_and_the_first_entry_that_names_a_status_decides() -> None:
    rule = HostRule(accept=("-503", "500..=599", "401..404"))
    treatment = treatments(hosts={"a.example": rule}).of("http://a.example/")
    assert [treatment.accepts(code) for code in (503, 500, 599, 401, 403, 404)] == [
        False, True, True, True, True, None,
    ]  # fmt: skip


def test_a_host_is_of_the_kinds_whose_names_match_it_one_by_one() -> None:
    names = {name for kind in KINDS for name in kind.hosts}
    hosts = {"", "::1", "source.test"}.union(
        *({n.replace("*", one), f"a.{n}", f"{n}.test"} for n in names for one in ("x", "", "co.uk"))
    )
    for host in hosts:
        assert kinds_of(host) == tuple(
            kind for kind in KINDS if any(fnmatchcase(host, name) for name in kind.hosts)
        )
