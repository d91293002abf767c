"""What every citation of a source is told: quotes, fragments, and what is kept of an unchanged page."""

import pytest

from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.model.observation import CitationFacts, Phase
from monitor.model.page import QuoteMatch, QuoteResult
from monitor.model.values import replaced
from tests.support.prose import page
from tests.support.scripted import URL, ScriptedFetcher, found, run
from tests.support.watching import Watch, request


async def test_every_citation_gets_its_facts() -> None:
    fetcher = ScriptedFetcher({URL: found(URL, page("The mill", "The weir was built of oak in 1911."))})
    asked = replaced(
        request(URL),
        titles={"quoted": None, "absent": None, "bare": None},
        quotes={
            "quoted": "The weir was built of oak in 1911.",
            "absent": "Nobody ever saw the bishop's elephant dance upon the frozen harbour.",
        },
    )
    (report,) = await run(fetcher, asked)
    matches = {key: facts.quote.match for key, facts in report.facts.items()}
    assert matches == {"quoted": "found", "absent": "absent", "bare": "none"}
    assert {facts.citation for facts in report.facts.values()} == set(matches)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (FetchFailure(phase=Phase.HTTP, cause="redirect-loop"), "unreachable"),
        (found(URL, status=404), "gone"),
        (found(URL, status=403), "blocked"),
        (found(URL, page("Page not found"), status=404), "gone"),
    ],
)
async def test_an_unread_quote_is_unknown_with_a_reason(
    answer: FetchResponse | FetchFailure, reason: str
) -> None:
    (report,) = await run(ScriptedFetcher({URL: answer}), request(URL, quote="The weir was built of oak"))
    quote = report.facts["k"].quote
    assert quote.match is QuoteMatch.UNKNOWN
    assert reason in quote.reason


async def test_a_quote_beyond_what_was_read_is_unknown() -> None:
    for change in (
        {"truncated": True},
        {"body_failure": FetchFailure(phase=Phase.BODY, cause="body-incomplete")},
    ):
        answer = replaced(found(URL, page("The mill")), **change)
        (report,) = await run(
            ScriptedFetcher({URL: answer}), request(URL, quote="A ship sailed over the hill at dawn")
        )
        assert report.observation.outcome == "alive"
        assert report.facts["k"].quote.match is QuoteMatch.UNKNOWN


async def test_the_quote_outranks_every_classifier() -> None:
    body = page("Page not found", "The weir was built of oak in 1911.", sentences=2)
    (report,) = await run(
        ScriptedFetcher({URL: found(URL, body)}), request(URL, quote="The weir was built of oak in 1911.")
    )
    assert report.observation.outcome == "alive"


async def test_an_unchanged_page_keeps_its_facts(watch: Watch) -> None:
    url = "http://conditional.zoo.test/page"
    (first,) = await watch.check([request(url, quote="Swans nest here.", title="Kept page")])
    again = request(
        url,
        quote="Swans nest here.",
        title="Kept page",
        previous=first.observation,
        previous_facts=first.facts,
    )
    (second,) = await watch.check([again])
    assert second.observation.unchanged
    assert second.observation.http_status == 304
    assert second.observation.requests == 1
    assert second.facts == first.facts
    for name in ("outcome", "title", "fingerprint", "etag", "last_modified", "words"):
        assert getattr(second.observation, name) == getattr(first.observation, name)
    asked = watch.zoo.asked["conditional.zoo.test"][-1]
    assert asked.headers["if-none-match"] == '"v1"'
    assert asked.headers["if-modified-since"] == "Tue, 03 Feb 2015 10:00:00 GMT"


async def test_a_new_citation_needs_the_whole_page(watch: Watch) -> None:
    url = "http://conditional.zoo.test/page"
    (first,) = await watch.check([request(url, quote="Swans nest here.")])
    other = replaced(
        request(url, previous=first.observation, previous_facts=first.facts), titles={"k": None, "new": None}
    )
    (second,) = await watch.check([other])
    assert not second.observation.unchanged
    assert second.observation.http_status == 200


async def test_a_changed_page_is_read_again() -> None:
    fetcher = ScriptedFetcher({URL: found(URL, page("New text"), etag='"v2"')})
    (first,) = await run(ScriptedFetcher({URL: found(URL, page("Old text"), etag='"v1"')}), request(URL))
    facts = {"k": CitationFacts(citation="k", quote=QuoteResult(match=QuoteMatch.NONE))}
    (second,) = await run(fetcher, request(URL, previous=first.observation, previous_facts=facts))
    assert fetcher.asked[0].headers["If-None-Match"] == '"v1"'
    assert second.observation.fingerprint != first.observation.fingerprint
    assert second.observation.etag == '"v2"'


async def test_fragments_are_judged_per_citation_and_the_page_is_asked_once() -> None:
    fetcher = ScriptedFetcher({URL: found(URL, page("The mill", '<h2 id="there">Weir</h2>'))})
    asked = replaced(
        request(f"{URL}#there", title="The mill"),
        titles={"one": "The mill", "two": "The mill", "whole": "The mill"},
        fragments={"one": "there", "two": "missing"},
    )
    (report,) = await run(fetcher, asked)
    assert len(fetcher.asked) == 1
    assert {key: one.fragment_missing for key, one in report.facts.items()} == {
        "one": False,
        "two": True,
        "whole": False,
    }
    assert not any("fragment" in note for note in report.observation.notes)
