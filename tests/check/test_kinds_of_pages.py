"""Pages that are not what their status says: soft 404s, parked domains, walls; and living pages that look so."""

import asyncio

import pytest

from monitor.check.interface import CheckReport
from tests.support.certificates import certificates
from tests.support.watching import Time, Watch, request
from tests.support.zoo import Zoo
from tests.support.zoo_walls import ERRORS, PARKED, WALLS

LIVING_ERRORS = {"article", "mention"}
WALL_CAUSE = {
    "plain-403": "forbidden", "login-form": "login", "paywall": "paywall", "consent": "consent",
}  # fmt: skip
LIVING_WALLS = {"living-behind-cdn", "recaptcha-form"}
CERTAIN = {
    "cloudflare-403": "Cloudflare", "cloudflare-503": "Cloudflare", "cloudflare-429": "Cloudflare",
    "cloudflare-200": "Cloudflare", "cloudflare-1020": "Cloudflare", "aws-202": "AWS WAF", "aws-405": "AWS WAF",
    "vercel": "Vercel", "datadome": "DataDome", "akamai": "Akamai", "imperva": "Imperva", "imperva-text": "Imperva",
    "kasada": "Kasada", "sucuri": "Sucuri", "ddos-guard": "DDoS-Guard", "anubis": "Anubis", "f5": "F5",
    "cloudfront": "AWS", "linkedin": "LinkedIn", "perimeterx": "PerimeterX",
}  # fmt: skip


def url(name: str, path: str) -> str:
    return f"http://{name}.zoo.test/{path}"


URLS = [
    *(url("error-pages", name) for name in ERRORS),
    *(url("parked", name) for name in [*PARKED, "any/deep/page"]),
    *(url("walls", name) for name in WALLS),
    url("same-for-all", "article/1"), url("same-but-canonical", "article/1"), url("redirects-all", "article/1"),
    url("redirects-all", "about"), url("echo", "article/some-slug.html"), url("redirects-all-to-proud", "article/1"),
    url("fuzzy", "article/1"), url("shell", "article/1"), url("not-parked", "page"),
    url("stubs", "meta-home"), url("stubs", "script-home"), url("same-for-all", ""),
]  # fmt: skip
QUOTED = url("same-for-all", "quoted/page")


@pytest.fixture(scope="module")
def reports() -> dict[str, CheckReport]:
    async def probe() -> dict[str, CheckReport]:
        async with Zoo(certificates()) as zoo:
            asked = [request(one) for one in URLS]
            asked.append(request(QUOTED, quote="The winter ferry leaves at noon from the upper quay"))
            return {r.observation.url: r for r in await Watch(zoo, Time()).check(asked)}

    return asyncio.run(probe())


def shown(report: CheckReport) -> str:
    seen = report.observation
    return f"{seen.outcome} {seen.cause} {seen.notes} {seen.evidence} {[(a.url, a.status) for a in seen.attempts]}"


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_error_pages_with_status_200(name: str, reports: dict[str, CheckReport]) -> None:
    report = reports[url("error-pages", name)]
    expected = "alive" if name in LIVING_ERRORS else "soft-404"
    assert report.observation.outcome == expected, shown(report)
    if expected == "soft-404":
        assert report.observation.cause == "error-page"


@pytest.mark.parametrize("name", [*sorted(PARKED), "any/deep/page"])
def test_parked_domains(name: str, reports: dict[str, CheckReport]) -> None:
    report = reports[url("parked", name)]
    assert report.observation.outcome == "parked", shown(report)
    assert report.observation.evidence


@pytest.mark.parametrize("name", sorted(WALLS))
def test_walls(name: str, reports: dict[str, CheckReport]) -> None:
    report = reports[url("walls", name)]
    seen = report.observation
    if name in LIVING_WALLS:
        assert seen.outcome == "alive", shown(report)
        return
    assert seen.outcome == "blocked", shown(report)
    if name in WALL_CAUSE:
        assert seen.cause == WALL_CAUSE[name], shown(report)
    if name in CERTAIN:
        assert seen.cause in ("challenge", "bot-wall"), shown(report)
        assert any(CERTAIN[name] in note for note in seen.notes), shown(report)
    assert report.facts["k"].quote.match == "none"


@pytest.mark.parametrize(
    ("where", "outcome", "cause"),
    [
        (url("same-for-all", "article/1"), "soft-404", "same-as-sibling"),
        (url("same-for-all", ""), "alive", None),
        (url("same-but-canonical", "article/1"), "alive", None),
        (url("redirects-all", "article/1"), "soft-404", "same-as-sibling"),
        (url("redirects-all-to-proud", "article/1"), "soft-404", "same-as-sibling"),
        (url("echo", "article/some-slug.html"), "soft-404", "same-as-sibling"),
        (url("redirects-all", "about"), "alive", None),
        (url("fuzzy", "article/1"), "alive", None),
        (url("shell", "article/1"), "alive", None),
        (url("not-parked", "page"), "alive", None),
        (url("stubs", "meta-home"), "soft-404", "redirect-home"),
        (url("stubs", "script-home"), "soft-404", "redirect-home"),
    ],
)
def test_what_only_comparison_shows(
    where: str, outcome: str, cause: str | None, reports: dict[str, CheckReport]
) -> None:
    report = reports[where]
    assert (report.observation.outcome, report.observation.cause) == (outcome, cause), shown(report)
