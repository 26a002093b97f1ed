"""In which of its channels Google Analytics 4 would list a link's visits, to be seen before the link is used.

Google's default channel groups (support.google.com/analytics/answer/9756891), in its order, as far as our sources and
mediums can reach: what decides is the list that the source stands in, and whether the medium is a paid one.
"""

import re

_SOCIAL = {"instagram", "tiktok", "linkedin", "x", "pinterest"}
_VIDEO = {"youtube"}
_PAID = re.compile(r".*cp.*|ppc|retargeting|paid.*")
_SOCIAL_MEDIUM = {"social", "social-network", "social-media", "sm", "social network", "social media"}


def ga4_channel(source: str, medium: str) -> str:
    """The default channel group, `Unassigned` where no rule takes the pair."""
    source, medium = source.lower(), medium.lower()
    paid = bool(_PAID.fullmatch(medium))
    if source in _SOCIAL and paid:
        return "Paid Social"
    if source in _VIDEO and paid:
        return "Paid Video"
    if source in _SOCIAL or medium in _SOCIAL_MEDIUM:
        return "Organic Social"
    if source in _VIDEO:
        return "Organic Video"
    return "Affiliates" if medium in ("affiliate", "affiliates") else "Unassigned"
