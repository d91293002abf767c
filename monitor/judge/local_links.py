"""Links of a site to its own files: there or not is a fact at once, no history and no archive is asked."""

from collections.abc import Callable

from monitor.judge.access_date import Rule
from monitor.judge.verdicts import Verdict
from monitor.judge.view import View
from monitor.model.finding import AccessDateStatus, Severity
from monitor.model.observation import Confidence, Outcome
from monitor.model.site import NEAREST, NOT_ASKED, OTHER_CASE, SPELT, local_path


def _verdict(reason: str, remedy: str) -> Verdict:
    return Verdict(confidence=Confidence.HIGH, reason=reason, remedy=remedy)


def _path(view: View) -> str:
    return local_path(view.case.citation.url or "")


def _detail(view: View, kind: str, begin: str = "") -> str | None:
    """Return what the evidence of a kind says behind `begin`."""
    seen = view.observation.evidence if view.observation else ()
    said = (one.detail for one in seen if one.kind == kind and one.detail.startswith(begin))
    return next((one.removeprefix(begin) for one in said), None)


def _other_case(view: View) -> Verdict:
    there = _detail(view, SPELT) or "otherwise"
    return _verdict(
        f"There is no {_path(view)}; on disk it is spelt {there}, and servers tell the two apart.",
        f"Write {there}.",
    )


def _no_file(view: View) -> Verdict:
    return _verdict(f"There is no file {_path(view)}.", "Mend the link, or add what it leads to.")


def _no_place(view: View) -> Verdict:
    named = view.case.citation.fragment
    near = _detail(view, NEAREST, f"#{named}: ")
    remedy = f"Write {near}, if that is what is meant." if near else "Mend the link, or name the place."
    return _verdict(f"{_path(view)} has no place called #{named[:80]}.", remedy)


def _untold(view: View) -> Verdict:
    if view.observation is not None and view.observation.cause == NOT_ASKED:
        return _verdict(
            f"{_path(view)} is a file of somebody's disk; files are looked for with --links all only.",
            "Cite an address that readers can reach, or leave the link out with --exclude.",
        )
    return _verdict(
        f"{_path(view)} leads out of the folder this program runs in, so it could not be told.",
        "Run it where all of the site lies, name that with --root-dir, or leave the link out with --exclude.",
    )


def _there(view: View) -> Verdict:
    return _verdict(f"{_path(view)} is there.", "Nothing to do.")


def _local(test: Callable[[View], bool]) -> Callable[[View], bool]:
    return lambda view: view.local and test(view)


_STATUS, _LEVEL = AccessDateStatus.MISSING, Severity

LOCAL_LINK_RULES: tuple[Rule, ...] = (
    Rule(
        "-", "other-case", _STATUS, _LEVEL.ERROR,
        _local(lambda view: view.observation is not None and view.observation.cause == OTHER_CASE),
        _other_case,
    ),
    Rule("-", "no-file", _STATUS, _LEVEL.ERROR, _local(lambda view: view.outcome is Outcome.GONE), _no_file),
    Rule(
        "-", "no-place", _STATUS, _LEVEL.ERROR,
        _local(lambda view: view.missing_fragment is not None), _no_place,
    ),
    Rule("-", "there", _STATUS, _LEVEL.OK, _local(lambda view: view.outcome is Outcome.ALIVE), _there),
    Rule("-", "untold", _STATUS, _LEVEL.INFO, _local(lambda _: True), _untold),
)  # fmt: skip
"""Of a link to the web none applies, of a link to a file always the last at least."""
