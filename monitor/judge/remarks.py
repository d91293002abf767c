"""What readers meet beside what the rules turn on: a certificate that warns, a place that is gone."""

from monitor.judge.view import View
from monitor.model.finding import AccessDateStatus, Finding, Severity
from monitor.model.values import replaced

CERTIFICATE_FAULTS = {
    "expired": "has expired",
    "not-yet-valid": "is not valid yet",
    "self-signed": "is signed by nobody but the site itself",
    "untrusted-root": "is signed by an authority nobody knows",
    "untrusted": "is signed by an authority nobody knows",
    "incomplete-chain": "does not say who vouches for it",
    "revoked": "was revoked",
    "weak": "is too weak",
    "old-protocol": "comes with a TLS version that browsers no longer speak",
}
"""What is wrong with a certificate (the TLS cause without "tls-"), as a clause after "the certificate …"."""

_SETTLED = frozenset({AccessDateStatus.FRESH, AccessDateStatus.UNCONFIRMED})
"""Statuses that ask for nothing, so that a remark's own remedy takes the place of theirs."""


def remarked(finding: Finding, view: View) -> Finding:
    """Return a finding with what a reader of the live page would meet; only a warning can come of it."""
    if view.local or view.void is not None or not view.readable or finding.status is AccessDateStatus.PINNED:
        return finding
    if (place := view.missing_fragment) is not None:
        finding = replaced(finding, reason=f"{finding.reason} The page has no place called #{place[:80]}.")
    fault = CERTIFICATE_FAULTS.get(view.observation.tls or "") if view.observation is not None else None
    if fault is None:
        return finding
    remedy = "Cite an address that opens without a warning, or add an archived copy; tell the site."
    return replaced(
        finding,
        severity=max(finding.severity, Severity.WARNING, key=lambda one: one.rank),
        reason=f"{finding.reason} Browsers warn readers off the page: its certificate {fault}.",
        remedy=remedy
        if finding.status in _SETTLED and finding.edit is None
        else f"{finding.remedy} {remedy}",
    )
