"""What a run keeps of its sources while it goes on is bounded."""

from types import SimpleNamespace

from monitor.model.source import Source
from monitor.run import learnt as learnt_module
from monitor.run.learnt import Learnt


def test_of_a_million_sources_at_risk_the_riskiest_are_kept(monkeypatch):
    monkeypatch.setattr(learnt_module, "CAPTURES", 10)
    learnt, most = Learnt(), 0
    for number in range(1000):
        citations = (None,) * (number * 37 % 1000)
        learnt.note_at_risk(
            SimpleNamespace(observations=(), citations=citations, source=Source(f"s{number}", ""))
        )
        most = max(most, len(learnt.at_risk))
    assert most < 20
    cited = [int(one.canonical_url[1:]) * 37 % 1000 for one in learnt.riskiest()]
    assert cited == list(range(999, 989, -1))
