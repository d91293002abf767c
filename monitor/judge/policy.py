"""How long to wait and how much proof to ask before a word is said."""

from typing import Annotated

from msgspec import Meta

from monitor.config_values import Policy


def _days(description: str) -> Meta:
    return Meta(description=description, ge=1, le=3650)


class JudgePolicy(Policy, frozen=True, kw_only=True):
    """The judge's thresholds (docs/design.md#link-state)."""

    strikes: Annotated[int, Meta(description="failing days before a link is called dead", ge=1, le=30)] = 3
    strike_days: Annotated[int, Meta(description="different days the failures must fall on", ge=1, le=30)] = 3
    strike_span_days: Annotated[int, _days("days the failures must span")] = 7
    strikes_gone: Annotated[
        int, Meta(description="failing days that suffice for 410 and for a domain that is gone", ge=1, le=30)
    ] = 2
    archived_strikes: Annotated[
        int, Meta(description="archived failures after the last good capture that date a death", ge=1, le=30)
    ] = 2

    limit_volatile_days: Annotated[
        int, _days("age limit of an access date on a home page, list or live page")
    ] = 90
    limit_ordinary_days: Annotated[int, _days("age limit of an access date on an ordinary page")] = 365
    limit_durable_days: Annotated[
        int, _days("age limit of an access date on dated news, PDF, DOI, permalink")
    ] = 1095
    limit_observations: Annotated[
        int, Meta(description="checks before the link's own change rate decides its limit", ge=2, le=100)
    ] = 4

    recheck_suspect_1_days: Annotated[
        int, _days("first recheck of a failing link, days after its first failure")
    ] = 1
    recheck_suspect_2_days: Annotated[int, _days("next recheck; one more falls half-way before it")] = 3
    recheck_suspect_3_days: Annotated[
        int, _days("last recheck before the word dead; one more falls half-way before it")
    ] = 7
    recheck_alive_min_days: Annotated[int, _days("soonest recheck of a living link")] = 14
    recheck_alive_max_days: Annotated[int, _days("latest recheck of a living link")] = 28
    recheck_blocked_days: Annotated[int, _days("recheck of a link that refuses robots")] = 30
    recheck_limited_days: Annotated[int, _days("recheck of a link that said: too many requests")] = 1
    recheck_dead_min_days: Annotated[int, _days("first recheck of a dead link")] = 30
    recheck_dead_max_days: Annotated[int, _days("recheck of a link that has long been dead")] = 90
    recheck_unrequestable_days: Annotated[
        int, _days("recheck of an address that cannot or may not be requested")
    ] = 90

    guard_hosts: Annotated[
        int, Meta(description="hosts that must newly fail before a run can be void", ge=1, le=100000)
    ] = 5
    guard_share: Annotated[
        float, Meta(description="share of formerly working hosts whose failing voids a run", ge=0.0, le=1.0)
    ] = 0.2
    guard_usual_share: Annotated[
        float, Meta(description="share of hosts that may newly fail on an ordinary night", ge=0.0, le=1.0)
    ] = 0.1
    guard_first_share: Annotated[
        float,
        Meta(description="share of unreachable hosts that voids a run without a baseline", ge=0.0, le=1.0),
    ] = 0.9
