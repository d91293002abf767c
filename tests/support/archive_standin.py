"""A stand-in for archive.org, written from its wire formats; fed by a list of captures.

`StandIn.answer` is the whole service as a function of one request, so that tests may call it in
process or behind real sockets (`tests.support.archive_server`). It keeps every request with its
time, enforces the limits (429, then the firewall) and misbehaves on demand (`faults`).
"""

import base64
import hashlib
import json
import re
import zlib
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

EXCLUDED = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
)
ROBOTS = EXCLUDED.replace(
    "AdministrativeAccessControlException: Blocked Site Error",
    "RobotAccessControlException: Blocked By Robots",
)
HAPROXY = "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>"
NGINX = "<html><head><title>429 Too Many Requests</title></head><body><h1>429 Too Many Requests</h1></body></html>"
FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


def surt(url):
    """Return the index key: host reversed without www, folded, port and slash dropped, query sorted."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    host = re.sub(r"^www\d*\.", "", (parts.hostname or "").lower())
    path = unquote(parts.path).lower().rstrip("/") or "/"
    query = urlencode(sorted(parse_qsl(parts.query.lower(), keep_blank_values=True)))
    return f"{','.join(reversed(host.split('.')))}){path}" + (f"?{query}" if query else "")


def when(stamp):
    return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One capture. `listed`: in the index; `playable`: replay can show it."""

    url: str
    stamp: str
    status: int = 200
    media: str = "text/html; charset=utf-8"
    body: bytes = b""
    location: str | None = None
    revisit: bool = False
    playable: bool = True
    listed: bool = True
    encoding: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    digest: str = ""
    key: str = ""
    """The index key it is filed under, if not that of its address."""

    @property
    def sha(self):
        return (
            self.digest or base64.b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()
        )

    def line(self):
        media = "warc/revisit" if self.revisit else self.media.split(";")[0]
        status = "-" if self.revisit else str(self.status)
        return [
            self.key or surt(self.url),
            self.stamp,
            self.url,
            media,
            status,
            self.sha,
            str(len(self.body) + 300),
        ]


@dataclass
class Reply:
    status: int
    body: bytes = b""
    headers: list = field(default_factory=list)
    fault: str | None = None  # "reset", "hang", "cut", "refused"


@dataclass
class Limit:
    per_minute: int = 10**9
    sent: deque = field(default_factory=deque)
    blocked_until: float = -1.0


class StandIn:
    def __init__(self, captures=(), *, base="https://archive.test", monotonic=lambda: 0.0, page=25, **limits):
        self.base, self.monotonic, self.page = base, monotonic, page
        self.by_key = defaultdict(list)
        self.excluded, self.silent_availability, self.dark = set(), False, set()
        self.faults = defaultdict(deque)
        self.robots, self.wide, self.excuses = set(), set(), {}
        self.log, self.violations, self.refusing = [], [], False
        self.limits = defaultdict(Limit, {pool: Limit(n) for pool, n in limits.items()})
        self.block_s, self.jobs, self.saves, self.keys, self.save_answer = 60.0, {}, [], "k:s", None
        for capture in captures:
            self.add(capture)

    def add(self, capture):
        rows = self.by_key[capture.key or surt(capture.url)]
        rows.append(capture)
        rows.sort(key=lambda c: c.stamp)

    # -- every request

    def answer(self, method, target, headers=None, body=b""):
        parts = urlsplit(target)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        pool = self._pool(method, parts.path)
        now = self.monotonic()
        if self.refusing:
            self.log.append((now, pool, 0, path))
            return Reply(0, fault="refused")
        reply = (
            self._limited(pool, now)
            or self._faulty(pool, parts)
            or self._serve(pool, method, parts, headers, body)
        )
        self.log.append((now, pool, reply.status, path))
        return reply

    @staticmethod
    def _pool(method, path):
        if path.startswith("/save"):
            return "status" if "/status" in path else "save"
        if path.startswith(("/cdx/", "/web/timemap/")):
            return "cdx"
        return "availability" if path.startswith("/wayback/available") else "replay"

    def _limited(self, pool, now):
        limit = self.limits[pool]
        if now < limit.blocked_until:
            self.violations.append((pool, now, "inside a block"))
            if len(self.violations) > 5:
                self.refusing = True
            return self._too_many(limit, now)
        while limit.sent and limit.sent[0] <= now - 60.0:
            limit.sent.popleft()
        limit.sent.append(now)
        if len(limit.sent) > limit.per_minute:
            self.violations.append((pool, now, "over the limit"))
            return self._too_many(limit, now)
        return None

    def _too_many(self, limit, now):
        limit.blocked_until = now + self.block_s
        return Reply(429, NGINX.encode(), [("Content-Type", "text/html")])

    def _faulty(self, pool, parts):
        asked = parse_qs(parts.query).get("url", [""])[0] or self._replayed(parts)[1]
        for name in ((pool, surt(asked)) if asked else None, pool):
            script = self.faults.get(name)
            if script:
                kind = script[0] if script[0].endswith("*") else script.popleft()
                return self._fault(kind.rstrip("*"), pool)
        return None

    def _fault(self, kind, pool):
        html = [("Content-Type", "text/html")]
        if kind.startswith("429"):
            self.limits[pool].blocked_until = self.monotonic() + float(kind[4:] or self.block_s)
            extra = [("Retry-After", kind[4:])] if kind[4:] else []
            return Reply(429, b"Too Many Requests" if kind[4:] else NGINX.encode(), [*html, *extra])
        return {
            "503": Reply(503, HAPROXY.encode(), html),
            "offline": Reply(503, b"Temporarily Offline", [("Content-Type", "text/plain")]),
            "504": Reply(504, b"<html><body><h1>504 Gateway Time-out</h1></body></html>", html),
            "html200": Reply(
                200, b"<html><title>One moment</title><p>Checking your browser</p></html>", html
            ),
            "text200": Reply(200, b"Too Many Requests\n", [("Content-Type", "text/plain")]),
            "reset": Reply(0, fault="reset"),
            "hang": Reply(0, fault="hang"),
            "empty": Reply(200, b"", [("Content-Type", "text/plain")]),
            "cut": Reply(200, b"org,exam", [("Content-Type", "text/plain")], fault="cut"),
        }[kind]

    def _serve(self, pool, method, parts, headers, body):
        if parts.path.startswith("/web/timemap/"):
            return self._timemap(parts)
        serve = {"cdx": self._cdx, "availability": self._available, "replay": self._replay}.get(pool)
        return serve(parts) if serve else self._save(method, parts, headers or {}, body)

    # -- index

    def _cdx(self, parts):
        asked = parse_qs(parts.query, keep_blank_values=True)
        text = [("Content-Type", "text/plain;charset=UTF-8")]
        if "url" not in asked:
            return Reply(400, b"The url= param is required", text)
        key = surt(asked["url"][0])
        if key in self.excluded:
            return Reply(403, EXCLUDED.encode(), [*text, ("X-Archive-Wayback-Runtime-Error", EXCLUDED)])
        if key in self.robots:
            return Reply(403, ROBOTS.encode(), [*text, ("X-Archive-Wayback-Runtime-Error", ROBOTS)])
        rows = [c.line() for c in self.by_key.get(key, []) if c.listed and key not in self.dark]
        if key in self.wide:
            rows = [[*row, "-", "-", "4711", "crawl/one.warc.gz"] for row in rows]
        for rule in asked.get("filter", []):
            name, _, pattern = rule.lstrip("!").partition(":")
            rows = [
                r for r in rows if bool(re.fullmatch(pattern, r[FIELDS.index(name)])) != rule.startswith("!")
            ]
        low, high = asked.get("from", [""])[0], asked.get("to", [""])[0]
        rows = [r for r in rows if r[1] >= low and (not high or r[1][: len(high)] <= high)]
        if asked.get("sort") == ["closest"]:
            to = int(asked["closest"][0].ljust(14, "0"))
            rows.sort(key=lambda r: abs(int(r[1]) - to))
        start = 0
        if "resumeKey" in asked:
            token = asked["resumeKey"][0]
            after = zlib.decompress(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))).decode()
            start = next((i for i, r in enumerate(rows) if f"{r[0]} {r[1]}" > after), len(rows))
        size = min(self.page, int(asked.get("limit", [self.page])[0]))
        page, more = rows[start : start + size], len(rows) > start + size
        resume = None
        if more and "showResumeKey" in asked:
            mark = zlib.compress(f"{page[-1][0]} {page[-1][1]}".encode())
            resume = base64.urlsafe_b64encode(mark).decode().rstrip("=")
        if asked.get("output") == ["json"]:
            table = [list(FIELDS), *page, *([[], [resume]] if resume else [])] if page else []
            return Reply(200, json.dumps(table).encode(), [("Content-Type", "application/json")])
        lines = "".join(" ".join(r) + "\n" for r in page) + (f"\n{resume}\n" if resume else "")
        return Reply(200, lines.encode(), text)

    # -- replay

    @staticmethod
    def _replayed(parts):
        match = re.match(r"/web/(\d{1,14})([a-z]{2}_)?/(.+)$", parts.path, re.DOTALL)
        if match is None:
            return "", "", ""
        return match[1], match[3] + (f"?{parts.query}" if parts.query else ""), match[2] or ""

    def _replay(self, parts):
        stamp, url, mod = self._replayed(parts)
        html = [("Content-Type", "text/html; charset=utf-8")]
        if not url:
            return Reply(404, b"<html>Not Found</html>", html)
        key = surt(url)
        if key in self.excuses:
            return Reply(self.excuses[key][0], self.excuses[key][1], html)
        if key in self.excluded:
            return Reply(
                200, b"<html><p>This URL has been excluded from the Wayback Machine.</p></html>", html
            )
        shown = [c for c in self.by_key.get(key, []) if c.playable]
        if not shown:
            return Reply(
                404, b"<html><p>Hrm. The Wayback Machine has not archived that URL.</p></html>", html
            )
        moment = when(stamp.ljust(14, "0") if len(stamp) == 14 else (stamp + "00000101000000"[len(stamp) :]))
        near = min(shown, key=lambda c: (abs(when(c.stamp) - moment), c.url != url))
        if near.stamp != stamp:
            place = f"{self.base}/web/{near.stamp}{mod}/{near.url}"
            reason = ("x-archive-redirect-reason", f"found capture at {near.stamp}")
            return Reply(302, b"", [("Content-Type", "text/plain"), ("Location", place), reason])
        return self._capture(near, shown, mod)

    def _capture(self, near, shown, mod):
        source = near
        if near.revisit:
            source = next((c for c in shown if c.sha == near.sha and not c.revisit), near)
        view = f"{self.base}/web/%s/%s"
        at = shown.index(near)
        links = [f'<{near.url}>; rel="original"', f'<{self.base}/web/timemap/link/{near.url}>; rel="timemap"']
        for rel, index in (
            ("first", 0),
            ("prev", at - 1),
            ("", at),
            ("next", at + 1),
            ("last", len(shown) - 1),
        ):
            if 0 <= index < len(shown):
                c = shown[index]
                date = format_datetime(when(c.stamp), usegmt=True)
                links.append(
                    f'<{view % (c.stamp, c.url)}>; rel="{(rel + " memento").strip()}"; datetime="{date}"'
                )
        headers = [
            ("Memento-Datetime", format_datetime(when(near.stamp), usegmt=True)),
            ("Link", ", ".join(links)), ("x-archive-src", "crawl/one.warc.gz"),
            ("Content-Type", source.media), ("x-archive-orig-content-type", source.media),
            *(("Content-Encoding", name) for name in source.encoding), *source.headers,
        ]  # fmt: skip
        if source.location is not None:
            target = f"/web/{near.stamp}{mod}/{urljoin(near.url, source.location)}"
            spelling = (self.base, f"//{urlsplit(self.base).netloc}", "")[int(near.stamp) % 3]
            headers.append(("Location", spelling + target))
        return Reply(source.status, source.body, headers)

    def _timemap(self, parts):
        url = parts.path.split("/", 4)[4] + (f"?{parts.query}" if parts.query else "")
        rows = self.by_key.get(surt(url), [])
        if not rows:
            return Reply(404, b"", [("Content-Type", "text/plain")])
        lines = [f'<{url}>; rel="original"']
        for c in rows:
            date = format_datetime(when(c.stamp), usegmt=True)
            lines.append(f'<{self.base}/web/{c.stamp}/{c.url}>; rel="memento"; datetime="{date}"')
        return Reply(200, ",\n".join(lines).encode(), [("Content-Type", "application/link-format")])

    # -- availability

    def _available(self, parts):
        asked = parse_qs(parts.query)
        url, stamp = asked["url"][0], asked.get("timestamp", ["20260101000000"])[0]
        shown = [
            c for c in self.by_key.get(surt(url), []) if c.status == 200 and not c.revisit and c.playable
        ]
        answer = {"url": url, "archived_snapshots": {}, "timestamp": stamp}
        if shown and not self.silent_availability and surt(url) not in self.excluded:
            near = min(shown, key=lambda c: abs(int(c.stamp) - int(stamp.ljust(14, "0"))))
            host = f"{self.base.replace('https:', 'http:')}/web/{near.stamp}/{near.url}"
            answer["archived_snapshots"]["closest"] = {
                "status": "200", "available": True, "url": host, "timestamp": near.stamp,
            }  # fmt: skip
        return Reply(200, json.dumps(answer).encode(), [("Content-Type", "application/json")])

    # -- Save Page Now 2

    def _save(self, method, parts, headers, body):
        as_json = [("Content-Type", "application/json")]
        if headers.get("Authorization") != f"LOW {self.keys}":
            message = {"message": "You need to be logged in to use Save Page Now."}
            return Reply(401, json.dumps(message).encode(), as_json)
        if method == "POST":
            url = parse_qs(body.decode())["url"][0]
            self.saves.append(url)
            if self.save_answer is not None:
                return Reply(200, json.dumps(self.save_answer).encode(), as_json)
            job = "spn2-" + hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()
            self.jobs.setdefault(job, deque([{"status": "pending", "job_id": job, "resources": []}]))
            return Reply(200, json.dumps({"url": url, "job_id": job}).encode(), as_json)
        job = parts.path.rsplit("/", 1)[1]
        script = self.jobs.get(job) or deque([{"status": "pending", "job_id": job, "resources": []}])
        state = script[0] if len(script) == 1 else script.popleft()
        return Reply(200, json.dumps(state).encode(), [*as_json, ("Retry-After", "6")])


__all__ = ["EXCLUDED", "Kept", "Reply", "StandIn", "quote", "surt", "when"]
