"""Whether the web server's port is free, and who has it."""

import contextlib
import errno
import socket

import psutil

from config.servers.refusal import CannotStart


def is_free(host: str, port: int) -> bool:
    """Whether a plain bind succeeds. Two servers that share a port on purpose would both start, silently.

    Raises CannotStart where the address can never be had.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # Connections of the last run that are still fading are no reason to refuse; a listener is.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return False
        reason = "this user may not use it" if error.errno == errno.EACCES else error.strerror or str(error)
        raise CannotStart(f"Troupe cannot listen on {host}:{port}: {reason}. Set HOST and PORT.", code=1) from error
    return True


def taken(port: int) -> CannotStart:
    """The refusal for a port that somebody else listens on."""
    return CannotStart(
        f"Port {port} is taken{_by_whom(port)}. Stop that, or choose another port: PORT={port + 1} make run", code=1
    )


def _by_whom(port: int) -> str:
    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    return ""
