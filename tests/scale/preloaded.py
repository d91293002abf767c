"""What every process of a shared run imports; imported once, before it is forked."""

import pytest

import monitor.archive.registry
import monitor.check.checker
import monitor.cli
import monitor.commands.night
import monitor.extract.registry
import monitor.fetch.aiohttp_fetcher
import monitor.judge.judge
import monitor.page.quote.drift
import monitor.report.publish
import monitor.scale.share
import monitor.scale.worker
import monitor.store.sql_store

__all__ = ["monitor", "pytest"]
