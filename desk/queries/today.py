"""What Today shows and what the palette finds. Every query starts from the brand's own tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery

from briefs.models import BriefVersion
from campaigns.models import Ad, Campaign, Code, Deal, TrackingLink
from creators.enums import ApplicationState
from creators.models import Application, Profile, RightReminder
from creators.queries.alerts import open_alerts
from creators.queries.creators import creators_found_by
from creators.queries.sightings import outside
from results.enums import NotCounted
from results.models import Order
from team.enums import JobState
from team.models import Brand, Job, User

HITS = 8
FAILED_JOBS_SHOWN_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Running:
    """A campaign that is on, and what is missing in it. Counts leave cancelled deals out."""

    campaign: Campaign
    deals: int = 0
    without_link: int = 0
    without_code: int = 0
    briefs: int = 0
    unseen: int = 0
    unaccepted: int = 0

    @property
    def accepted(self) -> int:
        """Briefs whose newest version the creator accepted."""
        return self.briefs - self.unaccepted

    @property
    def linked(self) -> int:
        """Deals that have a link."""
        return self.deals - self.without_link

    @property
    def without_brief(self) -> int:
        """Deals whose creator has no brief yet."""
        return self.deals - self.briefs


@dataclass(frozen=True)
class Started:
    """Which first steps a new installation has taken."""

    creators: bool
    campaigns: bool
    orders: bool

    @property
    def complete(self) -> bool:
        """All of them."""
        return self.creators and self.campaigns and self.orders


def running(*, today: date, limit: int = 50) -> list[Running]:
    """Campaigns of the open scope that have not ended and have begun (or have no dates), the soonest end first."""
    begun = Q(starts_on=None) | Q(starts_on__lte=today)
    going = Q(ends_on=None) | Q(ends_on__gte=today)
    campaigns = list(
        Campaign.objects.filter(begun & going).select_related("brand").order_by("ends_on", "name")[:limit]
    )
    deals = {row.pop("campaign"): row for row in _deals_of(campaigns)}
    briefs = {row.pop("deal__campaign"): row for row in _briefs_of(campaigns)}
    return [Running(campaign=c, **deals.get(c.pk, {}), **briefs.get(c.pk, {})) for c in campaigns]


def _deals_of(campaigns: list[Campaign]) -> Iterable[Any]:
    link = TrackingLink.objects.filter(deal=OuterRef("pk"))
    code = Code.objects.filter(brand=OuterRef("brand"), creator=OuterRef("creator"))
    return (
        Deal.objects.active()
        .filter(campaign__in=campaigns)
        .order_by()
        .annotate(has_link=Exists(link), has_code=Exists(code))
        .values("campaign")
        .annotate(
            deals=Count("pk"),
            without_link=Count("pk", filter=Q(has_link=False)),
            without_code=Count("pk", filter=Q(has_code=False)),
        )
    )


def _briefs_of(campaigns: list[Campaign]) -> Iterable[Any]:
    newer = BriefVersion.objects.filter(deal=OuterRef("deal"), number__gt=OuterRef("number"))
    active = Deal.objects.active().filter(campaign__in=campaigns)
    return (
        BriefVersion.objects.filter(~Exists(newer), deal__in=active)
        .order_by()
        .values("deal__campaign")
        .annotate(
            briefs=Count("pk"),
            unseen=Count("pk", filter=Q(viewing=None)),
            unaccepted=Count("pk", filter=Q(acceptance=None)),
        )
    )


class _Counted(Subquery):
    """How many rows a query has, as one value of another query."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Waiting:
    """What waits within the open scope: orders without a rate, in no sum; ads seen outside their rights; alerts;
    people who applied. And which first steps are done there; creators are shared by all brands."""

    orders_without_rate: int
    ads_outside: int
    alerts: int
    applications: int
    started: Started


def waiting(user: User) -> Waiting:
    """All of it in one query."""
    waiting_for = (
        Order.objects.filter(not_counted=NotCounted.NO_RATE), outside(), open_alerts(),
        Application.objects.filter(state=ApplicationState.NEW),
    )  # fmt: skip
    counts = [_Counted(rows.order_by().values("pk")) for rows in waiting_for]
    steps = (Exists(Profile.objects.all()), Exists(Campaign.objects.all()), Exists(Order.objects.all()))
    orders, ads, alerts, applied, *done = User.objects.filter(pk=user.pk).values_list(*counts, *steps)[0]
    return Waiting(orders, ads, alerts, applied, Started(*done))


def failed_jobs(user: User, brands: list[Brand], *, now: datetime) -> list[Job]:
    """The person's failed jobs of the last two weeks, newest first, at most five."""
    failed = Job.objects.visible_to(user, brands).filter(state=JobState.FAILED)
    return list(failed.filter(made_at__gt=now - FAILED_JOBS_SHOWN_FOR).select_related("brand")[:5])


def rights_ending(*, today: date, limit: int = 10) -> list[RightReminder]:
    """Reminders of rights that end soon and that nobody has seen to, the soonest first; one a right.

    Each says whether an ad is `running` on the right today.
    """
    nearer = RightReminder.objects.filter(
        right=OuterRef("right"), right_ends_on=OuterRef("right_ends_on"), days__lt=OuterRef("days")
    )
    open_ones = RightReminder.objects.filter(
        ~Exists(nearer), done_at=None, right_ends_on__gt=today, right__held__endswith=F("right_ends_on")
    )
    running = Ad.objects.filter(right=OuterRef("right"), ran__contains=today)
    open_ones = open_ones.annotate(running=Exists(running))
    return list(open_ones.select_related("right__creator", "right__brand").order_by("right_ends_on", "pk")[:limit])


@dataclass(frozen=True)
class Found:
    """A creator or campaign that the palette can go to."""

    kind: str
    label: str
    key: int | str


def found(words: str) -> list[Found]:
    """Creators by handle or name, campaigns by name or slug of the open scope: at most eight of each."""
    if not words:
        return []
    campaigns = Campaign.objects.filter(Q(name__icontains=words) | Q(slug__icontains=words))[:HITS]
    profiles = Profile.objects.filter(is_main=True, creator__in=creators_found_by(words)).select_related("creator")
    return [
        *(Found(kind="Creator", label=f"{p.creator} (@{p.handle})", key=p.creator_id) for p in profiles[:HITS]),
        *(Found(kind="Campaign", label=campaign.name, key=campaign.slug) for campaign in campaigns),
    ]
