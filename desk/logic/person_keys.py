"""What merging and erasing a creator do with every table that leads to one: one line a foreign key.

A new foreign key to Creator, to Profile, or to a table that stays when a person is erased needs its line in KEYS;
`tests/desk/test_people.py` names the one that is missing. The steps that carry the table out are in
`desk/actions/merge.py` and `desk/actions/erase.py`. History tables need no line: they stay where they are when two
creators are merged, and go when a person is erased.
"""

from enum import StrEnum
from typing import Any, NamedTuple


class Merging(StrEnum):
    """What becomes of the rows of the creator (or profile) that goes."""

    MOVES = "moves"  # to the one that is kept; what a unique key allows only once is put aside for the undo
    BY_STEP = "by a step of its own"  # a function of its own in desk/actions/merge_steps.py decides
    FOLLOWS = "follows"  # hangs on a row that moves, so there is nothing to do


class Erasing(StrEnum):
    """What becomes of the rows when the person is erased."""

    GOES = "goes"  # deleted with all that hangs on it, files too
    STAYS = "stays"  # kept for the sums, its texts overwritten as STAYING says


class Key(NamedTuple):
    """The two answers for one foreign key."""

    merging: Merging
    erasing: Erasing


_MOVES_GOES = Key(Merging.MOVES, Erasing.GOES)
_STEP_GOES = Key(Merging.BY_STEP, Erasing.GOES)
_MOVES_STAYS = Key(Merging.MOVES, Erasing.STAYS)
_FOLLOWS_GOES = Key(Merging.FOLLOWS, Erasing.GOES)
_FOLLOWS_STAYS = Key(Merging.FOLLOWS, Erasing.STAYS)

KEYS: dict[str, Key] = {
    # to a creator
    "creators.Profile.creator": Key(Merging.BY_STEP, Erasing.STAYS),
    "creators.Contact.creator": _MOVES_GOES,
    "creators.Content.creator": _MOVES_STAYS,
    "creators.Right.creator": Key(Merging.BY_STEP, Erasing.STAYS),  # refused where two overlap
    "creators.Exclusivity.creator": _STEP_GOES,  # refused where it binds to two brands
    "creators.LifecycleSpan.creator": _STEP_GOES,  # two cannot hold at once
    "creators.Package.creator": _MOVES_GOES,
    "creators.Relationship.creator": _STEP_GOES,  # tags unite, the kept one's owner wins
    "creators.Note.creator": _STEP_GOES,  # only one may be pinned
    "creators.Sighting.creator": _MOVES_GOES,
    "creators.CreatorDocument.creator": _MOVES_GOES,  # with the document itself, its trail and its file
    "creators.Duplicate.first": _STEP_GOES,  # a pair that was dismissed stays dismissed
    "creators.Duplicate.second": _STEP_GOES,
    "creators.Merge.kept": _STEP_GOES,  # one that was taken back may have been the other way round
    "creators.Pulse.creator": _MOVES_GOES,  # derived every night
    "results.Outcome.creator": _MOVES_GOES,  # derived every ten minutes
    "creators.Vetting.creator": _STEP_GOES,  # one verdict counts, one is open
    "creators.Application.creator": _MOVES_GOES,
    "creators.Address.creator": _MOVES_GOES,
    "campaigns.Shipment.creator": _MOVES_STAYS,
    "campaigns.Code.creator": _MOVES_STAYS,
    "campaigns.Deal.creator": Key(Merging.BY_STEP, Erasing.STAYS),  # refused where both are in one campaign
    "campaigns.ImportedRow.creator": _MOVES_GOES,
    "results.Evidence.creator": _MOVES_STAYS,
    # to a profile: it moves with them, or is joined to the kept creator's where an account was renamed
    "creators.ProfileSnapshot.profile": _MOVES_GOES,
    "creators.Assessment.profile": _MOVES_GOES,
    "creators.Review.profile": _MOVES_GOES,
    "creators.Cause.profile": _MOVES_GOES,
    "creators.Alert.profile": _MOVES_GOES,
    "creators.Post.profile": _MOVES_GOES,
    "creators.Comment.profile": _MOVES_GOES,
    "creators.AudienceSample.profile": _MOVES_GOES,
    "creators.RawPayload.profile": _MOVES_GOES,
    "creators.Rate.profile": _MOVES_GOES,
    "creators.Refresh.profile": _MOVES_GOES,
    "campaigns.Deal.profile": Key(Merging.BY_STEP, Erasing.STAYS),
    # to what stays when the person is erased
    "creators.Right.content": _FOLLOWS_STAYS,
    "creators.Sighting.content": _FOLLOWS_GOES,
    "creators.PlatformPermission.right": _FOLLOWS_STAYS,
    "creators.RightReminder.right": _FOLLOWS_GOES,
    "creators.CreatorDocument.right": _FOLLOWS_GOES,
    "campaigns.Ad.right": _FOLLOWS_STAYS,
    "campaigns.CostLine.deal": _FOLLOWS_STAYS,
    "campaigns.CostLine.reverses": _FOLLOWS_STAYS,
    "campaigns.Shipment.deal": _FOLLOWS_STAYS,
    "campaigns.ShipmentItem.shipment": _FOLLOWS_STAYS,
    "campaigns.ParcelAddress.shipment": _FOLLOWS_GOES,
    "campaigns.TrackingLink.deal": _FOLLOWS_STAYS,
    "campaigns.DealDocument.deal": _FOLLOWS_GOES,
    "results.Credit.deal": _FOLLOWS_STAYS,
    "results.CreditDay.deal": _FOLLOWS_STAYS,
    "results.CreditSeal.deal": _FOLLOWS_STAYS,
    "results.Evidence.deal": _FOLLOWS_STAYS,
    "results.Click.link": _FOLLOWS_STAYS,
    "results.ClickDay.link": _FOLLOWS_STAYS,
    "results.DirtyDay.link": _FOLLOWS_STAYS,
    "briefs.BriefVersion.deal": _FOLLOWS_STAYS,
    "briefs.Viewing.version": _FOLLOWS_STAYS,
    "briefs.Acceptance.version": _FOLLOWS_STAYS,
}

ERASED = "Erased creator"
_EMPTY_BRIEF = {"title": ERASED, "values": {}, "sections": {}, "messages": [], "assets": []}

# Tables whose rows stay when a person is erased, and what their texts then say. Numbers, days and money stay.
STAYING: dict[str, dict[str, Any]] = {
    "creators.Profile": {},  # the handle becomes a word of its own: see erase.py
    "creators.Content": {"url": "", "post": None},  # the title becomes a number: see erase.py
    "creators.Right": {"terms": "", "note": ""},
    "creators.PlatformPermission": {},  # the code becomes a number: see erase.py
    "campaigns.Ad": {"name": ERASED, "reference": ""},
    "campaigns.Code": {},  # the code stays: shoppers and the shop know it, and it may never be another's
    "campaigns.Deal": {"notes": "", "overruled": "", "unvetted": "", "engaged": ""},
    "campaigns.CostLine": {"note": ""},
    "campaigns.Shipment": {"carrier": "", "tracking": "", "note": ""},
    "campaigns.ShipmentItem": {},
    "campaigns.TrackingLink": {},  # the handle in its target becomes the same word: see erase.py
    "results.Evidence": {},  # likewise
    "results.Credit": {},
    "results.CreditDay": {},
    "results.CreditSeal": {},
    "results.Click": {},
    "results.ClickDay": {},
    "results.DirtyDay": {},
    "briefs.BriefVersion": {"content": _EMPTY_BRIEF},
    "briefs.Viewing": {},
    "briefs.Acceptance": {"typed_name": ERASED},
}

# Rows that only count: nothing in them names anybody, so they are neither erased nor handed out.
SUMS = frozenset(
    {
        "results.Credit", "results.CreditDay", "results.CreditSeal", "results.Click", "results.ClickDay",
        "results.DirtyDay",
    }
)  # fmt: skip

# Rows that go together with the row that leads to them, by the name of that foreign key.
ALONG = {"creators.CreatorDocument": "document", "campaigns.DealDocument": "document"}

ERASED_HANDLE = "erased:"  # no platform has a handle with a colon, so nobody is asked about one
