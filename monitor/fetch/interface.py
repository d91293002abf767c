"""One HTTP request as data, and the Protocol every transport keeps."""

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from msgspec import Struct, field

from monitor.model.observation import Hop, Phase


class FetchRequest(Struct, frozen=True, kw_only=True):
    """One request; redirects are never followed by a transport.

    `url` is sent as written (already percent-encoded where it must be). `max_body_bytes` caps the
    decoded body: reading stops there and the response is marked truncated. With `stop_after_s`
    the body is read no longer than that and what came is kept. `verify_tls` is false only to learn the
    status behind a bad certificate. Cookies travel in `headers`: a transport keeps none.
    A request whose `headers` name no User-Agent carries the transport's own.
    `media_cap_bytes` caps bodies whose media type holds no text (images, sound, video, fonts, archives).
    `once` forbids the client's own second try on a kept-alive connection that broke: whoever counts
    requests against a limit must see each of them.
    `lenient` reads the answer of a server whose framing the strict parser refused: one more try.
    `http2` asks a server that speaks nothing else: one more try, https and GET only.
    `still` is asked once the connection stands, which may take long: at a no nothing is sent, and the
    failure's cause is "not-sent".
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    timeout_s: float = 30.0
    connect_timeout_s: float = 10.0
    max_body_bytes: int = 2_000_000
    verify_tls: bool = True
    stop_after_s: float | None = None
    media_cap_bytes: int | None = None
    once: bool = False
    lenient: bool = False
    http2: bool = False
    still: Callable[[], bool] | None = None


class FetchFailure(Struct, frozen=True, kw_only=True, gc=False):
    """Why no usable answer came. `detail` is the library's own words, shortened."""

    phase: Phase
    cause: str
    detail: str = ""


class FetchResponse(Struct, frozen=True, kw_only=True, gc=False):
    """An answer. `headers` keeps order and repetitions, names in lower case, values decoded as latin-1.

    `location` is the Location header's raw value made requestable (bytes kept, percent-encoded).
    `body` is decoded (gzip, deflate, br as announced or sniffed). `body_failure` is set where the
    status and headers came but the body broke off; `truncated` where the cap was reached.
    `unfinished` marks a compressed body without its end mark: the length was right, the text is not whole.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    location: str | None = None
    body: bytes = b""
    truncated: bool = False
    unfinished: bool = False
    body_failure: FetchFailure | None = None
    duration_s: float = 0.0

    def __repr__(self) -> str:
        """Name the answer without its body."""
        told = (self.url, self.status, self.headers, f"{len(self.body)} bytes", self.body_failure)
        return f"FetchResponse{told}"

    def header(self, name: str) -> str | None:
        """Return the first value of a header, or None."""
        name = name.lower()
        for key, value in self.headers:
            if key == name:
                return value
        return None


class Fetcher(Protocol):
    """A transport. Never raises for anything the far side or the network does."""

    async def fetch(self, request: FetchRequest) -> FetchResponse | FetchFailure:
        """Send one request and return the answer or the named failure."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...


@runtime_checkable
class NameLookup(Protocol):
    """A transport that can also say whether a name exists."""

    async def lookup(self, host: str) -> FetchFailure | None:
        """Return None where the name has an address, else the named failure (phase "dns")."""
        ...


class BrowserLook(Struct, frozen=True, kw_only=True, gc=False):
    """What a browser saw: the page as its scripts left it, as an answer whose body is that page's HTML.

    `hops` are the redirects of the page itself. `halted` tells that nothing was run: what came is the answer
    as sent. `picture` is the file of its screenshot, if one was asked for.
    """

    answer: FetchResponse | FetchFailure
    hops: tuple[Hop, ...] = ()
    halted: bool = False
    picture: str | None = None


class Browser(Protocol):
    """Shows a page as readers see it. Never raises for anything the far side or the browser does."""

    async def look(
        self,
        url: str,
        *,
        halt: Callable[[FetchResponse], bool],
        excluded: Callable[[str], str | None],
    ) -> BrowserLook:
        """Open a page, let its scripts fill it, and return what it shows.

        `halt` tells of each document that came, before any of its scripts runs, that none may. `excluded`
        says why an address must not be asked, or None.
        """
        ...

    async def close(self) -> None:
        """End the browser."""
        ...
