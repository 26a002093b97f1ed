from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from results.logic.moments import NotAMoment, moment_of

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-03-01 08:30:00 +0000", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01 08:30:00 -0500", datetime(2026, 3, 1, 13, 30, tzinfo=UTC)),
        ("2026-03-01T08:30:00Z", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01T08:30:00+01:00", datetime(2026, 3, 1, 7, 30, tzinfo=UTC)),
        ("2026-03-01 08:30:00 UTC", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01 08:30:00", datetime(2026, 3, 1, 7, 30, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 2, 28, 23, 0, tzinfo=UTC)),
        (" 2026-03-01 ", datetime(2026, 2, 28, 23, 0, tzinfo=UTC)),
        ("1990-01-01", datetime(1989, 12, 31, 23, 0, tzinfo=UTC)),
        ("2100-12-31", datetime(2100, 12, 30, 23, 0, tzinfo=UTC)),
        ("45384.35", datetime(2024, 4, 2, 6, 24, tzinfo=UTC)),
        ("45384", datetime(2024, 4, 1, 22, 0, tzinfo=UTC)),
    ],
)
def test_moments_as_shops_and_spreadsheets_write_them(written: str, meant: datetime) -> None:
    assert moment_of(written, zone=BERLIN) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "2026-13-01 08:30:00 +0000",
        "12",
        "2026-02-30",
        "1e99",
        "0001-01-01",
        "1989-12-31",
        "2101-01-01",
    ],
)
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(NotAMoment):
        moment_of(written, zone=BERLIN)
