from datetime import date
from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.errors import ConfigError

ROOT = Path(__file__).parents[2]


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(text)
    return file


def test_the_shipped_configuration_is_loaded_and_points_at_the_seeds():
    config = load_config(ROOT / "config.toml", environment={})
    assert [rule.path for rule in config.documents] == ["seeds"]
    assert config.path("seeds").is_dir()


def test_the_shipped_configuration_shows_the_defaults():
    shown = load_config(ROOT / "config.toml", environment={})
    default = load_config(None, environment={}, search=False)
    for name in ("check", "archive", "judge", "report", "schedule", "serve", "notices", "database"):
        assert getattr(shown, name) == getattr(default, name), name


def test_environment_wins_over_file_and_command_line_over_both(tmp_path):
    file = written(tmp_path, "[check]\ntimeout_s = 5\nretries = 1\n")
    config = load_config(file, environment={"MONITOR_CHECK__TIMEOUT_S": "7", "MONITOR_CHECK__RETRIES": "3"})
    assert (config.check.timeout_s, config.check.retries) == (7.0, 3)
    config = load_config(
        file, environment={"MONITOR_CHECK__RETRIES": "3"}, overrides={"check.retries": 0, "database": "x.db"}
    )
    assert (config.check.timeout_s, config.check.retries, config.database) == (5.0, 0, "x.db")


def test_environment_values_are_typed():
    config = load_config(
        None,
        environment={
            "MONITOR_CHECK__SENTINELS": "[]",
            "MONITOR_CHECK__ALLOW_PRIVATE_ADDRESSES": "yes",
            "MONITOR_CHECK__RESOLVE": "a.example:80:127.0.0.1, b.example:80:127.0.0.1:81",
            "MONITOR_ARCHIVE__WAYBACK__ACCESS_KEY": "k",
            "MONITOR_DATABASE": "elsewhere.sqlite3",
            "MONITOR_SCREEN": "not ours",
        },
        search=False,
    )
    assert config.check.sentinels == ()
    assert config.check.allow_private_addresses is True
    assert config.check.resolve == ("a.example:80:127.0.0.1", "b.example:80:127.0.0.1:81")
    assert config.archive.wayback.access_key == "k"
    assert config.database == "elsewhere.sqlite3"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MONITOR_CHECK__RETRIES", "many"),
        ("MONITOR_CHECK__TRUST_ENV", "perhaps"),
        ("MONITOR_NOSUCH__KEY", "1"),
    ],
)
def test_a_bad_environment_value_names_the_variable(name, value):
    with pytest.raises(ConfigError, match=name):
        load_config(None, environment={name: value}, search=False)


def test_hosts_and_waivers_are_tables_of_their_own(tmp_path):
    file = written(
        tmp_path,
        '[check.hosts."slow.example.org"]\ngap_s = 10\nreason = "asked for it"\n'
        '[[waivers]]\nrule = "access-date/*"\nsource = "https://a/*"\nwho = "Ada"\nwhy = "seen"\nuntil = 2027-01-02\n',
    )
    config = load_config(file, environment={})
    assert config.check.hosts["slow.example.org"].gap_s == 10.0
    assert config.waivers[0].until == date(2027, 1, 2)


def test_a_waiver_without_reason_or_end_is_refused(tmp_path):
    file = written(tmp_path, '[[waivers]]\nrule = "x"\nsource = "y"\nwho = "Ada"\n')
    with pytest.raises(ConfigError) as caught:
        load_config(file, environment={})
    assert [fault.split(": ", 1)[1] for fault in caught.value.faults] == [
        "waivers[0].why: required",
        "waivers[0].until: required",
    ]


def test_a_waiver_of_a_rule_that_there_is_none_of_is_refused(tmp_path):
    waiver = '[[waivers]]\nrule = "{}"\nsource = "*"\nwho = "Ada"\nwhy = "seen"\nuntil = 2027-01-02\n'
    named = ("access-date/stale-dead", "stale-*", "acess-date/*", "moved")
    file = written(tmp_path, "".join(map(waiver.format, named)))
    with pytest.raises(ConfigError) as caught:
        load_config(file, environment={})
    assert [fault.split(": ", 1)[1] for fault in caught.value.faults] == [
        "waivers[2].rule: 'acess-date/*' names no rule; `monitor explain` lists them",
        "waivers[3].rule: 'moved' names no rule; `monitor explain` lists them",
    ]


def test_a_document_rule_names_exactly_one_place(tmp_path):
    file = written(tmp_path, '[[documents]]\npath = "a"\nglob = "b"\n[[documents]]\nformat = "text"\n')
    with pytest.raises(ConfigError) as caught:
        load_config(file, environment={})
    assert len(caught.value.faults) == 2


def test_relative_paths_start_from_the_folder_of_the_file(tmp_path):
    config = load_config(written(tmp_path, 'database = "d.sqlite3"\n'), environment={})
    assert config.database_url == f"sqlite:///{tmp_path / 'd.sqlite3'}"
    config = load_config(written(tmp_path, 'database = "postgresql://h/d"\n'), environment={})
    assert config.database_url == "postgresql://h/d"


def test_what_nights_begin_by_select_and_write_is_told_with_all_other_faults(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text(
        '[report]\nformats = ["html", "pdf"]\n[selection]\ninclude = ["a("]\nexclude = ["b", "c["]\n'
        '[schedule]\ncron = "every night"\ntimezone = "Mars/Olympus"\n[check]\ntimeout_s = -1\n'
    )
    with pytest.raises(ConfigError) as failed:
        load_config(file, environment={})
    faults = str(failed.value).splitlines()
    said = [fault.removeprefix(f"{file}: ").partition(": ") for fault in faults]
    assert [(key, text.split("'")[1]) for key, _, text in said[:-1]] == [
        ("report.formats", "pdf"), ("selection.include", "a("), ("selection.exclude", "c["),
        ("schedule.cron", "every night"), ("schedule.timezone", "Mars/Olympus"),
    ]  # fmt: skip
    assert said[-1][0] == "check.timeout_s"
