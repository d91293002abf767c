"""Sends notices: on transitions, and a reminder once a week at most. A failing service never fails a run."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from monitor.app import Session
from monitor.errors import IncompleteError, MonitorError, UsageError
from monitor.model.run import Report
from monitor.model.values import replaced
from monitor.report.past import joined, read, told, written

if TYPE_CHECKING:
    from monitor.fetch.interface import Fetcher
    from monitor.report.notices import Notice

_LAST = ("notices", "last sent")
"""Where the store keeps when the last notice went out."""


_TOLD = ("feed", "told")
"""Where the store keeps what runs had to tell."""


async def with_past(session: Session, report: Report, *, record: bool = False) -> Report:
    """Return a report that knows what earlier runs had to tell; `record` adds what this one has."""
    kept = await session.store.recall(*_TOLD)
    past = read(kept[0]) if kept else ()
    if record and (news := told(report)):
        await session.store.remember(*_TOLD, written(joined(news, past)), report.run.now)
    return replaced(report, past=past)


class Sender(Protocol):
    """Carries a notice somewhere."""

    async def send(self, notice: "Notice") -> None:
        """Deliver the notice; raises IncompleteError with the remedy where that fails."""
        ...


class WebhookSender:
    """Posts a notice as JSON: title, body and the data of the change."""

    def __init__(self, url: str, fetcher: "Fetcher") -> None:
        self._url = url
        self._fetcher = fetcher

    async def send(self, message: "Notice") -> None:
        """Deliver; IncompleteError where the service does not take it."""
        from monitor.fetch.interface import FetchFailure, FetchRequest

        body = {"title": message.title, "body": message.body, **message.data}
        answer = await self._fetcher.fetch(
            FetchRequest(
                url=self._url,
                method="POST",
                headers={"Content-Type": "application/json"},
                body=json.dumps(body).encode(),
                max_body_bytes=4096,
            )
        )
        if isinstance(answer, FetchFailure):
            raise IncompleteError(f"the webhook could not be reached ({answer.cause}); check notices.webhook")
        if not 200 <= answer.status < 300:
            raise IncompleteError(f"the webhook answered {answer.status}; check notices.webhook")


class AppriseSender:
    """E-mail, chat and the rest through apprise, an extra: `pip install "citation-monitor[notify]"`.

    `urls` are apprise's service addresses; they hold secrets and are never printed.
    """

    def __init__(self, urls: Sequence[str]) -> None:
        try:
            import apprise
        except ImportError:
            raise UsageError(
                'notices by e-mail or chat need apprise: pip install "citation-monitor[notify]"'
            ) from None
        self._apprise = apprise.Apprise()
        for number, url in enumerate(urls, 1):
            if not self._apprise.add(url):
                raise UsageError(
                    f"notice address {number} is not one apprise understands; see its list of services"
                )

    async def send(self, notice: "Notice") -> None:
        """Deliver to every service; IncompleteError where one of them refused."""
        # Said to be plain text, for services that show HTML or Markdown would run its lines together.
        if not await self._apprise.async_notify(title=notice.title, body=notice.body, body_format="text"):
            raise IncompleteError("a notice could not be delivered to every service; check their addresses")


async def notify(session: Session, report: Report) -> None:
    """Send what a run has to say, if anything, and remember when."""
    policy = session.config.notices
    if not policy.webhook and not policy.apprise:
        return
    from monitor.report.notices import notice

    last = await session.store.recall(*_LAST)
    sent = datetime.fromisoformat(last[0]) if last else None
    message = notice(report, sent, policy.remind_days, digest=policy.digest)
    if message is None:
        return
    try:
        for sender in _senders(session):
            await sender.send(message)
    except MonitorError as error:
        session.progress.note(f"notice not sent: {error}")
        return
    now = report.run.now
    await session.store.remember(*_LAST, now.isoformat(), now)


def _senders(session: Session) -> list[Sender]:
    policy = session.config.notices
    senders: list[Sender] = []
    if policy.webhook:
        # The address comes from the configuration, so a service on the intranet is fine.
        senders.append(WebhookSender(policy.webhook, session.fetcher(allow_private_addresses=True)))
    if policy.apprise:
        senders.append(AppriseSender(policy.apprise))
    return senders
