"""The short cut of short links: the plain case (a known, open link; a GET) is answered ahead of Django.

It uses the same function as the Django view, which stays the truth for everything else, so this file could be taken
out without changing one answer.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from results.actions.redirects import HEADERS, Outcome, follow

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]
PREFIX = "/r/"


def with_short_links(django: Application) -> Application:
    """The application with the short cut ahead of it."""
    common = [*HEADERS, ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", "0")]

    def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX) or environ.get("REQUEST_METHOD") != "GET":
            return django(environ, start_response)
        answer = follow(path[len(PREFIX) :], environ, now=time.time())
        if answer.outcome is not Outcome.FOUND:
            return django(environ, start_response)
        start_response("302 Found", [("Location", answer.location), *common])
        return []

    return application
