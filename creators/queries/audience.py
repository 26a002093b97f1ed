"""How much of a profile's audience looks bought, as an estimate with its interval."""

from config.lib.estimates import Estimate
from creators.logic.fraud.audience import ENOUGH, audience_share
from creators.logic.fraud.facts import AudienceCounts
from creators.models import AudienceSample


def share_of(sample: AudienceSample) -> Estimate:
    """The share that a careful person would call fake, corrected for the scorer's errors; not known under 100."""
    counts = AudienceCounts(sample.n, sample.suspicious, tuple(sample.digits))
    share = audience_share(counts) if sample.n >= ENOUGH else None
    if share is None:
        return Estimate(None, None, None, 0.95, sample.n, f"too little: {sample.n} sampled, {ENOUGH} needed")
    return Estimate(share.low, share.value, share.high, 0.95, sample.n, "rogan-gladen-lang-reiczigel")
