"""Looking after children: one that dies is started again, and one that keeps dying ends everything, with its log."""

import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from config.servers.processes import Steps, end, end_of, kill_group
from config.servers.refusal import CannotStart, lack_of_room

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30
DEATHS_TOO_MANY = 5
MINUTE = 60


class Part(Protocol):
    """What can be started and stopped: a server, or a process of Troupe."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def log(self) -> Path:
        """Where its output goes."""

    @property
    def stop_steps(self) -> Steps:
        """How it is stopped."""

    def start(self) -> subprocess.Popen[bytes]:
        """Start it as a direct child."""

    def answers(self) -> bool:
        """Whether it does its work."""

    def recover(self) -> bool:
        """Try to mend what keeps it from starting; whether it is worth another try."""


class Child:
    """A part and its process, with what happened to it. All times are seconds of a monotonic clock."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._deaths: list[float] = []
        self._pause = FIRST_PAUSE_SECONDS
        self._due = 0.0

    def start(self) -> None:
        """Start the part."""
        self.process = self.part.start()
        self._started = time.monotonic()

    def stop(self) -> None:
        """End the part, within its limits."""
        if self.process is not None:
            end(self.process, self.part.stop_steps)
            self.process = None

    def is_dead(self) -> bool:
        """Whether the process has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def look_after(self, now: float) -> None:
        """Start the part again if it has died and its pause is over. Raises CannotStart after the fifth death."""
        if self.process is None:
            if now >= self._due:
                self.start()
        elif self.is_dead():
            self._bury(now)

    def _bury(self, now: float) -> None:
        assert self.process is not None  # noqa: S101 - for mypy
        kill_group(self.process.pid)
        code, self.process = self.process.returncode, None
        self._deaths = [death for death in self._deaths if now - death < MINUTE] + [now]
        if len(self._deaths) >= DEATHS_TOO_MANY:
            raise CannotStart(
                f"{self.part.name} died five times in a minute; stopping. {told_by(self.part)}",
                code=1,
            )
        if now - self._started > MINUTE:
            self._pause = FIRST_PAUSE_SECONDS
        print(f"{self.part.name} died ({_ending(code)}); starting it again in {self._pause:g} s.", file=sys.stderr)
        self._due = now + self._pause
        self._pause = min(LONGEST_PAUSE_SECONDS, self._pause * 2)


def told_by(part: Part) -> str:
    """What can be said about a part that does not run."""
    return f"{lack_of_room(part.log.parent)}The end of {part.log}:\n{end_of(part.log)}"


def look_after(children: Iterable[Child]) -> None:
    """One round: bury the dead, start what is due."""
    for child in children:
        child.look_after(time.monotonic())


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
