from creators.enums import Level
from creators.exports.evidence import audience_picture
from creators.logic.fraud.signal import Signal


def test_the_audience_is_told_by_its_share_not_by_the_lower_end_that_is_judged():
    signal = Signal(
        "S13", "Suspicious followers", Level.WATCH, "", 0.21, 0.2, n=300,
        evidence={"share": 0.27, "low": 0.21, "high": 0.33, "suspicious": 80},
    )  # fmt: skip

    assert "27% of 300 sampled followers, 95% interval 21% to 33%." in str(audience_picture(signal))
