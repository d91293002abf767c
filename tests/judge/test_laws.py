"""What no combination of facts may break."""

import datetime as dt
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.judge.access_date import ACCESS_DATE_RULES
from monitor.judge.judge import judge
from monitor.judge.link_state import link_history
from monitor.judge.policy import JudgePolicy
from monitor.judge.view import View
from monitor.model.citation import first_day, last_day
from monitor.model.finding import AccessDateStatus, AmendmentKind, Severity
from monitor.model.history import LinkState
from monitor.model.observation import Confidence, Outcome
from monitor.model.page import Drift, QuoteMatch
from monitor.model.snapshot import ArchivedRot, ArchiveLinkFault, Coverage
from tests.support.cases import NOW, at, case, citation, coverage, facts, seen, snapshot

POLICY = JudgePolicy()
DATES = st.one_of(
    st.none(),
    st.just(""),
    st.dates(dt.date(1985, 1, 1), dt.date(2027, 1, 1)).flatmap(
        lambda d: st.sampled_from([d.isoformat(), d.isoformat()[:7], d.isoformat()[:4]])
    ),
)
PUBLISHED = st.one_of(
    st.none(), st.dates(dt.date(1999, 1, 1), dt.date(2027, 1, 1)).map(dt.date.isoformat), st.text(max_size=12)
)


@st.composite
def histories(draw):
    """Build up to eight observations in order of time, as a store would have kept them."""
    moments = sorted(draw(st.lists(st.floats(-400, 0), min_size=0, max_size=8)))
    rows = []
    for moment in moments:
        outcome = draw(st.sampled_from(list(Outcome)))
        rows.append(
            seen(
                outcome,
                moment,
                last=draw(st.sampled_from([moment, moment / 2])) if moment == moments[-1] else None,
                http_status=draw(st.sampled_from([None, 200, 404, 410, 503])),
                cause=draw(st.sampled_from([None, "dns-not-found", "timeout"])),
                published=draw(PUBLISHED),
                confidence=draw(st.sampled_from(list(Confidence))),
                permanent_target=draw(st.sampled_from([None, "https://new.example/r"]))
                if outcome is Outcome.MOVED
                else None,
                void=draw(st.booleans()) and draw(st.booleans()),
            )
        )
    return rows


@st.composite
def cases(draw):
    """Build any case at all, contradictory ones included."""
    kind = draw(st.sampled_from(list(Coverage)))
    instants = st.one_of(st.none(), st.floats(-3000, 0).map(at))
    return case(
        *draw(histories()),
        cite=citation(
            draw(DATES),
            url=draw(
                st.sampled_from([None, "https://example.org/", "https://example.org/report", "http://[bad/"])
            ),
            quote=draw(st.sampled_from([None, "the mills stood idle"])),
            archive_url=draw(st.sampled_from([None, "https://archive.example/1"])),
            published=draw(PUBLISHED),
            marked_dead=draw(st.booleans()),
        ),
        facts=draw(
            st.none() | st.builds(facts, st.sampled_from(list(QuoteMatch)), st.sampled_from(list(Drift)))
        ),
        coverage=draw(
            st.none()
            | st.builds(
                lambda shot, pinned, gone: coverage(
                    kind,
                    shown=False,
                    snapshot=shot,
                    pinned=pinned,
                    link_fault=ArchiveLinkFault.VANISHED if gone else None,
                ),
                st.sampled_from([None, snapshot(), snapshot(verified=False)]),
                st.booleans(),
                st.booleans(),
            )
        ),
        rot=draw(
            st.none()
            | st.builds(
                lambda good, bad, n: ArchivedRot(last_good=good, first_bad=bad, failures=n),
                instants,
                instants,
                st.integers(0, 5),
            )
        ),
        confirmed_at=draw(instants),
    )


@settings(max_examples=150, deadline=None)
@given(cases(), st.booleans(), st.sampled_from([None, "no network."]))
def test_the_table_is_total_exclusive_and_speaks_in_sentences(judged, one_off, void):
    history, finding = judge(judged, POLICY, NOW, one_off=one_off, void=void)
    view = View(case=judged, history=history, policy=POLICY, now=NOW, one_off=one_off, void=void)
    first = next(rule for rule in ACCESS_DATE_RULES if rule.applies(view))
    assert finding.rule == f"access-date/{first.name}"
    assert finding.status is first.status
    for text in (finding.reason, finding.remedy):
        assert re.fullmatch(r"[A-Z“].*[.)]", text, re.DOTALL), text
        assert "None" not in text


@settings(max_examples=150, deadline=None)
@given(cases(), st.booleans())
def test_no_path_refreshes_a_date_without_proof_or_backwards(judged, one_off):
    history, finding = judge(judged, POLICY, NOW, one_off=one_off)
    if finding.edit is not AmendmentKind.REFRESH_DATE:
        return
    newest = [o for o in judged.observations if not o.void][-1].observation
    assert newest.outcome.readable
    assert history.state is LinkState.ALIVE
    assert judged.facts is not None
    same = (
        judged.facts.quote.match in (QuoteMatch.NONE, QuoteMatch.UNKNOWN) and judged.facts.drift is Drift.SAME
    )
    assert judged.facts.quote.match is QuoteMatch.FOUND or (same and not judged.citation.quote)
    assert last_day(judged.citation.access_date.date) < NOW.date()
    proof = dt.datetime.strptime(
        re.search(r"to (\d+ \w+ \d+):", finding.remedy)[1] + " +0000", "%d %B %Y %z"
    ).date()
    assert last_day(judged.citation.access_date.date) <= proof <= NOW.date()


@settings(max_examples=100, deadline=None)
@given(cases())
def test_blocked_is_never_stale_and_never_due_before_its_limit(judged):
    history, finding = judge(judged, POLICY, NOW)
    if history.state is not LinkState.BLOCKED:
        return
    assert finding.status not in (
        AccessDateStatus.STALE_DEAD,
        AccessDateStatus.STALE_DRIFTED,
        AccessDateStatus.UNSUPPORTED,
    )
    view = View(case=judged, history=history, policy=POLICY, now=NOW)
    if finding.status is AccessDateStatus.DUE:
        assert (
            (NOW.date() - last_day(judged.citation.access_date.date)).days
            > view.limit_days
            >= POLICY.limit_volatile_days
        )


@settings(max_examples=100, deadline=None)
@given(cases())
def test_errors_rest_on_evidence_never_on_age(judged):
    history, finding = judge(judged, POLICY, NOW)
    if finding.severity is not Severity.ERROR:
        return
    claim = judged.citation.access_date
    bad_date = claim is not None and (
        claim.date is None or first_day(claim.date) > NOW.date() or last_day(claim.date).year < 1992
    )
    contradicted = history.state is LinkState.ALIVE and judged.facts is not None
    assert bad_date or history.state is LinkState.DEAD or contradicted


@settings(max_examples=150, deadline=None)
@given(histories())
def test_dead_needs_days_and_one_good_observation_resets(rows):
    history = link_history(rows, None, POLICY, NOW)
    told = [
        r
        for r in rows
        if not r.void and r.observation.outcome not in (Outcome.UNCHECKED, Outcome.RATE_LIMITED)
    ]
    if told and told[-1].observation.outcome.readable:
        assert history.state is LinkState.ALIVE
        assert history.strikes == 0
    if history.state is LinkState.DEAD:
        since_good = []
        for row in told:
            since_good = [] if row.observation.outcome.readable else [*since_good, row]
        failing = [r for r in since_good if r.observation.outcome.failing]
        days = {d for r in failing for d in (r.observation.observed_at.date(), r.last_seen_at.date())}
        assert len(days) >= 2
        assert (max(days) - min(days)).days >= POLICY.strike_span_days
        if not any(
            r.observation.http_status == 410 or r.observation.cause == "dns-not-found" for r in failing
        ):
            assert len(days) >= POLICY.strikes
    if not told:
        assert history.state is LinkState.UNKNOWN
