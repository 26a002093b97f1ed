"""A small client for load on one loopback address: many kept-alive connections from a few processes, HTTP/1.1 only.

Every run is bounded by a number of seconds and of requests. It answers how long each request took and, where asked,
which click ids came back, so that answered can be compared with stored.
"""

import multiprocessing
import re
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

MOST_REQUESTS = 2_000_000
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_CLICK = re.compile(rb"tclid=([0-9a-f-]{36})")


@dataclass(frozen=True)
class Load:
    """What came of a run: requests answered as wished, failures, latencies in seconds, the click ids."""

    answered: int
    failed: int
    seconds: float
    latencies: Sequence[float]
    clicks: Sequence[str]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.answered / self.seconds if self.seconds else 0.0

    def quantile(self, part: float) -> float:
        """The latency, in seconds, that `part` of the requests kept within."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("inf")


@dataclass(frozen=True)
class Plan:
    """What to ask for. `paths` are asked for in turn by every connection; `agents` likewise.

    `pause` is the time in seconds that a process rests after each round of answers: a gentle load.
    """

    port: int
    paths: Sequence[str]
    agents: Sequence[str] = ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",)
    connections: int = 32
    processes: int = 2
    seconds: float = 5.0
    status: int = 302
    keep_clicks: bool = False
    pause: float = 0.0


def run(plan: Plan) -> Load:
    """Ask for `plan.seconds`, from `plan.processes` processes that share the connections."""
    # Forked children would inherit the caller's database connections and open files.
    context = multiprocessing.get_context("spawn")
    share = max(1, plan.connections // plan.processes)
    with context.Pool(plan.processes) as pool:
        parts = pool.starmap(_ask, [(plan, share, number) for number in range(plan.processes)])
    return Load(
        answered=sum(part.answered for part in parts),
        failed=sum(part.failed for part in parts),
        seconds=max(part.seconds for part in parts),
        latencies=[latency for part in parts for latency in part.latencies],
        clicks=[click for part in parts for click in part.clicks],
    )


class _Connection:
    """One kept-alive connection with one request under way."""

    def __init__(self, plan: Plan, number: int) -> None:
        self.plan = plan
        self.turn = number
        self.socket: socket.socket | None = None
        self.data = b""
        self.asked_at = 0.0

    def open(self) -> bool:
        """Connect; False while nobody listens."""
        try:
            self.socket = socket.create_connection(("127.0.0.1", self.plan.port), timeout=2)
        except OSError:
            self.socket = None
            return False
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return True

    def ask(self) -> None:
        """Send the next request."""
        assert self.socket
        path = self.plan.paths[self.turn % len(self.plan.paths)]
        agent = self.plan.agents[self.turn % len(self.plan.agents)]
        self.turn += 1
        self.data = b""
        self.asked_at = time.perf_counter()
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {agent}\r\n\r\n".encode())

    def answer(self) -> bytes | None:
        """The whole answer once it is here; None before. Raises OSError where the server has gone."""
        assert self.socket
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError
        self.data += part
        head, end, body = self.data.partition(b"\r\n\r\n")
        if not end:
            return None
        if length := _LENGTH.search(head):
            return head if len(body) >= int(length[1]) else None
        return head if body.endswith(b"0\r\n\r\n") else None

    def close(self) -> None:
        """Drop the connection and what was under way."""
        if self.socket:
            self.socket.close()
            self.socket = None


def _ask(plan: Plan, share: int, process: int) -> Load:
    selector = selectors.DefaultSelector()
    wanted = f" {plan.status} ".encode()
    answered = failed = 0
    latencies: list[float] = []
    clicks: list[str] = []
    began = time.monotonic()
    end = began + plan.seconds
    idle = [_Connection(plan, process * 1000 + number) for number in range(share)]
    while time.monotonic() < end and answered + failed < MOST_REQUESTS:
        for connection in idle[:]:
            if _begin(connection, selector):
                idle.remove(connection)
            else:
                failed += 1
        if idle:
            time.sleep(0.05)
        if plan.pause:
            time.sleep(plan.pause)
        for key, _ in selector.select(0.2):
            connection = key.data
            try:
                head = connection.answer()
                if head is None:
                    continue
                latencies.append(time.perf_counter() - connection.asked_at)
                if wanted in head[:16]:
                    answered += 1
                    if plan.keep_clicks:
                        clicks += [click.decode() for click in _CLICK.findall(head)]
                else:
                    failed += 1
                connection.ask()
            except OSError:
                failed += 1
                selector.unregister(key.fileobj)
                connection.close()
                idle.append(connection)
    seconds = time.monotonic() - began
    for key in list(selector.get_map().values()):
        key.data.close()
    return Load(answered, failed, seconds, latencies, clicks)


def _begin(connection: _Connection, selector: selectors.BaseSelector) -> bool:
    if not connection.open():
        return False
    assert connection.socket
    try:
        connection.ask()
    except OSError:
        connection.close()
        return False
    selector.register(connection.socket, selectors.EVENT_READ, connection)
    return True
