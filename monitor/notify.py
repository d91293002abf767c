"""Sends notices: on transitions, and a reminder once a week at most. A failing service never fails a run."""

import json
from datetime import datetime

from monitor.app import Session
from monitor.errors import IncompleteError, MonitorError
from monitor.fetch.interface import Fetcher, FetchFailure, FetchRequest
from monitor.model.run import Report
from monitor.report.notices import AppriseSender, Notice, Sender, notice

_LAST = ("notices", "last sent")
"""Where the store keeps when the last notice went out."""


class WebhookSender:
    """Posts a notice as JSON: title, body and the data of the change."""

    def __init__(self, url: str, fetcher: Fetcher) -> None:
        self._url = url
        self._fetcher = fetcher

    async def send(self, message: Notice) -> None:
        """Deliver; IncompleteError where the service does not take it."""
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


async def notify(session: Session, report: Report) -> None:
    """Send what a run has to say, if anything, and remember when."""
    policy = session.config.notices
    if not policy.webhook and not policy.apprise:
        return
    last = await session.store.recall(*_LAST)
    message = notice(report, datetime.fromisoformat(last[0]) if last else None, policy.remind_days)
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
