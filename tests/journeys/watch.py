"""What no page may do while a person uses it: errors, violations, calls to other hosts."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

FIRST_ERROR_STATUS = 400
_STATUS_SEEN_ELSEWHERE = "Failed to load resource: the server responded with a status of"


class Watch:
    """Collects the faults of every page of the contexts it looks at."""

    def __init__(self, own_url: str) -> None:
        self.faults: list[str] = []
        self._own = urlsplit(own_url).netloc
        self._expected: frozenset[int] = frozenset()

    def look_at(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._page_error)
        context.on("request", self._request)
        context.on("response", self._response)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Answers with these statuses are what the person provokes here."""
        self._expected = frozenset(statuses)
        yield
        self._expected = frozenset()

    def _console(self, message: ConsoleMessage) -> None:
        """Violations of the content security policy are errors on the console as well."""
        is_status = message.text.startswith(_STATUS_SEEN_ELSEWHERE)
        if message.type in {"error", "warning"} and not is_status:
            self.faults.append(f"{message.location.get('url')}: {message.type}: {message.text}")

    def _page_error(self, error: WebError) -> None:
        where = error.page.url if error.page else "a page"
        self.faults.append(f"{where}: not caught: {error.error.message}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self._own:
            self.faults.append(f"{request.method} {request.url} leaves this machine")

    def _response(self, response: Response) -> None:
        if response.status >= FIRST_ERROR_STATUS and response.status not in self._expected:
            method = response.request.method
            self.faults.append(f"{method} {response.url} answered {response.status}")
