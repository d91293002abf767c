"""How long to wait and how much proof to ask before a word is said."""

from dataclasses import dataclass, field
from typing import Any

_DAYS: dict[str, Any] = {"min": 1, "max": 3650}


def _days(default: int, doc: str) -> Any:
    return field(default=default, metadata={"doc": doc} | _DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgePolicy:
    """The judge's thresholds (docs/design.md#link-state)."""

    strikes: int = field(
        default=3, metadata={"doc": "failing days before a link is called dead", "min": 1, "max": 30}
    )
    strike_days: int = field(
        default=3, metadata={"doc": "different days the failures must fall on", "min": 1, "max": 30}
    )
    strike_span_days: int = _days(7, "days the failures must span")
    strikes_gone: int = field(
        default=2,
        metadata={
            "doc": "failing days that suffice for 410 and for a domain that is gone",
            "min": 1,
            "max": 30,
        },
    )
    archived_strikes: int = field(
        default=2,
        metadata={
            "doc": "archived failures after the last good capture that date a death",
            "min": 1,
            "max": 30,
        },
    )

    limit_volatile_days: int = _days(90, "age limit of an access date on a home page, list or live page")
    limit_ordinary_days: int = _days(365, "age limit of an access date on an ordinary page")
    limit_durable_days: int = _days(1095, "age limit of an access date on dated news, PDF, DOI, permalink")
    limit_observations: int = field(
        default=4,
        metadata={"doc": "checks before the link's own change rate decides its limit", "min": 2, "max": 100},
    )

    recheck_suspect_1_days: int = _days(1, "first recheck of a failing link, days after its first failure")
    recheck_suspect_2_days: int = _days(3, "next recheck; one more falls half-way before it")
    recheck_suspect_3_days: int = _days(
        7, "last recheck before the word dead; one more falls half-way before it"
    )
    recheck_alive_min_days: int = _days(14, "soonest recheck of a living link")
    recheck_alive_max_days: int = _days(28, "latest recheck of a living link")
    recheck_blocked_days: int = _days(30, "recheck of a link that refuses robots")
    recheck_limited_days: int = _days(1, "recheck of a link that said: too many requests")
    recheck_dead_min_days: int = _days(30, "first recheck of a dead link")
    recheck_dead_max_days: int = _days(90, "recheck of a link that has long been dead")
    recheck_unrequestable_days: int = _days(90, "recheck of an address that cannot or may not be requested")

    guard_hosts: int = field(
        default=5,
        metadata={"doc": "hosts that must newly fail before a run can be void", "min": 1, "max": 100000},
    )
    guard_share: float = field(
        default=0.2,
        metadata={"doc": "share of formerly working hosts whose failing voids a run", "min": 0.0, "max": 1.0},
    )
    guard_usual_share: float = field(
        default=0.1,
        metadata={"doc": "share of hosts that may newly fail on an ordinary night", "min": 0.0, "max": 1.0},
    )
    guard_first_share: float = field(
        default=0.9,
        metadata={
            "doc": "share of unreachable hosts that voids a run without a baseline",
            "min": 0.0,
            "max": 1.0,
        },
    )
