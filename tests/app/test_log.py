"""What a run says of itself while it works."""

import json
from collections import Counter

LIST = (
    "- [Cool URIs](https://www.w3.org/Provider/Style/URI). Accessed 4 March 2026.\n"
    "- [Secret](https://ada:s3cret@www.w3.org/Provider/Style/\u202eURI). Accessed 4 March 2026.\n"
)


def test_json_names_run_source_and_host_of_every_event(monitor, servers, tmp_path):
    (tmp_path / "list.md").write_text(LIST)
    ended = monitor("check", "list.md", "-vv", "--log-format", "json", **servers)
    lines = [json.loads(line) for line in ended.err.splitlines() if line.startswith("{")]
    events = Counter(line["event"] for line in lines)
    assert events["run begun"] == events["run ended"] == 1
    assert events["probed"] == 2
    assert events["asked"] >= 2
    assert len({line["run"] for line in lines}) == 1
    assert all(line["host"] == "w3.org" and line["source"] for line in lines if line["event"] == "probed")
    host = next(line for line in lines if line["event"] == "host")
    assert (host["host"], host["probes"]) == ("w3.org", 2)
    assert host["requests"] >= 2
    assert "s3cret" not in ended.err


def test_text_is_for_people_and_raw_control_characters_never_reach_them(monitor, servers, tmp_path):
    (tmp_path / "list.md").write_text(LIST)
    ended = monitor("check", "list.md", "-v", **servers)
    probed = [line for line in ended.err.splitlines() if " probed " in line]
    assert len(probed) == 2
    assert all("host=w3.org" in line and "outcome=" in line and "run=" in line for line in probed)
    assert " asked " not in ended.err
    assert "\u202e" not in ended.err
    assert "s3cret" not in ended.err


def test_nothing_of_it_is_said_unless_asked_for(monitor, servers, tmp_path):
    (tmp_path / "list.md").write_text(LIST)
    assert "probed" not in monitor("check", "list.md", **servers).err
    ended = monitor("check", "list.md", "--log-format", "xml", **servers)
    assert ended.code == 2
    assert "log.format" in ended.err
