"""How PostgreSQL carries out the statements of some work: each is explained beside its execution."""

import contextlib
import re
import time

from sqlalchemy import create_engine, event, text

LARGE = (
    "source",
    "citation",
    "observation",
    "citation_fact",
    "coverage",
    "finding",
    "standing",
    "standing_body",
    "frontier",
)
"""Tables with a row a source or citation."""

_SHIFTED = ("id", "owner_id", "source_id", "citation_id", "document_id")
_HASHED = ("key", "digest")

_SCANNED = re.compile(r"Seq Scan on (\w+)")


class Plans:
    """Listens to an engine; of each statement it keeps (work, statement, plan, seconds)."""

    def __init__(self):
        self.seen = []
        self._work = None

    @contextlib.contextmanager
    def of(self, work):
        """Explain what is executed meanwhile."""
        self._work = work
        yield
        self._work = None

    def listen(self, engine):
        """Hear of every statement of an engine."""
        event.listen(engine.sync_engine, "before_cursor_execute", self._explain)
        event.listen(engine.sync_engine, "after_cursor_execute", self._timed)

    def _explain(self, conn, cursor, statement, parameters, context, executemany):
        if self._work is None or not statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            return
        some = parameters[0] if executemany else parameters
        # One of its own: what is streamed is declared as a cursor, and an explanation cannot be.
        asked = conn.connection.cursor()
        asked.execute("EXPLAIN " + statement, some)
        plan = "\n".join(row[0] for row in asked.fetchall())
        asked.close()
        self.seen.append([self._work, statement, plan, time.perf_counter()])

    def _timed(self, conn, cursor, statement, parameters, context, executemany):
        if self._work is not None and self.seen and self.seen[-1][1] == statement:
            self.seen[-1][3] = time.perf_counter() - self.seen[-1][3]

    def whole(self, *but):
        """Return the (work, large table) that are read from end to end, those of some work left out."""
        return sorted(
            {
                (work, table)
                for work, _, plan, _ in self.seen
                for table in _SCANNED.findall(plan)
                if table in LARGE and work not in but
            }
        )

    def show(self, slow_s=0.05):
        """Print each statement's time, and the plan of those that are slow or read a large table whole."""
        for work, statement, plan, seconds in self.seen:
            scanned = [table for table in _SCANNED.findall(plan) if table in LARGE]
            print(
                f"{work:<20} {1000 * seconds:10.1f} ms  {' '.join(statement.split())[:110]}  {scanned or ''}"
            )
            if scanned or seconds > slow_s:
                print("    " + plan.replace("\n", "\n    "))


def multiply(database, table, copies, step, hosts):
    """Add so many copies of a table's rows, under other numbers and names."""
    engine = create_engine(database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL synchronous_commit = off"))
        names = [
            row.column_name
            for row in connection.execute(
                text(
                    "SELECT column_name FROM information_schema.columns "
                    "WHERE table_name = :name AND table_schema = current_schema()"
                ),
                {"name": table},
            )
        ]
        values = {name: f"x.{name}" for name in names}
        values |= {name: f"x.{name} + g * {step}" for name in names if name in _SHIFTED}
        values |= {
            name: f"left(md5(x.{name} || g) || md5(g || x.{name}), length(x.{name}))"
            for name in names
            if name in _HASHED
        }
        values |= {
            name: f"x.{name} || '?n=' || g" for name in names if name in ("canonical_url", "url", "path")
        }
        values |= {
            name: f"'h' || (x.id + g * 7919) % {hosts} || '.example'" for name in names if name == "host_key"
        }
        connection.execute(
            text(
                f"INSERT INTO {table} ({', '.join(f'{chr(34)}{n}{chr(34)}' for n in names)}) "  # noqa: S608 - our own names
                f"SELECT {', '.join(values[n] for n in names)} "
                f"FROM generate_series(1, {copies}) g, {table} x"
            )
        )
        if "id" in names:
            connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608
            )
    engine.dispose()
