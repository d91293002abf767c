"""What is known of hosts is let go of after their visit, at a cost that does not grow with their number."""

import pytest

from monitor.check.hosts import HostQueues
from tests.check.test_hosts import night


def test_hosts_that_were_visited_are_forgotten_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    forget = HostQueues._forget

    def counted(many: HostQueues) -> None:
        looks.append(len(many._hosts))
        forget(many)

    monkeypatch.setattr(HostQueues, "_forget", counted)
    jobs = [(f"h{number}", number) for number in range(4_000)]
    visits, _ = night(jobs, concurrency=20, gap_s=1.0, backlog=100)
    assert len(visits) == 4_000
    assert max(looks) <= 800  # 100 wait, 20 are asked, 200 rest for their second
    assert sum(looks) <= 8 * 4_000, "each visit looks through all hosts"
