"""What many nights see of a source is kept in few rows, one for each thing that was seen."""

from sqlalchemy import event

from monitor.model.observation import Outcome
from tests.support.stored import A, B, cite, day, fill, judged, night, result


async def test_nights_that_find_the_same_extend_one_observation(store):
    (one,) = await fill(store, cite(A))
    for n in (0, 20, 40, 60):
        await night(store, n, [result(n, one.key, etag=f'"{n}"')])
    (kept,) = await store.history(A)
    assert (kept.times, kept.observation.observed_at, kept.last_seen_at) == (4, day(0), day(60))
    assert kept.observation.etag == '"60"'


async def test_each_failing_day_is_kept_for_strikes_once(store):
    await fill(store, cite(A))
    for n in (0, 1, 1.2, 4):
        await night(store, n, [result(n, outcome=Outcome.GONE)])
    (kept,) = await store.history(A)
    assert kept.days == tuple(day(n).date().isoformat() for n in (0, 1, 4))


async def test_a_changed_outcome_adds_a_row_and_a_changed_page_is_counted(store):
    await fill(store, cite(A))
    for n, text in enumerate(("x", "x", "y", "y", "z")):
        await night(store, n, [result(n, fingerprint=text)])
    await night(store, 9, [result(9, outcome=Outcome.GONE)])
    alive, gone = await store.history(A)
    assert (alive.changes, alive.times, alive.observation.fingerprint) == (2, 5, "z")
    assert gone.observation.outcome is Outcome.GONE


async def test_a_304_keeps_what_was_known_of_the_page(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0, fingerprint="x", title="Mills", etag='"1"', words=300)])
    await night(store, 9, [result(9, http_status=304, unchanged=True)])
    (kept,) = await store.history(A)
    assert (kept.times, kept.changes) == (2, 0)
    assert (kept.observation.fingerprint, kept.observation.title, kept.observation.etag) == (
        "x",
        "Mills",
        '"1"',
    )


async def test_the_same_run_written_twice_is_written_once(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)])
    for _ in range(2):
        await night(store, 20, [result(20, one.key)], findings=[judged(one.key)])
    (kept,) = await store.history(A)
    assert (kept.times, kept.last_seen_at) == (2, day(20))


async def test_a_rerun_that_finds_something_else_replaces_what_the_run_found_first(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)])
    await night(store, 20, [result(20, one.key)])
    await night(store, 20, [result(20, outcome=Outcome.GONE)])
    alive, gone = await store.history(A)
    assert (alive.times, alive.last_seen_at) == (1, day(0))
    assert (gone.times, gone.observation.observed_at) == (1, day(20))


async def test_unchecked_tonight_does_not_break_a_history(store):
    await fill(store, cite(A), cite(B, line=2))
    await night(store, 0, [result(0)])
    nothing = {"outcome": Outcome.UNCHECKED, "cause": "budget-spent", "http_status": None}
    await night(store, 1, [result(1, **nothing), result(1, url=B, **nothing)])
    assert [o.observation.outcome for o in await store.history(A)] == [Outcome.ALIVE]
    assert [o.observation.outcome for o in await store.history(B)] == [Outcome.UNCHECKED]


async def test_the_text_of_an_error_page_is_no_content_that_changes(store):
    await fill(store, cite(A))
    for n, text in enumerate(("x", "y", "z")):
        await night(store, n, [result(n, outcome=Outcome.SOFT_404, fingerprint=text)])
    (kept,) = await store.history(A)
    assert (kept.times, kept.changes) == (3, 0)


async def test_a_run_set_in_the_past_does_not_turn_time_back(store):
    await fill(store, cite(A))
    await night(store, 9, [result(9)])
    await night(store, 4, [result(4)])
    (kept,) = await store.history(A)
    assert (kept.times, kept.last_seen_at) == (2, day(9))


async def test_a_new_note_is_a_change_worth_a_row(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    await night(store, 14, [result(14, notes=("tls: expired",))])
    assert [o.observation.notes for o in await store.history(A)] == [(), ("tls: expired",)]


async def test_a_night_that_finds_what_the_last_found_writes_no_body_and_no_finding_anew(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key, fingerprint="x")], findings=[judged(one.key)])
    written = []
    listened = store.engine.sync_engine
    note = lambda *words: written.append(words[2])  # noqa: E731
    event.listen(listened, "before_cursor_execute", note)
    await night(store, 1, [result(1, one.key, fingerprint="x")], findings=[judged(one.key)])
    event.remove(listened, "before_cursor_execute", note)
    updates = [text for text in written if text.startswith(("UPDATE", "INSERT", "DELETE"))]
    assert not [text for text in updates if "finding" in text]
    assert not [text for text in updates if text.startswith("UPDATE observation") and "body=" in text]
