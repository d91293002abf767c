"""Every family of timelines the archive stage is tried on."""

from tests.support.archive_lookalikes import LOOKALIKES
from tests.support.archive_timelines import FAMILIES

EVERY_FAMILY = (*FAMILIES, *LOOKALIKES)
