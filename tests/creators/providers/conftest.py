"""A real HTTP server on loopback for every test of a provider, and clients that may reach it."""

from collections.abc import Iterator

import httpx
import pytest

from config.lib.http import make_client
from creators.providers.demo_server import Answering, Asked, DemoServer, Said, running

QUICK = 0.3  # seconds; a test that waits for a time limit waits that long
PATIENT = 30  # seconds; any other test has an answer long before, however busy the machine is


@pytest.fixture
def demo() -> Iterator[DemoServer]:
    """The demo provider."""
    with running() as server:
        yield server


@pytest.fixture
def stub() -> Iterator[DemoServer]:
    """A server that says 404 until the test sets `stub.answer`."""
    with running(lambda asked: Said({"message": "Not found"}, 404)) as server:
        yield server


@pytest.fixture
def client(stub) -> Iterator[httpx.Client]:
    """A client that may reach the stub, and no other private address."""
    with make_client(seconds=PATIENT, private_hosts=[stub.host]) as made:
        yield made


@pytest.fixture
def hasty(stub) -> Iterator[httpx.Client]:
    """The same, soon out of patience."""
    with make_client(seconds=QUICK, private_hosts=[stub.host]) as made:
        yield made


def always(body: object, status: int = 200, **more) -> Answering:
    """The same answer to every question."""
    return lambda asked: Said(body, status, **more)


def by_path(answers: dict[str, object]) -> Answering:
    """An answer for each end of a path; a list holds those of its pages, in turn."""
    turns = {path: iter(body) for path, body in answers.items() if isinstance(body, list)}

    def answer(asked: Asked) -> Said:
        for path in sorted(answers, key=len, reverse=True):
            if asked.path.endswith(path):
                body = next(turns[path]) if path in turns else answers[path]
                return body if isinstance(body, Said) else Said(body)
        return Said({"error": "Not Found", "message": "Route not found"}, 404)

    return answer
