"""`make bench`: every benchmark after the other, each a line a bar. Ends with 1 if any bar is short."""

import subprocess
import sys

ALL = ("orders", "redirect", "cac", "creators")

if __name__ == "__main__":
    failed = [
        name for name in ALL if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode
    ]
    sys.exit(f"short: {', '.join(failed)}" if failed else 0)
