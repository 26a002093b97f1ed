"""The words of the roster, a file a noun."""

from creators.enums.findings import AlertKind, CauseKind, Level, Ruling
from creators.enums.lifecycle import OVERLAYS, Stage, TopRuling, Track
from creators.enums.numbers import Basis, ContentKind, Population, RateBasis, Source, Verdict
from creators.enums.people import (
    AddressSource,
    ApplicationState,
    ContactKind,
    DuplicateState,
    NoteKind,
    PersonAct,
    Platform,
    Tier,
)
from creators.enums.rates import RateFormat, RateKind
from creators.enums.refresh import Failure, Question, RefreshState
from creators.enums.rights import ContentStatus, PermissionKind, Place, RightKind, RightState, SightingSource
from creators.enums.vetting import VettingItem, VettingVerdict

__all__ = [
    "OVERLAYS",
    "AddressSource",
    "AlertKind",
    "ApplicationState",
    "Basis",
    "CauseKind",
    "ContactKind",
    "ContentKind",
    "ContentStatus",
    "DuplicateState",
    "Failure",
    "Level",
    "NoteKind",
    "PermissionKind",
    "PersonAct",
    "Place",
    "Platform",
    "Population",
    "Question",
    "RateBasis",
    "RateFormat",
    "RateKind",
    "RefreshState",
    "RightKind",
    "RightState",
    "Ruling",
    "SightingSource",
    "Source",
    "Stage",
    "Tier",
    "TopRuling",
    "Track",
    "Verdict",
    "VettingItem",
    "VettingVerdict",
]
