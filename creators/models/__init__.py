from creators.models.addresses import Address, PostalAddress
from creators.models.applications import Application
from creators.models.assessments import Alert, Assessment, Cause, Review
from creators.models.benchmarks import BenchmarkCell
from creators.models.calendars import RightReminder, RightsCalendar
from creators.models.creator import Contact, Creator, Profile
from creators.models.documents import CreatorDocument
from creators.models.exclusivity import Exclusivity
from creators.models.lifecycle import LifecycleSpan
from creators.models.merges import Duplicate, Merge, PersonRecord
from creators.models.payloads import RawPayload
from creators.models.peers import ExpectationCell, LimitCell, NormCell
from creators.models.posts import AudienceSample, Comment, CommentSample, Post, PostSnapshot
from creators.models.pulse import Pulse
from creators.models.rates import Package, Rate
from creators.models.refresh import Breaker, Refresh, Spending
from creators.models.relationships import Mention, Note, Relationship
from creators.models.reports import CreatorReport
from creators.models.rights import Content, PlatformPermission, Right
from creators.models.sightings import Sighting
from creators.models.snapshots import ProfileSnapshot
from creators.models.vetting import Vetting, VettingScore

__all__ = [
    "Address",
    "Alert",
    "Application",
    "Assessment",
    "AudienceSample",
    "BenchmarkCell",
    "Breaker",
    "Cause",
    "Comment",
    "CommentSample",
    "Contact",
    "Content",
    "Creator",
    "CreatorDocument",
    "CreatorReport",
    "Duplicate",
    "Exclusivity",
    "ExpectationCell",
    "LifecycleSpan",
    "LimitCell",
    "Mention",
    "Merge",
    "NormCell",
    "Note",
    "Package",
    "PersonRecord",
    "PlatformPermission",
    "Post",
    "PostSnapshot",
    "PostalAddress",
    "Profile",
    "ProfileSnapshot",
    "Pulse",
    "Rate",
    "RawPayload",
    "Refresh",
    "Relationship",
    "Review",
    "Right",
    "RightReminder",
    "RightsCalendar",
    "Sighting",
    "Spending",
    "Vetting",
    "VettingScore",
]
