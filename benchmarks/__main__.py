"""`make bench`: every benchmark after the other, each a line a bar. Ends with 1 if any bar is short."""

import subprocess
import sys

ALL = ("orders", "redirect", "cac", "creators", "people", "wave", "refresh", "assess", "rights", "lifecycle")


def main() -> int:
    """Run them all, whether or not an earlier one is short."""
    commands = [[sys.executable, "-m", f"benchmarks.{name}"] for name in ALL]
    return max(subprocess.run(command, check=False).returncode for command in commands)


if __name__ == "__main__":
    sys.exit(main())
