"""procrastinate as this house uses it: a job is a batch of hosts, few wait, finished ones are deleted.

A job names a run; which hosts it holds, and which sources are left, stands in the store's frontier. No two
jobs hold one host. A job that ends by time goes back into the queue; one whose worker died is dropped, so
that its number, by which it holds its hosts, is never another's. Fetching grows slower with every job that
waits, so only a few do.
"""

import importlib.resources
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.worker import Worker
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from monitor.errors import StoreError

QUEUE = "hosts"
TASK = "monitor.hosts"
BATCHES_AT_ONCE = 3
"""Batches of one worker: one takes hosts, one ends with its last answers, one stands by."""
AGAIN_S = 2
"""Seconds before a batch that broke is tried again."""

CarryOut = Callable[[int, str, Mapping[str, Any]], Awaitable[None]]
"""Carries out a batch: its number, the run, the run's options."""


class MoreLeftError(Exception):
    """A batch ended by time: it is queued again for the rest."""


class _Always(BaseRetryStrategy):
    """Whatever ends a batch, its job goes back into the queue: sources decide when they are done."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:  # noqa: ARG002 - procrastinate's signature
        """Return when the job is tried again."""
        if isinstance(exception, MoreLeftError):
            return RetryDecision(retry_in={"seconds": 0})
        return RetryDecision(retry_in={"seconds": AGAIN_S})


class _OwnJobs(JobManager):
    """Ends and returns only jobs that are still this worker's: one that hung has lost its own to others."""

    worker_id: int | None = None

    async def register_worker(self) -> int:
        """Register, and know one's number before the first job."""
        self.worker_id = await super().register_worker()
        return self.worker_id

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        """End a job if it is ours."""
        await self.connector.execute_query_all_async(
            "SELECT procrastinate_finish_job_v1(id, %(status)s, %(delete_job)s) FROM (SELECT id FROM "
            "procrastinate_jobs WHERE id = %(job_id)s AND worker_id = %(worker_id)s AND status = 'doing' "
            "FOR UPDATE) AS own",
            job_id=job.id,
            status=status.value,
            delete_job=delete_job,
            worker_id=self.worker_id,
        )

    async def retry_job(
        self,
        job: Job,
        retry_at: Any = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        """Queue a job again if it is ours."""
        await self.connector.execute_query_all_async(
            "SELECT procrastinate_retry_job_v2(id, coalesce(%(retry_at)s, now()), %(priority)s, %(queue)s, "
            "%(lock)s) FROM (SELECT id FROM procrastinate_jobs WHERE id = %(job_id)s AND worker_id = "
            "%(worker_id)s AND status = 'doing' FOR UPDATE) AS own",
            job_id=job.id,
            retry_at=retry_at,
            priority=priority,
            queue=queue,
            lock=lock,
            worker_id=self.worker_id,
        )


class Engine:
    """The queue of batches in one database."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        """Take what psycopg connects with."""
        self._connector = PsycopgConnector(kwargs=dict(arguments), min_size=1, max_size=2, timeout=10.0)
        # Signs of life do not queue behind what the batches ask.
        self._beats = PsycopgConnector(kwargs=dict(arguments), min_size=1, max_size=1, timeout=10.0)
        self.app = App(connector=self._connector)
        self._jobs = _OwnJobs(self._connector)
        self.app.job_manager = self._jobs

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Engine"]:
        """Connect, and create procrastinate's tables where there are none; StoreError where that fails."""
        try:
            with explained():
                await self._connector.open_async()
                await self._beats.open_async()
                await self._create()
            yield self
        finally:
            await self._beats.close_async()
            await self._connector.close_async()

    async def _create(self) -> None:
        if await self.app.check_connection_async():
            return
        schema = (importlib.resources.files("procrastinate.sql") / "schema.sql").read_text(encoding="utf-8")
        async with self._connector.pool.connection() as connection:
            # Two that start together must not both create them.
            await connection.execute("SELECT pg_advisory_xact_lock(7349270119)")
            found = await connection.execute("SELECT to_regclass('procrastinate_jobs') IS NULL")
            row = await found.fetchone()
            if row is not None and row[0]:
                await connection.execute(schema.encode())

    async def put(self, run: str, number: int, options: Mapping[str, Any]) -> None:
        """Queue so many batches of a run."""
        jobs = [
            Job(
                id=None,
                queue=QUEUE,
                lock=None,
                queueing_lock=None,
                task_name=TASK,
                task_kwargs={"run": run, "options": dict(options)},
            )
            for _ in range(number)
        ]
        with explained():
            await self.app.job_manager.batch_defer_jobs_async(jobs)

    async def batches(self) -> int:
        """Return how many batches are queued or under way."""
        with explained():
            row = await self._connector.execute_query_one_async(
                "SELECT count(*) AS batches FROM procrastinate_jobs WHERE queue_name = 'hosts' AND "
                "status IN ('todo', 'doing')"
            )
        return int(row["batches"])

    async def clear(self, but: str = "") -> None:
        """Drop the batches of every run but one: whoever carries one out finds nothing more to ask."""
        with explained():
            await self._connector.execute_query_async(
                "DELETE FROM procrastinate_jobs WHERE queue_name = 'hosts' AND "
                "(status NOT IN ('todo', 'doing') OR args->>'run' <> %(run)s)",
                run=but,
            )

    async def rescue(self, stalled_s: float) -> int:
        """Take from workers that gave no sign of life for so long what they hold; return the hosts freed."""
        with explained():
            await self._connector.execute_query_async(
                "DELETE FROM procrastinate_jobs WHERE id IN (SELECT job.id FROM procrastinate_jobs AS job "
                "WHERE job.status = 'doing' AND NOT EXISTS (SELECT 1 FROM procrastinate_workers AS worker "
                "WHERE worker.id = job.worker_id AND worker.last_heartbeat >= "
                "now() - make_interval(secs => %(stalled_s)s)) FOR UPDATE OF job SKIP LOCKED)",
                stalled_s=float(stalled_s),
            )
            freed = await self._connector.execute_query_all_async(
                "UPDATE frontier_host SET batch = NULL WHERE batch IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
                "procrastinate_jobs AS job WHERE job.id = batch AND job.status = 'doing') RETURNING host"
            )
            # Later, so that no job is seen without its worker while the worker's other jobs still run.
            await self._connector.execute_query_async(
                "DELETE FROM procrastinate_workers WHERE last_heartbeat < now() - "
                "make_interval(secs => %(age)s)",
                age=10.0 * stalled_s,
            )
        return len(freed)

    async def workers(self, stalled_s: float) -> int:
        """Return how many workers are alive."""
        with explained():
            row = await self._connector.execute_query_one_async(
                "SELECT count(*) AS alive FROM procrastinate_workers "
                "WHERE last_heartbeat >= now() - make_interval(secs => %(stalled_s)s)",
                stalled_s=float(stalled_s),
            )
        return int(row["alive"])

    def worker(self, carry_out: CarryOut, *, name: str, grace_s: float) -> Worker:
        """Return a worker that carries out batches until it is stopped."""

        async def job(context: JobContext, run: str, options: dict[str, Any]) -> None:
            await carry_out(context.job.id or 0, run, options)

        self.app.tasks.pop(TASK, None)
        self.app.task(name=TASK, queue=QUEUE, retry=_Always(), pass_context=True)(job)
        return Worker(
            self.app,
            queues=[QUEUE],
            name=name,
            concurrency=BATCHES_AT_ONCE,
            delete_jobs="always",
            install_signal_handlers=False,
            fetch_job_polling_interval=1.0,
            shutdown_graceful_timeout=grace_s,
            update_heartbeat_interval=1e6,  # lease.py gives the signs of life, and knows when they failed
            stalled_worker_timeout=1e6,  # `rescue` looks after those
        )

    async def beat(self, worker: int) -> bool:
        """Give a sign of life; False where the worker was given up already."""
        with explained():
            found = await self._beats.execute_query_all_async(
                "UPDATE procrastinate_workers SET last_heartbeat = now() WHERE id = %(worker)s RETURNING id",
                worker=worker,
            )
        return bool(found)

    async def retire(self, worker: int) -> None:
        """Hand back at once what a worker still holds, for it works no more."""
        with explained():
            await self._connector.execute_query_async(
                "SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM procrastinate_jobs "
                "WHERE worker_id = %(worker)s AND status = 'doing'",
                worker=worker,
            )
            await self._connector.execute_query_async(
                "DELETE FROM procrastinate_workers WHERE id = %(worker)s", worker=worker
            )


@contextmanager
def explained() -> Iterator[None]:
    """Turn the engine's failures into a StoreError."""
    try:
        yield
    except (ConnectorException, OperationalError, PoolTimeout) as error:
        words = " ".join(str(error.__cause__ or error).split())[:300]
        raise StoreError(
            f"the engine cannot use the database: {words}; check that PostgreSQL runs"
        ) from error
