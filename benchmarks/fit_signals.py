"""`python -m benchmarks.fit_signals FOLDER`: fit the weights that Troupe ships, on a folder like `data/fraud`.

Writes `creators/data/weights/*.json` with their sources and licences beside them. Comments come from the rows of the
UCI collection and ScamSpot, accounts from those of SRF Data; rows of other sources are never fitted on. What is
written are coefficients: of n-grams of at most 5 characters that several comments share, and of named features.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that `python benchmarks/fit_signals.py` finds the rules too

from benchmarks.signal_bars.account_fit import SOURCE, accounts_in, fit_accounts  # noqa: E402
from benchmarks.signal_bars.promo_fit import SOURCES, comments_in, fit_promo  # noqa: E402
from creators.enums import Platform  # noqa: E402
from creators.logic.fraud.signal import VERSION  # noqa: E402

WEIGHTS = ROOT / "creators" / "data" / "weights"
CREDITS = {
    Platform.YOUTUBE: ("YouTube Spam Collection, T. C. Alberto and J. V. Lochter, UCI, 2017", "CC BY 4.0"),
    Platform.INSTAGRAM: ("ScamSpot Instagram comments, github.com/ScamSpot", "MIT"),
}


def main(arguments: list[str] | None = None) -> int:
    """Fit both kinds and write them; says what was fitted on how many rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--into", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    write_promo(options.folder, options.into)
    write_accounts(options.folder, options.into)
    return 0


def write_promo(folder: Path, into: Path) -> None:
    """A file of promotional weights a platform."""
    rows = [row for row in comments_in(folder) if row.source.startswith(SOURCES)]
    for platform, (source, licence) in CREDITS.items():
        mine = [row for row in rows if row.platform == platform]
        weights = fit_promo(mine, platform)
        fitted_on = f"{len(mine)} comments, {sum(row.is_spam for row in mine)} of them spam"
        head = {"version": VERSION, "source": source, "licence": licence, "fitted_on": fitted_on}
        write(into / f"promo_{platform}.json", {**head, "bias": weights.bias, "features": dict(weights.features),
                                                "grams": dict(sorted(weights.grams.items()))})  # fmt: skip


def write_accounts(folder: Path, into: Path) -> None:
    """The weights of the account score, with the trial that says how far it can be trusted."""
    rows = [row for row in accounts_in(folder) if row.source == SOURCE]
    fitted_on = f"{len(rows)} accounts, {sum(row.is_fake for row in rows)} of them fake"
    source = "SRF Data (Swiss Radio and Television), Instagram accounts labelled by hand, 2017"
    head = {"version": VERSION, "source": source, "licence": "CC BY-SA 4.0", "fitted_on": fitted_on}
    write(into / "accounts.json", {**head, **asdict(fit_accounts(rows))})


def write(path: Path, content: dict[str, Any]) -> None:
    """One JSON file, its long tables a line each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in content.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size:,} bytes, {content['fitted_on']}")


if __name__ == "__main__":
    sys.exit(main())
