"""The judge: history in, one link state and one finding per citation out. Pure."""

import datetime as dt
from collections.abc import Sequence

from monitor.judge.dead_mark import with_dead_mark
from monitor.judge.exit_level import is_hard
from monitor.judge.horizon import stands_until
from monitor.judge.link_state import link_history
from monitor.judge.own_link import with_own_link
from monitor.judge.policy import JudgePolicy
from monitor.judge.registry import RULES
from monitor.judge.remarks import remarked
from monitor.judge.schedule import next_check, recheck
from monitor.judge.view import View
from monitor.judge.waivers import waive
from monitor.model.case import Case, StoredObservation
from monitor.model.finding import Finding, Severity, Waiver
from monitor.model.history import LinkHistory, Recheck
from monitor.model.observation import Confidence, Observation
from monitor.model.ports import Chance
from monitor.model.snapshot import ArchivedRot

_CONFIDENCES = tuple(Confidence)
"""Surest first."""


def judge(
    case: Case, policy: JudgePolicy, now: dt.datetime, *, one_off: bool = False, void: str | None = None
) -> tuple[LinkHistory, Finding]:
    """Judge one citation from its stored facts.

    `one_off` judges a single fresh look (`monitor check`). `void` says why the present run concludes
    nothing, in a sentence. The first rule that applies decides; the last of a family always applies.
    """
    history = link_history(case.observations, case.rot, policy, now)
    view = View(case=case, history=history, policy=policy, now=now, one_off=one_off, void=void)
    return history, _found(view)


def _found(view: View) -> Finding:
    """Return what the first rule that applies finds."""
    for family, rules in RULES:
        for rule in rules:
            if not rule.applies(view):
                continue
            verdict = rule.verdict(view)
            found = Finding(
                citation=view.case.citation.key,
                rule=f"{family}/{rule.name}",
                severity=_severity(view, rule.name, verdict.severity or rule.severity),
                confidence=_least(verdict.confidence, view.observation),
                status=rule.status,
                reason=verdict.reason,
                remedy=verdict.remedy,
                edit=verdict.edit,
                proven=verdict.proven,
                rule_version=rule.version,
            )
            return remarked(with_dead_mark(with_own_link(found, view), view), view)
    raise AssertionError("the last rule of a family always applies")


def _severity(view: View, rule: str, severity: Severity) -> Severity:
    """Return the severity; a one-off check takes a hard failure for an error (docs/design.md#exit-codes).

    The word dead still waits for proof, and an archived copy that holds excuses the page.
    """
    if view.one_off and view.void is None and rule != "pinned" and is_hard(view.observation):
        return Severity.ERROR
    return severity


def _least(confidence: Confidence, seen: Observation | None) -> Confidence:
    """Return a verdict's confidence, but no more than that of the outcome it rests on."""
    if seen is None or seen.confidence is confidence:
        return confidence
    return max(confidence, seen.confidence, key=_CONFIDENCES.index)


class Judge:
    """The judge bound to a policy, the waivers and chance, as a run calls it."""

    def __init__(
        self,
        policy: JudgePolicy,
        chance: Chance,
        waivers: Sequence[Waiver] = (),
        *,
        one_off: bool = False,
    ) -> None:
        self._policy = policy
        self._chance = chance
        self._waivers = tuple(waivers)
        self._one_off = one_off
        self._last: View | None = None
        """The case judged last: whoever asks how long its finding stands asks for the same of it again."""

    def judge(self, case: Case, now: dt.datetime, *, void: str | None = None) -> tuple[LinkHistory, Finding]:
        """Judge one citation and apply the waivers."""
        history = link_history(case.observations, case.rot, self._policy, now)
        view = self._last = View(
            case=case, history=history, policy=self._policy, now=now, one_off=self._one_off, void=void
        )
        return history, waive(_found(view), case.citation, self._waivers, view.today)

    def stands_until(
        self, case: Case, history: LinkHistory, finding: Finding, now: dt.datetime
    ) -> dt.datetime | None:
        """Return the first instant at which the same facts may be judged otherwise; None if never."""
        return stands_until(self._judged(case, history, now), finding, self._waivers)

    def weighs_confirmation(self, case: Case, history: LinkHistory, now: dt.datetime) -> bool:
        """Tell whether a finding turns on when the citation was last confirmed (`Case.confirmed_at`)."""
        return self._judged(case, history, now).weighs_confirmation

    def _judged(self, case: Case, history: LinkHistory, now: dt.datetime) -> View:
        """Return the view in which a case was judged."""
        view = self._last
        if view is None or view.case is not case or view.history is not history or view.now != now:
            view = View(case=case, history=history, policy=self._policy, now=now, one_off=self._one_off)
            _found(view)
        return view

    def next_check(
        self, observations: Sequence[StoredObservation], rot: ArchivedRot | None, now: dt.datetime
    ) -> dt.datetime:
        """Return when to probe a source again, by its observations (oldest first) and its archived death."""
        if not observations:
            return now
        history = link_history(observations, rot, self._policy, now)
        return next_check(history, observations[-1].observation, self._policy, now, self._chance)

    def recheck(self, case: Case, history: LinkHistory) -> Recheck:
        """Return which wait a source is in: why it is asked again when it is."""
        seen = case.observations[-1].observation if case.observations else None
        return recheck(history, seen, self._policy) if seen is not None else Recheck.UNASKED
