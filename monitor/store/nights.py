"""What the guard asks of the store: how the hosts that one run probed fared, and how they did before."""

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from monitor.model.observation import DOUBTFUL, FAILING, UNASKED, Outcome
from monitor.model.run import HostNight
from monitor.store import tables as t
from monitor.store.chains import uncounted


def read_host_nights(conn: Connection, run: int) -> list[HostNight]:
    """Return each host that a run probed, by name, from the newest rows of the sources it observed."""
    void = uncounted(conn)
    seen, earlier = t.observation.alias("seen"), t.observation.alias("earlier")
    last = (
        select(func.max(earlier.c.id))
        .where(
            earlier.c.owner_id == seen.c.owner_id,
            earlier.c.id < seen.c.id,
            earlier.c.run_id.not_in(sorted(void | {run})),
        )
        .correlate(seen)
        .scalar_subquery()
    )
    before = t.observation.alias("before")
    extended = seen.c.run_id != run  # such a row says the same as before
    known = or_(extended, before.c.id.is_not(None))
    failed = or_(and_(extended, _among(seen.c.outcome, FAILING)), _among(before.c.outcome, FAILING))
    query = (
        select(
            t.source.c.host_key,
            func.count().label("probes"),
            _number(_among(seen.c.outcome, DOUBTFUL)).label("failing"),
            _number(known).label("known"),
            _number(and_(known, failed)).label("failed"),
        )
        .select_from(seen)
        .join(t.source, t.source.c.id == seen.c.owner_id)
        .outerjoin(before, and_(~extended, before.c.id == last))
        .where(seen.c.last_run_id == run, ~_among(seen.c.outcome, UNASKED))
        .group_by(t.source.c.host_key)
        .order_by(t.source.c.host_key)
    )
    return [
        HostNight(
            host=row.host_key,
            probes=row.probes,
            failing=row.failing,
            working_before=row.known - row.failed,
            known_before=row.known,
        )
        for row in conn.execute(query)
    ]


def _among(column: ColumnElement[str], outcomes: frozenset[Outcome]) -> ColumnElement[bool]:
    return column.in_(sorted(one.value for one in outcomes))


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
