"""A fresh cookie jar per check: some sites loop without cookies, none may follow us from site to site."""

from typing import TYPE_CHECKING, cast

from monitor.fetch.interface import FetchResponse

if TYPE_CHECKING:
    from email.message import Message
    from http.client import HTTPResponse as _Response
    from http.cookiejar import CookieJar

_LIMIT = 64_000


class _Answer:
    """The little of a urllib response that http.cookiejar asks for."""

    def __init__(self, message: "Message") -> None:
        self._message = message

    def info(self) -> "Message":
        return self._message


class Cookies:
    """Cookies of one check. Malformed ones are dropped, as the standard library's jar does (RFC 6265)."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None
        """Made, and its library loaded, with the first cookie: most answers bring none."""

    def learn(self, response: FetchResponse) -> None:
        """Take a response's Set-Cookie headers, up to a bound."""
        if not any(name == "set-cookie" for name, _ in response.headers):
            return
        from email.message import Message
        from http.cookiejar import CookieJar
        from urllib.request import Request

        if self._jar is None:
            self._jar = CookieJar()
        message = Message()
        room = _LIMIT
        for name, value in response.headers:
            if name == "set-cookie" and value.isprintable() and (room := room - len(value)) > 0:
                message["Set-Cookie"] = value
        if "Set-Cookie" in message:
            try:
                # Only .info() is called; typeshed asks for the whole response class.
                self._jar.extract_cookies(cast("_Response", _Answer(message)), Request(response.url))  # noqa: S310
            except (ValueError, IndexError, KeyError):
                return

    def header(self, url: str) -> str | None:
        """Return the Cookie header for a request, or None."""
        if self._jar is None or not len(self._jar):
            return None
        from urllib.request import Request

        try:
            request = Request(url)  # noqa: S310 - never opened
            self._jar.add_cookie_header(request)
        except ValueError:
            return None
        return request.get_header("Cookie")
