"""The hard cases of link checking, as data: what a server does and what must be said of it.

Numbers are those of the project's catalogue of 112 hard cases; those above were met since. "Suspect" there is any failing outcome
here: one observation is a strike, the judge's room decides about death. Where another room owns
(part of) a case, `room` says which, and what stands here is the checker's part. Where the verdict
differs from the catalogue, `differs` says why.
"""

from dataclasses import dataclass

Z = "zoo.test"


@dataclass(frozen=True)
class Case:
    number: int
    what: str
    url: str
    outcome: str
    cause: str | None = None
    notes: tuple[str, ...] = ()
    phase: str | None = None
    requests: int | None = None
    quote: str | None = None
    status: int | None = None
    final: str | None = None
    target: str | None = None
    names: bool = False
    astray: bool = False
    """The page has no such place as the address's fragment names."""
    room: str = ""
    differs: str = ""

    @property
    def id(self) -> str:
        return f"{self.number:03d}-{self.what.replace(' ', '-')}"


def _h(name: str, path: str = "/") -> str:
    return f"http://{name}.{Z}{path}"


STATUSES = [
    Case(1, "200", _h("fine", "/page"), "alive", requests=2, status=200),
    Case(2, "201", _h("status", "/201"), "alive"),
    Case(2, "202", _h("status", "/202"), "alive"),
    Case(2, "204", _h("status", "/204"), "alive", notes=("no content",), requests=1),
    Case(2, "206", _h("status", "/206"), "alive"),
    Case(3, "202 challenge", _h("walls", "/aws-202"), "blocked", "challenge"),
    Case(4, "203", _h("status", "/203"), "alive"),
    Case(5, "304 unasked", _h("conditional", "/rude"), "alive", notes=("status: 304",)),
    Case(6, "103 then 200", _h("interim", "/103"), "alive", status=200),
    Case(6, "100 then 200", _h("interim", "/100"), "alive", status=200),
    Case(6, "102 then 200", _h("interim", "/102"), "alive", status=200),
    Case(7, "400", _h("status", "/400"), "unreachable", "bad-request", phase="http", requests=2),
    Case(7, "400 to programs only", _h("wants-browser", "/400"), "alive"),
    Case(8, "401", _h("status", "/401"), "blocked", "login"),
    Case(9, "402", _h("status", "/402"), "blocked", "paywall"),
    Case(9, "407", _h("status", "/407"), "blocked", "proxy-login"),
    Case(9, "412", _h("status", "/412"), "blocked", "precondition"),
    Case(9, "428", _h("status", "/428"), "blocked", "precondition"),
    Case(9, "440", _h("status", "/440"), "blocked", "login"),
    Case(9, "449", _h("status", "/449"), "blocked", "bot-wall"),
    Case(9, "451", _h("status", "/451"), "blocked", "legal",
         differs="the catalogue says alive with a legal note; the page was not seen, so the design's word holds"),
    Case(10, "403 plain", _h("walls", "/plain-403"), "blocked", "forbidden", requests=2),
    Case(11, "403 cf-mitigated", _h("walls", "/cloudflare-403"), "blocked", "challenge", notes=("wall: Cloudflare",),
         requests=1),
    Case(12, "HEAD 404 GET 200", _h("head-lies", "/404"), "alive"),
    Case(13, "404", _h("status", "/404"), "gone", "not-found", requests=2),
    Case(14, "HEAD 405 GET 200", _h("head-lies", "/405"), "alive"),
    Case(14, "HEAD 501 GET 200", _h("head-lies", "/501"), "alive"),
    Case(15, "HEAD 404 GET 403", _h("head-404-get-403"), "blocked", "forbidden"),
    Case(16, "410", _h("status", "/410"), "gone", "gone", room="judge: one strike fewer"),
    Case(17, "429 then 200", _h("limited", "/once"), "alive"),
    Case(18, "429 for ever", _h("limited", "/for-ever"), "rate-limited", "too-many-requests", requests=3),
    Case(19, "500", _h("status", "/500"), "server-error", "http-500", requests=3),
    Case(19, "500 twice then 200", _h("flaky", "/500"), "alive"),
    Case(19, "502", _h("status", "/502"), "server-error", "http-502"),
    Case(19, "504", _h("status", "/504"), "server-error", "http-504"),
    Case(20, "503", _h("status", "/503"), "server-error", "http-503"),
    *(
        Case(21, str(code), _h("status", f"/{code}"), "server-error", f"http-{code}", requests=1)
        for code in range(520, 531)
    ),
    Case(22, "999", _h("walls", "/linkedin"), "blocked", "bot-wall", notes=("wall: LinkedIn",)),
    Case(23, "status 9999", _h("wire", "/status-9999"), "unreachable", "bad-http", phase="http"),
    Case(23, "status abc", _h("wire", "/status-text"), "unreachable", "bad-http", phase="http"),
    *(
        Case(113, f"{name} speaks only HTTP/2", f"https://{name}.{Z}/page", "alive",
             notes=("http: only HTTP/2",), quote="The weir was built of oak in 1911.", status=200)
        for name in ("h2-only", "h2-upgrade", "h2-node")
    ),
    Case(113, "redirect over HTTP/2", f"https://h2-only.{Z}/old", "moved", target=f"https://h2-only.{Z}/page"),
    Case(113, "missing over HTTP/2", f"https://h2-only.{Z}/none", "gone", "not-found"),
    Case(113, "breaks off over HTTP/2", f"https://h2-only.{Z}/broken", "alive", notes=("body: incomplete",)),
    Case(113, "stream reset over HTTP/2", f"https://h2-only.{Z}/reset", "unreachable", "bad-http"),
    Case(113, "no frames over HTTP/2", f"https://h2-only.{Z}/junk", "unreachable", "bad-http"),
    Case(114, "421", _h("status", "/421"), "unchecked", "misdirected"),
    Case(114, "426", _h("status", "/426"), "unchecked", "upgrade-required", requests=1),
    Case(114, "505", _h("status", "/505"), "unchecked", "http-version"),
    Case(114, "511", _h("status", "/511"), "unchecked", "captive-network"),
    Case(115, "405", _h("status", "/405"), "unreachable", "method-refused", phase="http", requests=2),
    Case(115, "406", _h("status", "/406"), "unreachable", "not-acceptable", phase="http", requests=2),
    Case(115, "403 to programs only", _h("wants-browser", "/403"), "alive", notes=("answers differ",)),
    Case(115, "406 to programs and 404 to browsers", _h("wants-browser", "/406-404"), "gone", "not-found",
         notes=("answers differ",)),
    Case(115, "403 to programs and 404 to browsers", _h("wants-browser", "/403-404"), "blocked", "forbidden"),
    Case(24, "no reason phrase", _h("wire", "/no-reason"), "alive", requests=2),
]  # fmt: skip

LIMITS = [
    Case(25, "Retry-After 10", _h("limited", "/seconds"), "alive"),
    Case(26, "Retry-After date", _h("limited", "/date"), "alive", room="zones of the date: test_retry"),
    Case(27, "Retry-After 3s", _h("limited", "/three"), "alive", room="all spellings: test_retry"),
    Case(27, "Retry-After 1m30s beyond the cap", _h("limited", "/text"), "rate-limited", "too-many-requests"),
    Case(28, "Retry-After junk", _h("limited", "/junk"), "alive"),
    Case(29, "Retry-After absent for ever", _h("limited", "/absent"), "rate-limited", requests=3,
         differs="10 s doubling instead of 60: a nightly run asks again, and CI must not stand for minutes"),
    Case(30, "second 429 asks for more", _h("limited", "/longer"), "alive"),
    Case(31, "Retry-After of a day", _h("limited", "/day"), "rate-limited", requests=1,
         room="store: next_check_at from retry_after_s"),
    Case(32, "200 with used-up limit GitHub", _h("exhausted", "/github"), "alive"),
    Case(32, "200 with used-up limit GitLab", _h("exhausted", "/gitlab"), "alive"),
    Case(32, "200 with used-up limit IETF", _h("exhausted", "/ietf"), "alive"),
    Case(33, "429 on HEAD only", _h("head-lies", "/429"), "alive"),
]  # fmt: skip

REDIRECTS = [
    Case(35, "301 to 200", _h("moves", "/301"), "moved", "permanent-redirect", target=_h("moves", "/new")),
    Case(35, "308 to 200", _h("moves", "/308"), "moved", target=_h("moves", "/new")),
    Case(35, "301 to another site", _h("moves", "/to-other-site"), "moved", target=_h("fine", "/page/mill")),
    Case(36, "302 to 200", _h("moves", "/302"), "alive", final=_h("moves", "/new")),
    Case(36, "303 to 200", _h("moves", "/303"), "alive"),
    Case(36, "307 to 200", _h("moves", "/307"), "alive"),
    Case(37, "301 then 302", _h("moves", "/301-302"), "moved", target=_h("moves", "/302"),
         final=_h("moves", "/new")),
    Case(37, "302 then 301", _h("moves", "/302-301"), "alive"),
    Case(38, "301 to 404", _h("moves", "/to-missing"), "gone", "not-found", final=_h("moves", "/gone-page")),
    Case(39, "loop", _h("moves", "/loop"), "unreachable", "redirect-loop", phase="http"),
    Case(39, "loop of two", _h("moves", "/loop-a"), "unreachable", "redirect-loop"),
    Case(39, "endless new cookies", _h("cookie-loop", "/x"), "unreachable", "too-many-redirects"),
    Case(40, "twenty redirects", _h("moves", "/count-20"), "alive"),
    Case(40, "twenty-one redirects", _h("moves", "/count-21"), "unreachable", "too-many-redirects"),
    Case(41, "HEAD loops GET 200", _h("head-lies", "/loop"), "alive"),
    Case(42, "302 to itself with cookie", _h("needs-cookie", "/page"), "alive"),
    Case(43, "3xx without Location", _h("moves", "/no-location"), "alive", notes=("status: 302",)),
    Case(43, "3xx without Location or body", _h("moves", "/no-location-bare"), "unreachable",
         "redirect-without-target"),
    Case(44, "empty Location", _h("moves", "/empty-location"), "alive", notes=("status: 301",)),
    Case(45, "unparsable Location", _h("moves", "/bad-location"), "unreachable", "bad-redirect"),
    Case(45, "Location with a bad port", _h("moves", "/bad-port"), "unreachable", "bad-redirect"),
    Case(45, "Location with a bad host", _h("moves", "/bad-host"), "unreachable", "bad-redirect"),
    Case(116, "deep link to its section's index", _h("moves", "/news/2011/ferry"), "alive",
         notes=("redirect: leads up",), final=_h("moves", "/news/")),
    Case(116, "the quote stands on the section's index", _h("moves", "/news/2011/weir"), "moved",
         target=_h("moves", "/news/"), quote="All our reports, newest first."),
    Case(116, "index file to its folder", _h("moves", "/docs/index.html"), "alive", final=_h("moves", "/docs/")),
    Case(116, "index file with a query to the root", _h("root-for-index", "/index.html?x"), "alive",
         final=_h("root-for-index", "/")),
    Case(117, "306 with a page", _h("status", "/306"), "alive", notes=("status: 306 without a target",)),
    Case(117, "306 without a page", _h("status", "/306/bare"), "unreachable", "redirect-without-target"),
    Case(117, "301 without Location", _h("status", "/301/bare"), "unreachable", "redirect-without-target",
         phase="http", status=301),
    Case(117, "empty 200", _h("status", "/200/bare"), "alive", notes=("empty page",)),
    Case(118, "one short answer for every path", _h("short-for-all", "/a/report"), "soft-404", "same-as-sibling"),
    Case(118, "a short page of its own", _h("short-page", "/a/report"), "alive"),
    Case(46, "relative Location", _h("moves", "/dir/relative"), "alive", final=_h("moves", "/dir/target")),
    Case(46, "scheme-relative Location", _h("moves", "/scheme-relative"), "alive", final=_h("fine", "/page")),
    Case(46, "query-only Location", _h("moves", "/query"), "alive", final=_h("moves", "/query?step=2")),
    Case(46, "Location with a backslash", _h("moves", "/backslash"), "alive", final=_h("moves", "/new")),
    Case(46, "scheme-relative Location with backslashes", _h("moves", "/backslash-host"), "alive",
         final=_h("fine", "/page")),
    Case(47, "Location in raw UTF-8", _h("moves", "/utf8"), "alive"),
    Case(47, "Location with a blank", _h("moves", "/space"), "alive"),
    Case(48, "Location in latin-1", _h("moves", "/latin1"), "alive", final=_h("moves", "/caf%E9")),
    Case(49, "redirect to ftp", _h("moves", "/to-ftp"), "unreachable", "redirect-scheme"),
    Case(49, "redirect to file", _h("moves", "/to-file"), "unreachable", "redirect-scheme"),
    Case(49, "redirect to mailto", _h("moves", "/to-mailto"), "unreachable", "redirect-scheme"),
    Case(49, "redirect to javascript", _h("moves", "/to-javascript"), "unreachable", "redirect-scheme"),
    Case(50, "redirect to 10.x", _h("moves", "/to-private"), "refused", "private-address"),
    Case(50, "redirect to metadata service", _h("moves", "/to-metadata"), "refused", "private-address"),
    Case(50, "redirect to mapped IPv6", _h("moves", "/to-mapped"), "refused", "private-address"),
    Case(50, "redirect to decimal address", _h("moves", "/to-decimal"), "refused", "private-address"),
    Case(50, "redirect to localhost", _h("moves", "/to-localhost"), "refused", "private-address"),
    Case(51, "http to https with broken TLS", _h("moves", "/to-expired"), "unreachable", "tls-expired",
         notes=("tls: expired",), phase="tls"),
    Case(53, "fragment carried along", _h("moves", "/fragment") + "#part", "alive", astray=True,
         final=_h("moves", "/new") + "#part"),
    Case(53, "redirect's own fragment wins", _h("moves", "/own-fragment") + "#part", "alive",
         final=_h("moves", "/new") + "#other"),
    Case(54, "slash only", _h("slashes", "/dir"), "alive", final=_h("slashes", "/dir/")),
    Case(54, "case only", _h("slashes", "/Case"), "alive"),
    Case(55, "deep link to home", _h("home-for-all", "/reports/1998.html"), "soft-404", "redirect-home"),
    Case(55, "deep link to home for good", _h("home-for-all", "/old/report"), "soft-404", "redirect-home"),
    Case(55, "deep link to a language's home", _h("home-for-all", "/to-a-language"), "soft-404", "redirect-home"),
    Case(55, "root to /en/", _h("root-to-en", "/"), "alive"),
    Case(56, "final URL 404.html", _h("error-address", "/a"), "soft-404", "missing-url"),
    Case(56, "final URL notfound", _h("error-address", "/b"), "soft-404", "missing-url"),
    Case(56, "final URL error=404", _h("error-address", "/c"), "soft-404", "missing-url"),
    Case(57, "to a login page", _h("login-wall", "/a"), "blocked", "login"),
    Case(57, "to a sign-in host", _h("login-wall", "/b"), "blocked", "login"),
    Case(57, "to a consent host", _h("login-wall", "/c"), "blocked", "consent"),
    Case(57, "to sign_in", _h("login-wall", "/d"), "blocked", "login"),
    Case(58, "to ww1", _h("parked", "/to-ww1"), "parked", "parked"),
    Case(58, "to a domain market", _h("parked", "/to-market"), "parked", "parked"),
    Case(59, "meta refresh", _h("stubs", "/meta"), "alive", final=_h("stubs", "/meta-target")),
    Case(59, "script redirect", _h("stubs", "/script"), "alive", final=_h("stubs", "/meta-target")),
    Case(59, "script replace", _h("stubs", "/replace"), "alive", final=_h("stubs", "/meta-target")),
    Case(59, "Refresh header", _h("stubs", "/header"), "alive", final=_h("stubs", "/meta-target")),
    Case(59, "meta refresh to a missing page", _h("stubs", "/meta-missing"), "gone", "not-found"),
    Case(59, "page that reloads later", _h("stubs", "/reload"), "alive", final=_h("stubs", "/reload")),
    Case(59, "page that reloads itself", _h("stubs", "/self"), "alive", final=_h("stubs", "/self")),
    Case(59, "two stubs in a circle", _h("stub-loop", "/a"), "unreachable", "redirect-loop"),
    Case(60, "redirect to an excluded host", _h("moves", "/to-excluded"), "refused", "excluded"),
    Case(61, "to https of the same path", _h("slashes", "/up"), "alive"),
    Case(61, "to www of the same path", _h("bare-to-www", "/page"), "alive"),
]  # fmt: skip

NETWORK = [
    Case(62, "NXDOMAIN", "http://nothing.example/", "unreachable", "dns-not-found",
         notes=("dns: domain gone",), phase="dns", names=True, requests=1),
    Case(62, "NXDOMAIN of a host only", "http://gone-host.living.example/a", "unreachable", "dns-not-found",
         notes=("dns: domain answers, host gone",), names=True),
    Case(62, "name under .invalid", "http://no.such.invalid/", "unreachable", "dns-not-found"),
    Case(63, "EAI_AGAIN", "http://weather.example/", "unreachable", "dns-temporary", phase="dns", names=True,
         room="judge: no strike"),
    Case(63, "name without address", "http://no-address.example/", "unreachable", "dns-no-address", names=True),
    Case(65, "refused", _h("refused", "/x"), "unreachable", "connect-refused", phase="connect"),
    Case(66, "reset on HEAD GET fine", _h("head-lies", "/reset"), "alive"),
    Case(67, "reset then fine", _h("flaky", "/reset"), "alive"),
    Case(67, "reset in the TLS handshake then fine", f"https://tls-reset-once.{Z}/page", "alive"),
    Case(68, "closed without a byte", _h("rude", "/close"), "unreachable", "disconnected", phase="http"),
    Case(68, "closed without reading", _h("empty-reply", "/"), "unreachable"),
    Case(68, "closed once then fine", _h("flaky", "/close"), "alive"),
    Case(68, "reset always", _h("rude", "/reset"), "unreachable", "connection-reset"),
    Case(68, "closed within the head", _h("rude", "/half-head"), "unreachable"),
    Case(69, "no answer in time", _h("slow", "/late"), "unreachable", "timeout", phase="http", requests=2),
    Case(69, "head drips for ever", _h("slow", "/drip-head"), "unreachable", "timeout"),
    Case(69, "TLS handshake hangs", f"https://tls-mute.{Z}/", "unreachable", "connect-timeout"),
    Case(70, "HEAD hangs GET answers", _h("head-lies", "/hang"), "alive"),
    Case(71, "body drips for ever", _h("slow", "/drip"), "alive", notes=("body: timeout",),
         quote="The weir was built of oak in 1911."),
    Case(72, "expired certificate", f"https://tls-expired.{Z}/page", "alive", notes=("tls: expired",)),
    Case(72, "not yet valid certificate", f"https://tls-not-yet.{Z}/page", "alive", notes=("tls: not-yet-valid",)),
    Case(72, "expired certificate and 404", f"https://tls-expired-gone.{Z}/page", "gone", "not-found",
         notes=("tls: expired",)),
    Case(73, "self-signed", f"https://tls-self-signed.{Z}/page", "alive", notes=("tls: self-signed",)),
    Case(73, "unknown authority", f"https://tls-stranger.{Z}/page", "alive", notes=("tls: ",)),
    Case(74, "host mismatch", f"https://tls-wrong-host.{Z}/page", "unreachable", "tls-host-mismatch",
         notes=("tls: host-mismatch",), phase="tls"),
    Case(75, "missing intermediate", f"https://tls-incomplete.{Z}/page", "alive", notes=("tls: incomplete-chain",)),
    Case(75, "TLS 1.1 only", f"https://tls-old.{Z}/page", "alive", notes=("tls: ",)),
    Case(76, "https on a plain port", f"https://plain-on-443.{Z}/page", "unreachable", "tls-not-spoken",
         phase="tls"),
    *(
        Case(78, f"resolves to a special address {letter}", f"http://private-{letter}.example/", "refused",
             "private-address", names=True)
        for letter in "abcdef"
    ),
    Case(78, "private literal", "http://192.168.1.1/", "refused", "private-address"),
    Case(78, "loopback literal", "http://127.0.0.1:8080/", "refused", "private-address"),
    Case(78, "octal literal", "http://0177.0.0.1/", "refused", "private-address"),
    Case(78, "hexadecimal literal", "http://0x7f000001/", "refused", "private-address"),
    Case(78, "short literal", "http://127.1/", "refused", "private-address"),
    Case(78, "IPv6 loopback", "http://[::1]/", "refused", "private-address"),
    Case(78, "mapped IPv6", "http://[::ffff:10.0.0.1]/", "refused", "private-address"),
    Case(78, "NAT64", "http://[64:ff9b::a00:1]/", "refused", "private-address"),
    Case(78, "fullwidth digits", "http://１２７.0.0.1/", "refused", "private-address"),
    Case(78, "localhost", "http://localhost/", "refused", "private-address"),
]  # fmt: skip

BODIES = [
    Case(79, "HEAD answered with a body", _h("head-lies", "/body"), "alive"),
    Case(80, "204 with a body", _h("wire", "/body-on-204"), "alive", notes=("no content",)),
    Case(80, "304 with a body", _h("wire", "/body-on-304"), "alive"),
    Case(81, "header of 60 kB", _h("wire", "/giant-header"), "alive"),
    Case(81, "Location of 9 kB", _h("wire", "/long-location"), "gone", "not-found", final="*"),
    Case(81, "400 headers", _h("wire", "/many-headers"), "alive"),
    Case(82, "60 cookies", _h("wire", "/giant-cookie"), "alive"),
    Case(83, "malformed Set-Cookie", _h("wire", "/bad-cookie"), "alive"),
    Case(84, "two lengths", _h("wire", "/two-lengths"), "unreachable", "bad-http", phase="http"),
    Case(84, "length and chunks", _h("wire", "/length-and-chunks"), "unreachable", "bad-http"),
    Case(84, "bad chunk", _h("wire", "/bad-chunk"), "unreachable", "bad-chunking", phase="http"),
    Case(84, "bad second chunk", _h("wire", "/bad-second-chunk"), "alive", notes=("body: incomplete",),
         quote="The weir was built of oak in 1911."),
    Case(84, "length that is no number", _h("wire", "/bad-length"), "unreachable", "bad-http"),
    Case(84, "header without a colon", _h("wire", "/no-colon"), "unreachable", "bad-http"),
    Case(84, "space before colon", _h("wire", "/space-before-colon"), "alive",
         differs="the parser reads it safely and the page stands there: a living page is not called broken"),
    Case(84, "same length twice", _h("wire", "/same-length-twice"), "alive", notes=("http: bad framing",),
         differs="equal lengths contradict nothing (RFC 9110 §8.6 lets a recipient take them as one)"),
    Case(85, "no status line", _h("wire", "/http-0.9"), "unreachable", "bad-http", phase="http"),
    Case(86, "shorter than announced", _h("wire", "/short"), "alive", notes=("body: incomplete",),
         quote="The weir was built of oak in 1911."),
    Case(86, "chunks break off", _h("wire", "/chunks-cut"), "alive", notes=("body: incomplete",),
         quote="The weir was built of oak in 1911."),
    Case(86, "reset within the body", _h("rude", "/reset-in-body"), "alive", notes=("body: incomplete",)),
    Case(87, "claims gzip and is not", _h("wire", "/gzip-lie"), "alive",
         quote="The weir was built of oak in 1911.",
         differs="the page is read as it came, so the quote test is not skipped"),
    Case(87, "claims br and is not", _h("wire", "/br-lie"), "alive", quote="The weir was built of oak in 1911."),
    Case(87, "coding nobody offered", _h("wire", "/zstd"), "alive", notes=("body: encoding",)),
    Case(87, "claims gzip and is nothing", _h("wire", "/gzip-garbage"), "alive", notes=("body: encoding",)),
    Case(87, "unknown coding that codes nothing", _h("wire", "/odd-coding"), "alive",
         quote="The weir was built of oak in 1911."),
    Case(87, "gzip breaks off", _h("wire", "/gzip-cut"), "alive"),
    Case(88, "gzip bomb", _h("wire", "/gzip-bomb"), "alive", notes=("body: longer than read",),
         quote="The weir was built of oak in 1911."),
    Case(88, "brotli bomb", _h("wire", "/br-bomb"), "alive", quote="The weir was built of oak in 1911."),
    Case(88, "10 GB file", _h("slow", "/giant"), "alive", notes=("body: longer than read",)),
    Case(88, "endless page", _h("slow", "/endless"), "alive", quote="The weir was built of oak in 1911."),
    Case(89, "undecodable charset", _h("charsets", "/undecodable"), "alive"),
    Case(90, "no Content-Type", _h("wire", "/no-type"), "alive", quote="The weir was built of oak in 1911."),
    Case(91, "needs Accept text/html", _h("wants-html", "/crate"), "alive"),
    Case(92, "404 to programs 200 to browsers", _h("wants-browser", "/404"), "alive",
         notes=("answers differ",)),
    Case(92, "410 to programs 200 to browsers", _h("wants-browser", "/410"), "alive"),
]  # fmt: skip

FORMS = [
    Case(93, "%2F kept", _h("forms", "/a%2Fb"), "alive"),
    Case(94, "%7E kept", _h("forms", "/%7Eann/"), "alive"),
    Case(94, "%27 kept", _h("forms", "/it%27s"), "alive"),
    Case(94, "dots kept", _h("forms", "/a/../b"), "alive"),
    Case(94, "double slash kept", _h("forms", "/double//slash"), "alive"),
    Case(95, "IDN", f"http://mühle.{Z}/page", "alive"),
    Case(95, "punycode", f"http://xn--mhle-0ra.{Z}/page/2", "alive"),
    Case(96, "UTF-8 path encoded once", _h("forms", "/mühle"), "alive"),
    Case(96, "already encoded path", _h("forms", "/m%C3%BChle"), "alive"),
    Case(96, "Chinese path", _h("forms", "/中"), "alive"),
    Case(97, "%F6 kept", _h("forms", "/%F6l"), "alive"),
    Case(98, "plus", _h("forms", "/x+y"), "alive"),
    Case(98, "%20", _h("forms", "/x%20y"), "alive"),
    Case(98, "blank", _h("forms", "/x y"), "alive"),
    Case(98, "semicolons", _h("forms", "/a;b=1?c;d"), "alive"),
    Case(98, "pipe", _h("forms", "/p|q"), "alive"),
    Case(98, "empty query", _h("forms", "/q?"), "alive"),
    Case(99, "id=1", _h("forms", "/item?id=1"), "alive", room="identity: model/urls"),
    Case(99, "id=2", _h("forms", "/item?id=2"), "alive", room="identity: model/urls"),
    Case(100, "trailing period kept", _h("forms", "/trailing."), "alive", room="extract decides what the URL is"),
    Case(100, "trailing parenthesis kept", _h("forms", "/paren)"), "alive", room="extract"),
    Case(100, "trailing comma kept", _h("forms", "/comma,"), "alive", room="extract"),
    Case(101, "quote as host", 'http://"', "malformed", "bad-host", phase="url", requests=0),
    Case(101, "no host", "http:///x", "malformed", "no-host", requests=0),
    Case(101, "bad port", "http://a.example:99999/", "malformed", "bad-port", requests=0),
    Case(101, "bad IPv6", "http://[::1/", "malformed", requests=0),
    Case(101, "blank in host", "http://exa mple.org/", "malformed", "bad-host", requests=0),
    Case(101, "empty label", "http://a..example/", "malformed", "bad-host", requests=0),
    Case(101, "no scheme", "www.example.org/page", "malformed", "no-scheme", requests=0),
    Case(101, "misspelt scheme", "htp://www.example.org/", "malformed", "misspelt-scheme", requests=0),
    Case(101, "empty", "http://", "malformed", "no-host", requests=0),
    *(
        Case(102, text.partition(":")[0], text, "unsupported", "scheme", requests=0)
        for text in (
            "ftp://files.example/x", "mailto:a@example.org", "javascript:void(0)", "data:text/plain,x",
            "slack://channel", "chrome://about", "tel:+123", "file:///etc/hosts", "urn:isbn:123", "at://did:plc:x",
        )
    ),
    Case(103, "URL of 3000 characters", _h("forms", "/long/" + "x" * 3000), "alive", notes=("url: longer",)),
    Case(104, "fragment missing", _h("anchors", "/doc") + "#nowhere", "alive", astray=True),
    Case(104, "fragment of a redirect", _h("moves", "/to-anchors") + "#nowhere", "moved", astray=True,
         target=_h("anchors", "/doc")),
    Case(104, "ID in capitals", _h("anchors", "/doc") + "#Big", "alive"),
    Case(104, "id with a character reference", _h("anchors", "/doc") + "#q&a", "alive"),
    Case(104, "id in a comment", _h("anchors", "/doc") + "#commented", "alive", astray=True),
    Case(104, "id in a script", _h("anchors", "/doc") + "#scripted", "alive", astray=True),
    Case(104, "data-id", _h("anchors", "/doc") + "#data", "alive", astray=True),
    Case(104, "name of no anchor", _h("anchors", "/doc") + "#field", "alive", astray=True),
    Case(105, "text fragment", _h("anchors", "/doc") + "#:~:text=eel", "alive"),
    Case(106, "hash-bang route", _h("anchors", "/doc") + "#!/list", "alive"),
    Case(106, "hash route", _h("anchors", "/doc") + "#/list", "alive"),
    Case(107, "line mark", _h("anchors", "/doc") + "#L10", "alive"),
    Case(107, "user-content- anchor", _h("anchors", "/doc") + "#readme", "alive"),
    Case(107, "name attribute", _h("anchors", "/doc") + "#old-style", "alive"),
    Case(108, "percent-encoded id", _h("anchors", "/doc") + "#Gr%C3%B6%C3%9Fe", "alive"),
    Case(108, "id in another case", _h("anchors", "/doc") + "#Readme", "alive", astray=True),
    Case(109, "accepted error with a fragment", f"http://accepted.{Z}/x#part", "alive"),
]  # fmt: skip

CASES = [*STATUSES, *LIMITS, *REDIRECTS, *NETWORK, *BODIES, *FORMS]

ELSEWHERE = {
    34: "a 429 enters no cache: test_a_429_is_forgotten below; the store's room keeps observations, not answers",
    52: "nothing leaks to another origin: test_nothing_leaks below",
    64: "all hosts fail, the run is void: connected() in test_checker; the run guard is the judge's",
    77: "AAAA broken, A fine: tests/fetch, on real sockets",
    110: "100 copies of one URL: one Source per canonical URL (model/urls), collected by the pipeline",
    111: "an old state file: the store's migrations",
    112: "span-based replacement of a URL that is another's prefix: amend",
}
"""Cases with a test of their own, and cases that other rooms own."""
