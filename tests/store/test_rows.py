"""Values to JSON and back; what may never be stored."""

import datetime as dt
import hashlib
import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, create_engine, insert, select

from monitor.errors import StoreError
from monitor.model.citation import Citation
from monitor.model.document import Span
from monitor.model.observation import Attempt, Evidence, Hop, Observation, Outcome, Phase
from monitor.model.page import PageText
from monitor.model.run import Run
from monitor.model.snapshot import Coverage, CoverageResult
from monitor.store.rows import digest, from_json, observation_identity, question_of, to_json
from monitor.store.types import PlainText, UtcDateTime

NOW = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
URL = "https://example.org/"
OBSERVATIONS = st.builds(
    Observation,
    source=st.text(),
    url=st.text(),
    observed_at=st.timedeltas(dt.timedelta(-9999), dt.timedelta(9999)).map(lambda gap: NOW + gap),
    outcome=st.sampled_from(list(Outcome)),
    phase=st.sampled_from([None, *Phase]),
    hops=st.lists(st.builds(Hop, st.text(), st.integers(300, 399), st.text())).map(tuple),
    notes=st.lists(st.text()).map(tuple),
    evidence=st.lists(st.builds(Evidence, st.text(), st.text())).map(tuple),
    attempts=st.lists(
        st.builds(
            Attempt, url=st.text(), phase=st.sampled_from([None, *Phase]), duration_s=st.floats(0, 60),
            headers=st.lists(st.tuples(st.text(), st.text())).map(tuple),
        )
    ).map(tuple),
    retry_after_s=st.none() | st.floats(0, 1e6),
    unchanged=st.booleans(),
)  # fmt: skip


@given(OBSERVATIONS)
def test_any_observation_comes_back_as_it_went_through_json_text(seen):
    assert from_json(Observation, to_json(seen)) == seen


PARTS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.sampled_from(Outcome),
    st.lists(st.text()), st.tuples(st.text(), st.none(), st.integers()),
)  # fmt: skip


@given(st.lists(PARTS))
def test_a_name_is_of_the_same_text_as_in_databases_written_so_far(parts):
    listed = json.dumps(parts, sort_keys=True)
    assert digest(*parts) == hashlib.sha256(listed.encode()).hexdigest()[:32]


def test_defaults_take_no_room_and_a_field_added_later_reads_as_its_default():
    seen = Observation(source=URL, url=URL, observed_at=NOW, outcome=Outcome.ALIVE)
    assert json.loads(to_json(seen)).keys() == {"source", "url", "observed_at", "outcome"}
    assert from_json(Observation, to_json(seen)[:-1] + ',"from_the_future":1}') == seen


def test_the_text_of_an_archived_page_is_not_stored():
    answer = CoverageResult(key="k", coverage=Coverage.NEAR, text=PageText(visible="x" * 10_000))
    assert "text" not in json.loads(to_json(answer))


@pytest.mark.parametrize(
    "data",
    [{"outcome": "haunted"}, {"observed_at": "yesterday"}, {"hops": [3]}, {"observed_at": None}, {}],
)
def test_words_the_model_does_not_know_are_a_store_error(data):
    whole = json.loads(to_json(Observation(source=URL, url=URL, observed_at=NOW, outcome=Outcome.ALIVE)))
    with pytest.raises(StoreError, match="this program cannot read"):
        from_json(Observation, json.dumps(whole | data if data else {}))


@pytest.mark.parametrize("naive", [dt.datetime(2026, 3, 1)])  # noqa: DTZ001 - the point of the test
def test_a_naive_datetime_is_refused_at_both_doors(naive):
    with pytest.raises(ValueError, match="without a zone"):
        to_json(Run(id="r", started_at=naive, now=NOW))
    engine = create_engine("sqlite://")
    table = Table("t", MetaData(), Column("at", UtcDateTime), Column("name", PlainText))
    table.create(engine)
    with engine.begin() as connection, pytest.raises(Exception, match="without a zone"):
        connection.execute(insert(table).values(at=naive))
    engine.dispose()


def test_the_two_hours_between_which_a_clock_is_put_back_are_told_apart():
    berlin = [dt.datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=n) for n in (0, 1)]
    write = UtcDateTime().bind_processor(create_engine("sqlite://").dialect)
    assert [write(at) for at in berlin] == ["2026-10-25 00:30:00.000000", "2026-10-25 01:30:00.000000"]


def test_instants_of_any_zone_come_back_as_the_same_instant_in_utc():
    engine = create_engine("sqlite://")
    table = Table("t", MetaData(), Column("at", UtcDateTime), Column("name", PlainText))
    table.create(engine)
    east = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=6, minutes=30)))
    with engine.begin() as connection:
        connection.execute(insert(table).values(at=east, name="a\0b\udc80"))
        row = connection.execute(select(table)).one()
    engine.dispose()
    assert row.at == east
    assert row.at.tzinfo is dt.UTC
    assert row.name == "a\\x00b\\udc80"


def test_what_makes_an_observation_the_same():
    seen = Observation(
        source=URL, url=URL, observed_at=NOW, outcome=Outcome.ALIVE, http_status=200, title="a", etag="1"
    )
    same = Observation(
        source=URL,
        url=URL,
        observed_at=NOW + dt.timedelta(1),
        outcome=Outcome.ALIVE,
        http_status=200,
        title="b",
        fingerprint="x",
    )
    other = Observation(source=URL, url=URL, observed_at=NOW, outcome=Outcome.ALIVE, http_status=203)
    assert observation_identity(seen) == observation_identity(same)
    assert observation_identity(seen) != observation_identity(other)


def test_a_question_is_what_is_asked_not_where_it_stands():
    one = Citation(document="a.txt", span=Span(0, 1, 1, 1, 0, 1), url=URL, quote="q")
    moved = Citation(document="a.txt", span=Span(9, 10, 5, 1, 9, 10), url=URL, quote="q")
    edited = Citation(document="a.txt", span=Span(0, 1, 1, 1, 0, 1), url=URL, quote="p")
    assert question_of(one) == question_of(moved) != question_of(edited)
