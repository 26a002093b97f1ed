from campaigns.models.ads import Ad
from campaigns.models.campaign import Campaign
from campaigns.models.code import Code, SeenCode
from campaigns.models.cost import CostLine
from campaigns.models.deal import Deal
from campaigns.models.documents import DealDocument
from campaigns.models.link import TrackingLink
from campaigns.models.roster import ImportedRow, RosterRow

__all__ = [
    "Ad",
    "Campaign",
    "Code",
    "CostLine",
    "Deal",
    "DealDocument",
    "ImportedRow",
    "RosterRow",
    "SeenCode",
    "TrackingLink",
]
