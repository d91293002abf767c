"""One source, probed: ask, follow, read, compare, classify, report."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from monitor.check.browser_look import LOOKED, NO_MORE, BrowserLooks, tells_more
from monitor.check.classify import SHELL, Ruling, classify
from monitor.check.facts import ProbeFacts
from monitor.check.fragments import missing_fragments
from monitor.check.hosts import Lane
from monitor.check.interface import CheckReport, CheckRequest
from monitor.check.kinds import Treatment, Treatments, probe_url
from monitor.check.local import LocalFiles, look
from monitor.check.moves import moved_to
from monitor.check.offload import PageThreads
from monitor.check.policy import CheckPolicy
from monitor.check.redirects import Follower, Trip, Validators, read_in_part
from monitor.check.requester import Probing
from monitor.check.sibling import Siblings, probe_due
from monitor.domains import registrable
from monitor.errors import advice
from monitor.fetch.interface import FetchFailure, FetchResponse, NameLookup
from monitor.fetch.target import Target, parse_target
from monitor.model.observation import CitationFacts, Evidence, Observation, Outcome
from monitor.model.page import QuoteMatch, QuoteResult
from monitor.model.ports import Clock
from monitor.model.site import is_local
from monitor.model.urls import fragment_of, host_key, masked
from monitor.model.values import replaced
from monitor.page.quote.match import match_quote
from monitor.page.quote.titles import title_matches
from monitor.page.signs.parked import parked
from monitor.page.signs.soft404 import url_says_missing
from monitor.page.signs.stand_in import stand_in
from monitor.text_io.pdf import can_read

LONG_URL = 2047
"""Longer addresses are cut by some programs (hard case 103)."""

LOCAL_BYTES = 65_536
"""What a local file is taken to weigh: reading it may take a while, whatever it does."""

LONG_READ_BYTES = 262_144
"""Reading more takes a while: the next visit to the host need not wait for it."""


@dataclass(frozen=True, slots=True)
class Prober:
    """Probes sources with the parts of one run."""

    policy: CheckPolicy
    treatments: Treatments
    follower: Follower
    siblings: Siblings
    pages: PageThreads
    names: NameLookup | None
    files: LocalFiles
    clock: Clock
    looks: BrowserLooks | None = None

    async def probe(self, request: CheckRequest, lane: Lane) -> CheckReport:
        """Probe one source; never raises for what the far side does."""
        if is_local(request.source.url):
            return await self.pages.run(LOCAL_BYTES, look, request, self.files, self.clock)
        probing = Probing(lane)
        url = request.source.url
        if not self.policy.url_credentials and masked(url) != url:
            probing.note("url: its name and password were not sent")
        treatment = self.treatments.of(url)
        trip = await self._visit(request, treatment, probing)
        if request.other_spellings and _not_found(trip):
            trip = await self._respelt(request, trip, probing)
        size = len(trip.answer.body) if isinstance(trip.answer, FetchResponse) else 0
        if size > LONG_READ_BYTES:
            lane.leave()
        quotes, facts = await self.pages.run(size, _read, request, trip, treatment)
        facts = await self._with_sibling(facts, probing)
        lane.leave()
        ruling = _landing(classify(facts), facts)
        if self.looks is not None:
            quotes, facts, ruling = await self._with_browser(
                self.looks, request, (quotes, facts, ruling), probing
            )
        await self._note(ruling, facts, probing)
        astray: frozenset[str] = frozenset()
        if request.fragments:
            astray = await self.pages.run(size, _fragments_astray, request, ruling, facts)
        return self._report(request, facts, ruling, _Tested(quotes, astray), probing)

    async def _visit(self, request: CheckRequest, treatment: Treatment, probing: Probing) -> Trip:
        url = request.source.url
        other = probe_url(treatment.kind, url)
        if other is not None:
            trip = await self.follower.follow(other, probing, purpose=f"probe {treatment.kind.name}")
            missing = isinstance(trip.answer, FetchResponse) and trip.answer.status in (404, 410)
            if not missing or treatment.kind.name == "youtube":
                probing.note(f"asked: {other}")
                return replace(trip, url=_requestable(url), hops=[])
        first_hop = treatment.first_hop and not request.quotes
        validators = _validators(request)
        if self.looks is not None and request.previous is not None and SHELL in request.previous.notes:
            validators = None  # the same shell again would tell nothing, and a browser may
        return await self.follower.follow(url, probing, validators=validators, first_hop=first_hop)

    async def _with_browser(
        self, looks: BrowserLooks, request: CheckRequest, plain: "_Reading", probing: Probing
    ) -> "_Reading":
        """Look with a browser where the plain look could not tell; what it was shown is judged the same."""
        _, facts, ruling = plain
        looked = await looks.look(facts, ruling, probing)
        if looked is None:
            return plain
        trip, picture = looked
        size = len(trip.answer.body) if isinstance(trip.answer, FetchResponse) else 0
        quotes, shown = await self.pages.run(size, _read, request, trip, facts.treatment)
        found = classify(shown)
        if not tells_more(shown, found):
            probing.note(NO_MORE)
            return plain
        probing.note(LOOKED)
        return quotes, shown, replaced(found, evidence=(*found.evidence, *((picture,) if picture else ())))

    async def _respelt(self, request: CheckRequest, trip: Trip, probing: Probing) -> Trip:
        """Ask for the address with the punctuation that stands behind it, before it is called gone."""
        other = request.other_spellings[0]
        found = await self.follower.follow(other, probing, purpose="other-spelling")
        if not isinstance(found.answer, FetchResponse) or not 200 <= found.answer.status < 300:
            return trip
        probing.note(f"url: found with the {other[-1]} that stands behind it in the document")
        return found

    async def _with_sibling(self, facts: ProbeFacts, probing: Probing) -> ProbeFacts:
        """Ask for a sibling where only that can tell a living page from a soft 404."""
        if not (self.policy.sibling_probe and facts.treatment.sibling_probe and facts.success):
            return facts
        if facts.quoted or facts.titled or facts.response is None:
            return facts
        if classify(facts).outcome not in (Outcome.ALIVE, Outcome.MOVED):
            return facts
        if not probe_due(facts.requested, facts.trip):
            return facts

        async def ask(url: str) -> Trip:
            return await self.follower.follow(url, probing, purpose="sibling")

        # A sibling belongs to the visit that asks for it; whoever waits for another check's must hold no
        # turn that one may need.
        evidence = await self.siblings.evidence(facts.requested, facts.trip, ask, probing.lane.leave)
        return replaced(facts, sibling=evidence)

    async def _note(self, ruling: Ruling, facts: ProbeFacts, probing: Probing) -> None:
        for note in ruling.notes:
            probing.note(note)
        if len(facts.requested) > LONG_URL:
            probing.note("url: longer than 2047 characters")
        response = facts.response
        if response is not None:
            if facts.page is None and response.body.startswith(b"%PDF-") and not can_read():
                probing.note(f"page: a PDF, which is read with the extra `pdf`: {advice('pdf')}")
            if read_in_part(response):
                probing.note("body: longer than read")
            if response.body_failure is not None:
                probing.note(f"body: {response.body_failure.cause.removeprefix('body-')}")
        if ruling.cause == "dns-not-found" and self.names is not None:
            probing.note(await self._domain(host_key(facts.trip.url), self.names))

    async def _domain(self, host: str, names: NameLookup) -> str:
        """Say whether the registrable domain is gone, or only the host below it."""
        domain = registrable(host)
        if domain != host and await names.lookup(domain) is None:
            return "dns: domain answers, host gone"
        return "dns: domain gone"

    def _report(
        self,
        request: CheckRequest,
        facts: ProbeFacts,
        ruling: Ruling,
        tested: "_Tested",
        probing: Probing,
    ) -> CheckReport:
        trip, response = facts.trip, facts.response
        readable = ruling.outcome.readable
        page = trip.page if readable else None
        seen = response if readable else None
        unchanged = facts.status == 304 and facts.conditional
        observation = Observation(
            source=request.source.canonical_url,
            url=masked(request.source.url),
            observed_at=self.clock(),
            outcome=ruling.outcome,
            cause=ruling.cause,
            phase=ruling.phase,
            confidence=ruling.confidence,
            http_status=response.status if response is not None else None,
            final_url=trip.final_url if probing.attempts else None,
            permanent_target=moved_to(facts) if ruling.outcome is Outcome.MOVED else None,
            hops=tuple(trip.hops),
            notes=tuple(probing.notes),
            evidence=ruling.evidence,
            attempts=tuple(probing.attempts),
            retry_after_s=probing.retry_after_s,
            tls=probing.tls if readable else None,
            title=page.title if page is not None else None,
            published=page.published if page is not None else None,
            words=page.words if page is not None else None,
            fingerprint=_fingerprint(page.visible) if page is not None else None,
            content_type=seen.header("content-type") if seen is not None else None,
            etag=seen.header("etag") if seen is not None else None,
            last_modified=seen.header("last-modified") if seen is not None else None,
            unchanged=unchanged,
        )
        if unchanged and request.previous is not None:
            observation = _carried(observation, request.previous)
            return CheckReport(observation=observation, facts=dict(request.previous_facts))
        return CheckReport(observation=observation, facts=_citation_facts(request, ruling, tested), page=page)


_Reading = tuple[dict[str, QuoteResult], ProbeFacts, Ruling]
"""Quotes as they stand on the page, what was learnt, and what it amounts to."""


def _read(
    request: CheckRequest, trip: Trip, treatment: Treatment
) -> tuple[dict[str, QuoteResult], ProbeFacts]:
    quotes = _quotes(request, trip)
    return quotes, _facts(request, trip, treatment, quotes)


def _facts(
    request: CheckRequest, trip: Trip, treatment: Treatment, quotes: Mapping[str, QuoteResult]
) -> ProbeFacts:
    """Read off an answer everything that classifying needs."""
    facts = ProbeFacts(
        requested=_requestable(request.source.url),
        trip=trip,
        treatment=treatment,
        quoted=any(result.match is QuoteMatch.FOUND for result in quotes.values()),
        conditional=_validators(request) is not None,
    )
    response, page = facts.response, trip.page
    if response is None or trip.first_hop:
        return facts
    # A page that says the quote is the page (`classify`): nothing else is asked of it.
    if facts.quoted and facts.success:
        return facts
    # What is no text (a picture, a film) holds no marks of walls; looking for them would cost the most.
    body = response.body if page is not None else b""
    missing_url = url_says_missing(trip.url) if trip.hops and not url_says_missing(facts.requested) else None
    hosts = [host_key(facts.requested), *(host_key(hop.location) for hop in trip.hops)]
    passed = (parked(stub, answer.body, hosts) for stub, answer in trip.stubs)
    sold = next((found for found in passed if found is not None), None)
    found = stand_in(
        response.status, response.headers, page, body, hosts, final_url=trip.url, asked_url=facts.requested
    )
    titles = [title for title in request.titles.values() if title] if page is not None else []
    return replaced(
        facts,
        wall=found.wall,
        missing_url=missing_url,
        titled=page is not None and any(title_matches(title, page) for title in titles),
        parked=sold or found.parked,
        error_page=found.error_page,
        failing=found.failure,
    )


def _not_found(trip: Trip) -> bool:
    return isinstance(trip.answer, FetchResponse) and trip.answer.status in (404, 410)


def _requestable(url: str) -> str:
    target = parse_target(url)
    return target.url if isinstance(target, Target) else url


def _validators(request: CheckRequest) -> Validators | None:
    """Return conditional headers where a 304 would answer every question asked (RFC 9110 §13)."""
    previous = request.previous
    if previous is None or not previous.outcome.readable or previous.final_url is None:
        return None
    asked = {*request.titles, *request.quotes}
    if not asked <= set(request.previous_facts):
        return None
    headers = {}
    if previous.etag:
        headers["If-None-Match"] = previous.etag
    if previous.last_modified:
        headers["If-Modified-Since"] = previous.last_modified
    if not headers:
        return None
    return Validators(_requestable(previous.final_url), headers)


def _carried(observation: Observation, previous: Observation) -> Observation:
    """Return an unchanged observation with what is still known of the page."""
    return replaced(
        observation,
        outcome=previous.outcome if previous.outcome.readable else observation.outcome,
        cause=previous.cause,
        permanent_target=previous.permanent_target,
        title=previous.title,
        published=previous.published,
        content_type=previous.content_type,
        etag=previous.etag,
        last_modified=previous.last_modified,
        fingerprint=previous.fingerprint,
        words=previous.words,
    )


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _quotes(request: CheckRequest, trip: Trip) -> dict[str, QuoteResult]:
    """Test every quote against what was read."""
    if isinstance(trip.answer, FetchFailure):
        return {}
    if trip.answer.status == 304:
        return {key: facts.quote for key, facts in request.previous_facts.items()}
    return {key: _quote(quote, trip) for key, quote in request.quotes.items()}


def _quote(quote: str, trip: Trip) -> QuoteResult:
    result = match_quote(quote, trip.page)
    answer = trip.answer
    if result.match is QuoteMatch.ABSENT and isinstance(answer, FetchResponse):
        if read_in_part(answer):
            return QuoteResult(match=QuoteMatch.UNKNOWN, reason="the page is longer than what was read")
        if answer.body_failure is not None:
            return QuoteResult(match=QuoteMatch.UNKNOWN, reason="the page broke off")
    return result


@dataclass(frozen=True, slots=True)
class _Tested:
    """What was found for single citations: their quotes, and the keys of those whose fragment is missing."""

    quotes: Mapping[str, QuoteResult]
    astray: frozenset[str]


def _fragments_astray(request: CheckRequest, ruling: Ruling, facts: ProbeFacts) -> frozenset[str]:
    """Return the keys of the citations whose fragment names nothing on the page that was read."""
    response = facts.response
    if response is None or not ruling.outcome.readable or not 200 <= response.status < 300:
        return frozenset()
    # A redirect that names a place of its own replaces whatever was cited.
    replaced = facts.trip.fragment != fragment_of(request.source.url)
    if replaced or not facts.treatment.kind.fragments:
        return frozenset()
    return missing_fragments(request.fragments, response)


def _citation_facts(request: CheckRequest, ruling: Ruling, tested: _Tested) -> dict[str, CitationFacts]:
    facts = {}
    for key in {**request.titles, **request.quotes}:
        if key not in request.quotes:
            result = QuoteResult(match=QuoteMatch.NONE)
        elif not ruling.outcome.readable:
            reason = f"no readable page: {ruling.outcome}" + (f" ({ruling.cause})" if ruling.cause else "")
            result = QuoteResult(match=QuoteMatch.UNKNOWN, reason=reason)
        else:
            result = tested.quotes.get(key, QuoteResult(match=QuoteMatch.UNKNOWN, reason="no page was read"))
        facts[key] = CitationFacts(citation=key, quote=result, fragment_missing=key in tested.astray)
    return facts


def _landing(ruling: Ruling, facts: ProbeFacts) -> Ruling:
    """A registered name whose landing page refuses us is alive: the redirect proved it."""
    registered = facts.trip.hops and facts.treatment.first_hop
    if not registered or ruling.outcome in (Outcome.ALIVE, Outcome.MOVED, Outcome.REFUSED):
        return ruling
    hop = facts.trip.hops[0]
    return Ruling(
        outcome=Outcome.ALIVE,
        evidence=(Evidence("redirect", f"{hop.status} to {hop.location}"), *ruling.evidence),
        notes=(*ruling.notes, f"landing page: {ruling.outcome}"),
    )
