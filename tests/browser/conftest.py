"""A real browser against a live server: one Chromium, one context a test, and a watch over console and policy.

Playwright's synchronous calls run inside an event loop of their own, where Django refuses the ORM; the switch that
allows it is set for these tests alone.
"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, BrowserContext, Page, expect

from config.testing import chromium
from team.enums import Role
from tests.browser.watching import Watch, watched
from tests.conftest import signed_in
from tests.factories import make_user

HERE = Path(__file__).parent
# A loaded machine answers late; a test that waits longer has still seen the same thing.
expect.set_options(timeout=15_000)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Mark everything here `browser`: `config.testing` skips it aloud where there is none."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def orm_beside_the_event_loop():
    """Let the ORM be used in the thread where Playwright's loop runs: it does so until the session ends."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """The system's Chromium; Playwright downloads nothing."""
    return {"executable_path": chromium(), "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict:
    """The same for everybody: no animation, a desk's size, a fixed language and clock zone."""
    return {
        "viewport": {"width": 1440, "height": 900},
        "locale": "en-GB",
        "timezone_id": "UTC",
        "reduced_motion": "reduce",
    }


class Requests:
    """How many requests the live server still works on: emptying the tables under one of them would deadlock."""

    def __init__(self) -> None:
        self._open = 0
        self._changed = threading.Condition()

    def begin(self, **kwargs) -> None:
        """A request came in."""
        with self._changed:
            self._open += 1

    def end(self, **kwargs) -> None:
        """Its answer was sent, or nobody waits for it any more."""
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def wait_for_all(self) -> None:
        """Wait until none is left, at most some seconds: a test client that never reads an answer leaves it open."""
        with self._changed:
            self._changed.wait_for(lambda: self._open <= 0, timeout=5)


@pytest.fixture
def requests() -> Iterator[Requests]:
    """Counts requests from now on."""
    counted = Requests()
    request_started.connect(counted.begin)
    request_finished.connect(counted.end)
    yield counted
    request_started.disconnect(counted.begin)
    request_finished.disconnect(counted.end)


@pytest.fixture
def new_page(browser: Browser, browser_context_args, live_server, requests) -> Iterator:
    """Make pages: `new_page()` for a stranger, `new_page(client)` with the session of a signed-in test client."""
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def make(client: Client | None = None, **changes) -> Page:
        context = browser.new_context(**{**browser_context_args, "base_url": live_server.url, **changes})
        context.set_default_timeout(30_000)  # the first page of a process compiles its templates
        contexts.append(context)
        if client:
            context.add_cookies([_session(client, live_server.url)])
        page = context.new_page()
        watches.append(watched(page))
        return page

    yield make
    for context in contexts:
        context.close()
    requests.wait_for_all()
    for watch in watches:
        assert watch.complaints == []


@pytest.fixture
def signed_in_page(new_page, brand) -> Page:
    """A page of somebody who owns `brand`; fails on any console error or policy violation."""
    return new_page(signed_in(make_user("owner@example.com", brand=brand, role=Role.OWNER)))


def _session(client: Client, url: str) -> SetCookieParam:
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
