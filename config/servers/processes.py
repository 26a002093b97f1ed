"""Child processes that do not outlive us, how they end, and the end of those that an earlier run left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import psutil

RUN_ID = "TROUPE_RUN_ID"
Become = Callable[[], None]
# What to send, and for how many seconds to wait before the next.
Steps = Sequence[tuple[signal.Signals, float]]
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    become: Become | None = None,
    on_orphaned: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a direct child in a session of its own, which gets `on_orphaned` when we die (Linux)."""
    out = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        return subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=_prepared(become, on_orphaned),
        )
    finally:
        os.close(out)


def _prepared(become: Become | None, on_orphaned: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        # A script that starts us in its background hands down "ignore SIGINT", which children would inherit.
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.SIG_DFL)
        if become:
            become()
        if sys.platform == "linux":
            # After the change of user, which would clear it.
            _libc.prctl(PR_SET_PDEATHSIG, on_orphaned)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def end(process: subprocess.Popen[bytes], steps: Steps) -> None:
    """Send each signal in turn until the process has gone, then kill what is left of its group."""
    for name, seconds in steps:
        if process.poll() is not None:
            break
        process.send_signal(name)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill_group(process.pid)


def kill_group(leader: int) -> None:
    """Kill every process in the group that `leader` made, if any is left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def working_in(*folders: Path) -> list[psutil.Process]:
    """Living processes whose current folder is one of these."""
    wanted = {str(folder) for folder in folders}
    return [process for process in _others("cwd") if process.info["cwd"] in wanted]


def carrying(run_id: str) -> list[psutil.Process]:
    """Living processes that a start of this installation made, directly or not."""
    return [process for process in _others("environ") if (process.info["environ"] or {}).get(RUN_ID) == run_id]


def _others(fact: str) -> Iterable[psutil.Process]:
    ours = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    for process in psutil.process_iter([fact, "status"]):
        if process.pid not in ours and process.info["status"] != psutil.STATUS_ZOMBIE:
            yield process


def end_all(find: Callable[[], list[psutil.Process]], steps: Steps) -> None:
    """End processes that are not our children; looks again before each signal, since the dying may start others."""
    for name, seconds in steps:
        living = find()
        if not living:
            return
        for process in living:
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                process.send_signal(name)
        _wait_for_all(living, seconds)


def _wait_for_all(living: list[psutil.Process], seconds: float) -> None:
    """Wait until none runs. One that nobody collects, as in a container without init, counts as gone."""
    end = time.monotonic() + seconds
    while any(_runs(process) for process in living) and time.monotonic() < end:
        time.sleep(0.02)


def _runs(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False


def end_of(log: Path, lines: int = 15) -> str:
    """The last lines of a log, for a message."""
    with contextlib.suppress(OSError), log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 8192))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
    return ""
