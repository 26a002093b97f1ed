from campaigns.models.ads import Ad
from campaigns.models.campaign import Campaign
from campaigns.models.code import Code, SeenCode
from campaigns.models.cost import CostLine
from campaigns.models.deal import Deal
from campaigns.models.documents import DealDocument
from campaigns.models.link import TrackingLink
from campaigns.models.products import Product
from campaigns.models.roster import ImportedRow, RosterRow
from campaigns.models.shipments import ParcelAddress, Shipment, ShipmentItem

__all__ = [
    "Ad",
    "Campaign",
    "Code",
    "CostLine",
    "Deal",
    "DealDocument",
    "ImportedRow",
    "ParcelAddress",
    "Product",
    "RosterRow",
    "SeenCode",
    "Shipment",
    "ShipmentItem",
    "TrackingLink",
]
