"""Every family of timelines the archive stage is tried on."""

from tests.support.archive_blind_spots import BLIND_SPOTS
from tests.support.archive_lookalikes import LOOKALIKES
from tests.support.archive_timelines import FAMILIES

EVERY_FAMILY = (*FAMILIES, *LOOKALIKES, *BLIND_SPOTS)
