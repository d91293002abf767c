"""Values that no run could use are refused with their key, and never repeated where they may be secret."""

from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.errors import ConfigError, UsageError
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.policy import FetchPolicy


def load(tmp_path: Path, text: str, **environment: str):
    file = tmp_path / "config.toml"
    file.write_text(text)
    return load_config(file, environment=environment)


@pytest.mark.parametrize(
    "proxy",
    [
        "proxy.example:3128",
        "socks5://ann:s3cret@proxy.example:1080",
        "ftp://proxy.example/",
        "http://",
        "http://proxy.example:99999/",
        "http://pro xy.example/",
        "//proxy.example",
        "",
    ],
)
def test_a_proxy_that_cannot_be_used_is_refused(proxy, tmp_path):
    with pytest.raises(ConfigError, match=r"check\.proxy: .*http://host:port") as caught:
        load(tmp_path, f'[check]\nproxy = "{proxy}"\n')
    assert "s3cret" not in str(caught.value)


def test_a_proxy_that_can_be_used_is_kept_out_of_sight(tmp_path):
    config = load(
        tmp_path, '[check]\nproxy = "http://ann:${PROXY_WORD}@proxy.example:3128"\n', PROXY_WORD="s3cret"
    )
    assert config.check.proxy == "http://ann:s3cret@proxy.example:3128"
    assert "s3cret" not in repr(config)


def test_a_proxy_of_the_environment_is_looked_at_too(monkeypatch):
    monkeypatch.setenv("https_proxy", "socks5://ann:s3cret@proxy.example:1080")
    with pytest.raises(ConfigError, match="https proxy: socks5:// is not spoken") as caught:
        AiohttpFetcher(FetchPolicy(trust_env=True))
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
@pytest.mark.parametrize("key", ["timeout_s", "host_gap_s", "retry_wait_s"])
def test_numbers_that_count_nothing_are_refused(number, key, tmp_path):
    with pytest.raises(ConfigError, match=rf"check\.{key}: "):
        load(tmp_path, f"[check]\n{key} = {number}\n")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[check]\nuser_agent = "x\\r\\nX-Evil: 1"\n', "check.user_agent"),
        ('[check]\ncontact = "me\\nX-Evil: 1"\n', "check.contact"),
        ('[check]\nproxy = "http://proxy.example\\r\\n/"\n', "check.proxy"),
        ('[check]\nresolve = ["a.example:80:127.0.0.1\\n"]\n', "check.resolve"),
        (
            '[check.hosts."a.example"]\nheaders = ["X-Key: 1\\r\\nX-Evil: 1"]\n',
            'check.hosts."a.example".headers',
        ),
    ],
)
def test_line_breaks_are_refused(text, key, tmp_path):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert f"{key}: " in str(caught.value)


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ('headers = ["s3cret"]', 'headers: a header is written "Name: value"'),
        ('headers = ["Bad Name: s3cret"]', 'headers: a header is written "Name: value"'),
        ('headers = ["X-Key: ${NO_SUCH_WORD}"]', "headers: the environment variable NO_SUCH_WORD is not set"),
        ('headers = ["X-Key: 1"]\norigins = ["a.example"]', "origins: 'a.example' is not an origin"),
        ('headers = ["X-Key: 1"]\norigins = ["https://a.example/path"]', "is not an origin"),
    ],
)
def test_headers_and_origins_are_looked_at(rule, fault, tmp_path):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f'[check.hosts."a.example"]\n{rule}\n')
    assert fault in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_pattern_needs_origins_for_its_headers(tmp_path):
    with pytest.raises(ConfigError, match="name the origins"):
        load(tmp_path, '[check.hosts."*.example"]\nheaders = ["X-Key: 1"]\n')
    told = '[check.hosts."*.example"]\nheaders = ["X-Key: 1"]\norigins = ["https://api.example"]\n'
    assert load(tmp_path, told).check.hosts["*.example"].origins == ("https://api.example",)


def test_header_values_come_from_the_environment(tmp_path):
    config = load(
        tmp_path,
        '[check.hosts."a.example"]\nheaders = ["Authorization: Bearer ${API_WORD}"]\n',
        API_WORD="s3cret",
    )
    assert config.check.hosts["a.example"].headers == ("Authorization: Bearer s3cret",)
    assert "s3cret" not in repr(config)


def test_a_line_break_out_of_the_environment_is_refused(tmp_path):
    text = '[check.hosts."a.example"]\nheaders = ["X-Key: ${API_WORD}"]\n'
    with pytest.raises(ConfigError, match="control characters") as caught:
        load(tmp_path, text, API_WORD="s3cret\r\nX-Evil: 1")
    assert "s3cret" not in str(caught.value)


def test_a_netrc_file_that_is_missing_is_a_usage_error(tmp_path):
    from monitor.check.secrets import Secrets

    with pytest.raises(UsageError, match=r"check\.netrc"):
        Secrets({}, str(tmp_path / "none"))


@pytest.mark.parametrize("accept", ["ok", "99", "600", "299..=200", "200..200", "200-299", "200..=600", ""])
def test_what_names_no_status_is_refused_with_what_to_write(tmp_path, accept):
    with pytest.raises(ConfigError, match=r"accept: .*write 403, or a range as 200\.\.=299"):
        load(tmp_path, f'[check.hosts."a.example"]\naccept = ["404", "{accept}"]\n')


@pytest.mark.parametrize("until", ["31.12.2027", "2027-13-01", "2027-02-30", "20271231", "2027", "soon", ""])
def test_a_last_day_that_is_none_is_refused_for_its_rule_would_never_end(tmp_path, until):
    with pytest.raises(ConfigError, match=r'hosts\."a\.example"\.until|hosts\.a\.example\.until') as caught:
        load(tmp_path, f'[check.hosts."a.example"]\nuntil = "{until}"\n')
    assert "is no day; write it as 2027-12-31" in str(caught.value)
