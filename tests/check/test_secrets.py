"""Secrets go to the exact origin over verified TLS, and nowhere else; addresses give none away."""

from pathlib import Path

import pytest

from monitor.check.policy import CheckPolicy, HostRule
from monitor.check.secrets import Secrets
from monitor.errors import UsageError
from monitor.model.urls import masked
from monitor.model.values import replaced
from tests.support.watching import FAST, Watch, request

KEY = "Bearer s3cret"
RULE = HostRule(headers=(f"Authorization: {KEY}", "X-Api-Key: s3cret", "Accept-Language: de"))


def sent(watch: Watch, host: str) -> list[dict[str, str]]:
    return [ask.headers for ask in watch.zoo.asked[host]]


def guarded(host: str, **more: object) -> CheckPolicy:
    return replaced(FAST, sibling_probe=False, hosts={host: replaced(RULE, **more)})


async def test_they_go_to_their_origin_over_tls(watch: Watch) -> None:
    await watch.check([request("https://fine.zoo.test/page")], guarded("fine.zoo.test"))
    (headers,) = sent(watch, "fine.zoo.test")
    assert headers["authorization"] == KEY
    assert headers["x-api-key"] == "s3cret"
    assert headers["accept-language"] == "de"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("fine.zoo.test", "http://fine.zoo.test/page"),
        ("fine.zoo.test", "https://fine.zoo.test:8443/page"),
        ("zoo.test", "https://fine.zoo.test/page"),
        ("bare-to-www.zoo.test", "https://www.bare-to-www.zoo.test/page"),
    ],
)
async def test_not_over_plain_http_nor_to_other_hosts_or_ports(host: str, url: str, watch: Watch) -> None:
    resolve = (f"*:8443:127.0.0.1:{watch.zoo.ports['https']}",)
    policy = replaced(guarded(host), resolve=resolve)
    await watch.check([request(url)], policy)
    everything = [ask.raw.decode("latin-1") for asked in watch.zoo.asked.values() for ask in asked]
    assert everything
    assert not any("s3cret" in raw for raw in everything)


@pytest.mark.parametrize(
    "name", ["tls-expired", "tls-self-signed", "tls-stranger", "tls-wrong-host", "tls-old"]
)
async def test_never_behind_a_bad_certificate(name: str, watch: Watch) -> None:
    host = f"{name}.zoo.test"
    await watch.check([request(f"https://{host}/page")], guarded(host))
    assert not any("s3cret" in ask.raw.decode("latin-1") for ask in watch.zoo.asked[host])


async def test_not_after_a_redirect_away_or_down(watch: Watch) -> None:
    await watch.check([request("https://leaks.zoo.test/page")], guarded("leaks.zoo.test"))
    assert sent(watch, "leaks.zoo.test")[0]["authorization"] == KEY
    assert sent(watch, "fine.zoo.test")
    assert not any("s3cret" in str(headers) for headers in sent(watch, "fine.zoo.test"))


async def test_an_origin_named_outright_may_see_them(watch: Watch) -> None:
    policy = guarded("fine.zoo.test", origins=("http://fine.zoo.test",))
    await watch.check([request("http://fine.zoo.test/page"), request("https://fine.zoo.test/page/2")], policy)
    by_scheme = {ask.secure: ask.headers.get("authorization") for ask in watch.zoo.asked["fine.zoo.test"]}
    assert by_scheme == {False: KEY, True: None}


def test_netrc_logins_are_read_for_their_hosts(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine api.example login ann password weir\ndefault login any password any\n")
    file.chmod(0o600)
    secrets = Secrets({}, str(file))
    assert secrets.of("https://api.example/x") == {"Authorization": "Basic YW5uOndlaXI="}
    for url in ("http://api.example/x", "https://api.example:444/x", "https://other.example/", "nonsense"):
        assert secrets.of(url) == {}


@pytest.mark.parametrize("text", [None, "machinery api.example login ann password weir"])
def test_a_bad_netrc_file_is_named_without_its_content(text: str | None, tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    if text is not None:
        file.write_text(text)
    with pytest.raises(UsageError, match=r"check\.netrc") as caught:
        Secrets({}, str(file))
    assert "password" not in str(caught.value)


async def test_credentials_of_an_address_stay_at_home(watch: Watch) -> None:
    (report,) = await watch.check([request("https://ann:w3ir@fine.zoo.test/page")])
    assert "authorization" not in sent(watch, "fine.zoo.test")[0]
    assert "w3ir" not in repr(report.observation)
    assert report.observation.url == "https://***@fine.zoo.test/page"
    assert "url: its name and password were not sent" in report.observation.notes


async def test_credentials_of_an_address_are_sent_where_allowed(watch: Watch) -> None:
    policy = replaced(FAST, url_credentials=True, sibling_probe=False)
    asked = [
        request("https://ann:w%33ir@fine.zoo.test/page"),
        request("http://ann:w3ir@fine.zoo.test/page/2"),
        request("https://ann:w3ir@tls-expired.zoo.test/page"),
    ]
    reports = await watch.check(asked, policy)
    said = {ask.target: ask.headers.get("authorization") for ask in watch.zoo.asked["fine.zoo.test"]}
    assert said == {"/page": "Basic YW5uOnczaXI=", "/page/2": None}
    assert all("authorization" not in headers for headers in sent(watch, "tls-expired.zoo.test"))
    assert "w3ir" not in repr([report.observation for report in reports])


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://ann:w3ir@a.example/x@y", "https://***@a.example/x@y"),
        ("https://ann@corp:w3ir@a.example/", "https://***@a.example/"),
        ("//ann:w3ir@a.example/", "//***@a.example/"),
        ("ftp://ann:w3ir@a.example/", "ftp://***@a.example/"),
        ("https://a.example/~x@y?m=z@b.example", "https://a.example/~x@y?m=z@b.example"),
        ("https://a.example?m=z@b.example", "https://a.example?m=z@b.example"),
        ("mailto:ann@a.example", "mailto:ann@a.example"),
    ],
)
def test_masking(url: str, shown: str) -> None:
    assert masked(url) == shown
