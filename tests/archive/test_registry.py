from monitor.archive.policy import ArchivePolicy, MementoPolicy, WaybackPolicy
from monitor.archive.registry import build_archive
from monitor.fetch.policy import FetchPolicy
from tests.support.archive_server import InProcess
from tests.support.archive_standin import StandIn
from tests.support.archive_trial import Notebook, Time


def test_every_archive_is_reached_with_its_own_authorities():
    asked, time = [], Time()
    build_archive(
        ArchivePolicy(
            providers=("wayback", "house", "nation"),
            wayback=WaybackPolicy(ca_file="wayback.pem"),
            memento={
                "house": MementoPolicy(replay_url="https://archive.example", ca_file="house.pem"),
                "nation": MementoPolicy(replay_url="https://archive.example.org"),
            },
        ),
        lambda ca_file: asked.append(ca_file) or InProcess(StandIn(), time.advance),
        Notebook(),
        clock=time.clock,
        sleep=time.sleep,
        monotonic=time.monotonic,
    )
    assert asked == ["wayback.pem", "house.pem", None]


def test_archives_have_a_proxy_of_their_own() -> None:
    pages = FetchPolicy(proxy="http://pages.example:3128", trust_env=True, connections=7)
    own = ArchivePolicy(proxy="http://archives.example:3128").routed(pages)
    assert (own.proxy, own.trust_env, own.connections) == ("http://archives.example:3128", False, 7)
    direct = ArchivePolicy(proxy="direct").routed(pages)
    assert (direct.proxy, direct.trust_env) == (None, False)
    assert ArchivePolicy().routed(pages) is pages
