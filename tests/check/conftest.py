"""Fixtures of the check stage's tests."""

from collections.abc import AsyncIterator

import pytest

from tests.support.certificates import certificates
from tests.support.watching import Watch
from tests.support.zoo import Zoo


@pytest.fixture
async def watch() -> AsyncIterator[Watch]:
    """Return a checker over a fresh zoo."""
    async with Zoo(certificates()) as zoo:
        yield Watch(zoo)
