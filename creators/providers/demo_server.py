"""The demo provider: SociaVault's format over real HTTP, filled by `creators.logic.demo`.

`{address}/on/2026-11-02/v1` answers for that day, `{address}/v1` for the present one. It listens on loopback only,
which PROVIDER_PRIVATE_HOSTS must allow. For tests `answer` may be any function, and what was asked is kept.
"""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from creators.providers.demo_shapes import answer_of


@dataclass(frozen=True)
class Asked:
    """A request: path without the leading slash, its query and headers."""

    path: str
    params: dict[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """An answer. `body` that is no bytes is sent as JSON; `wait` seconds pass first; `cut` sends only half of it."""

    body: Any = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    cut: bool = False
    packed: bool = False


Answering = Callable[[Asked], Said]


def answer_demo(asked: Asked) -> Said:
    """What the demo provider says, for the day in the path or the present one."""
    parts = asked.path.split("/")
    day = datetime.now(UTC).date()
    if parts[0] == "on" and len(parts) > 2:
        try:
            day, parts = date.fromisoformat(parts[1]), parts[2:]
        except ValueError:
            return Said({"error": "Bad Request", "message": "There is no such day.", "statusCode": 400}, 400)
    if "x-api-key" not in asked.headers:
        return Said({"error": "Unauthorized", "message": "Missing API key.", "statusCode": 401}, 401)
    found = answer_of("/".join(parts), asked.params, day)
    if found is None:
        return Said({"error": "Not Found", "message": "Account not found.", "statusCode": 404}, 404)
    return Said({"success": True, "data": found, "credits_used": 0 if parts[-1] == "credits" else 1})


class DemoServer(ThreadingHTTPServer):
    """The server, on loopback. `asked` holds the requests so far when `keeps` is on, as in tests."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, answer: Answering = answer_demo, *, port: int = 0, keeps: bool = False) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer, self.keeps = answer, keeps
        self.asked: list[Asked] = []

    @property
    def host(self) -> str:
        """As PROVIDER_PRIVATE_HOSTS names it."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def address(self) -> str:
        """Without a path; the demo's base address is this and `/v1`."""
        return f"http://{self.host}"


@contextmanager
def running(answer: Answering = answer_demo, *, port: int = 0) -> Iterator[DemoServer]:
    """A server in a thread of its own while the block lasts."""
    server = DemoServer(answer, port=port, keeps=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes; the second would wait for the first's receipt
    server: DemoServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(parts.path.strip("/"), dict(parse_qsl(parts.query)), headers)
        if self.server.keeps:
            self.server.asked.append(asked)
        try:
            self._send(self.server.answer(asked))
        except OSError:  # whoever asked has given up
            self.close_connection = True

    def _send(self, said: Said) -> None:
        time.sleep(said.wait)
        body = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
        if said.packed:
            body = gzip.compress(body)
        self.send_response(said.status)
        for name, value in {"Content-Type": "application/json", **said.headers}.items():
            self.send_header(name, value)
        if said.packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if said.cut else body)
        self.close_connection = self.close_connection or said.cut

    def log_message(self, format: str, *args: object) -> None:
        """Silence: addresses hold handles."""
