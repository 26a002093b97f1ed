"""`python -m benchmarks.signals FOLDER`: how well the signals tell, on a folder like `data/fraud`.

Reads the shipped weights and fits nothing. What a folder cannot hold (bought followers, bought likes, bot praise) is
injected with fixed seeds. Prints `name value bound ok|short  # counts` a line, `unmeasured` where the folder lacks
the rows; ends with 1 if any bar is short. `--cross-fit` scores each video, fold or account with weights that were
fitted without it, for honest figures on the folder that the shipped weights come from.
"""

import argparse
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that `python benchmarks/signals.py` finds the rules too

from benchmarks.signal_bars.bar import Bar  # noqa: E402

PARTS = ("comments", "audience", "growth", "likes", "composite")


def main(arguments: list[str] | None = None) -> int:
    """Print every bar as soon as it is known; 1 if one is short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cross-fit", action="store_true")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure these parts only")
    options = parser.parse_args(arguments)
    short = False
    for bar in measured(options.folder, options.seed, parts=options.only or PARTS, cross_fit=options.cross_fit):
        print(bar, flush=True)
        short = short or bar.is_short
    return int(short)


def measured(folder: Path, seed: int, *, parts: tuple[str, ...] | list[str], cross_fit: bool) -> Iterator[Bar]:
    """The bars of some parts, each a module of `signal_bars`."""
    for part in parts:
        name = f"benchmarks.signal_bars.{part}"
        if importlib.util.find_spec(name):
            yield from importlib.import_module(name).bars(folder, seed, cross_fit=cross_fit)


if __name__ == "__main__":
    sys.exit(main())
