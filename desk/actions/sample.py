"""Loading the sample program, through the same actions as real use."""

import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django_scopes import scope

from briefs.actions.briefs import accept, brief_of, make_versions, see
from briefs.models import BriefVersion
from campaigns.actions.links import LinkWish, make
from campaigns.actions.roster import import_roster, stage_roster
from campaigns.logic.roster_columns import match_columns
from campaigns.models import Campaign, Code, Deal, TrackingLink
from config.lib.days import day_at
from config.lib.networks import network_of
from config.lib.tabular import read_table
from creators.actions.assess import assess_profiles
from creators.actions.pulses import take_pulses
from creators.models import Creator, Profile
from desk.actions.sample_applications import load_applications
from desk.actions.sample_documents import load_documents
from desk.actions.sample_duplicates import load_duplicates
from desk.actions.sample_lifecycle import load_stages
from desk.actions.sample_notes import load_notes
from desk.actions.sample_numbers import load_numbers
from desk.actions.sample_rights import load_rights
from desk.actions.sample_shipments import load_shipments
from desk.actions.sample_vetting import load_vettings
from desk.actions.sample_views import load_views
from desk.logic import sample
from results.actions.orders import take_in
from results.actions.shipping import store
from results.actions.staging import dropped, stage
from results.logic.click_ids import click_id
from results.logic.clicks import class_of_agent
from results.logic.visitors import visitor_key
from team.actions.brands import make_brand
from team.enums import JobState
from team.models import Brand, Job, User

DESTINATION = "https://fernhill.example/tea"


def sample_brand() -> Brand | None:
    """The sample's brand, where it is loaded."""
    return Brand.objects.filter(is_sample=True).first()


@transaction.atomic
def load_sample(*, by: User | None, now: datetime) -> Brand:
    """Make the sample program, or return the brand of the one that is there. All or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('troupe: sample'))")
    return sample_brand() or _load(by=by, now=now)


def _load(*, by: User | None, now: datetime) -> Brand:
    brand = make_brand(name=sample.BRAND_NAME, slug=sample.BRAND_SLUG, currency="GBP", time_zone="Europe/London")
    brand.is_sample = True
    brand.save(update_fields=["is_sample"])
    known = list(Creator.objects.values_list("pk", flat=True))
    with scope(brand=brand):
        for plan in sample.CAMPAIGNS:
            _load_campaign(brand, plan, by=by, now=now)
        Creator.objects.exclude(pk__in=known).update(is_sample=True)
        profiles = list(Profile.objects.filter(creator__is_sample=True))
        load_numbers(profiles, now=now)
        assess_profiles([profile.pk for profile in profiles], now)
        load_shipments(brand, by=by, now=now)
        links = _links(brand)
        _load_clicks(brand, links, now=now)
        _load_orders(brand, links, by=by, now=now)
        _load_briefs(brand, now=now)
        load_stages(brand, by=by, now=now)
        load_notes(brand, by=by, now=now)
        creators = list(Creator.objects.filter(is_sample=True).order_by("pk"))
        load_rights(brand, creators, by=by, today=day_at(now, brand.time_zone), now=now)
        load_documents(brand, creators, by=by, now=now)
        load_vettings(brand, creators, by=by, now=now)
        load_applications(brand, by=by, now=now)
        load_duplicates(brand, by=by, now=now)
        load_views(brand, by=by)
    take_pulses(now=now)
    return brand


def _load_campaign(brand: Brand, plan: sample.SampleCampaign, *, by: User | None, now: datetime) -> None:
    campaign = Campaign.objects.create(
        brand=brand, name=plan.name, slug=f"{brand.slug}-{plan.slug}".replace("-", "_"), discount_percent=10,
        starts_on=sample.first_day(plan, now.date()), ends_on=sample.last_day(plan, now.date()),
        destination=DESTINATION, budget=Decimal(3000), target_cac=Decimal(plan.target),
    )  # fmt: skip
    rows = [row for number, row in enumerate(sample.roster()) if number in plan.members]
    with _file(sample.as_csv(rows)) as path, _job("import_creators", brand, "sample roster.csv", by, now) as job:
        table = read_table(path, path.name)
        stage_roster(job, table, match_columns(table.header))
        import_roster(job, campaign, skip_bad=False, by=by, now=now)
    make(campaign, LinkWish(), now=now)


def _links(brand: Brand) -> list[sample.SampleLink]:
    codes = dict(Code.objects.filter(brand=brand).values_list("creator", "code"))
    plans = {f"{brand.slug}-{plan.slug}".replace("-", "_"): plan for plan in sample.CAMPAIGNS}
    links = TrackingLink.objects.filter(brand=brand).select_related("deal__campaign", "deal__profile").order_by("pk")
    return [
        sample.SampleLink(
            link_id=link.pk, campaign_slug=link.deal.campaign.slug, handle=link.deal.profile.handle,
            platform=link.deal.profile.platform, code=codes[link.deal.creator_id],
            campaign=plans[link.deal.campaign.slug],
        )
        for link in links
    ]  # fmt: skip


def _load_clicks(brand: Brand, links: Sequence[sample.SampleLink], *, now: datetime) -> None:
    salt = secrets.token_bytes(16)  # forgotten here, as a day's salt is
    random = sample.randomness("click ids")
    store(
        [
            (
                UUID(click_id(int(click.at.timestamp() * 1000), random.randbytes(10))),
                click.at,
                click.link_id,
                class_of_agent(click.agent).value,
                visitor_key(click.address, click.agent, site=brand.pk, salt=salt),
                network_of(click.address),
                click.agent,
                "",
                False,
            )
            for click in sample.clicks(links, now=now)
        ]
    )


def _load_orders(brand: Brand, links: Sequence[sample.SampleLink], *, by: User | None, now: datetime) -> None:
    text = sample.as_csv(sample.orders(links, now=now))
    with _file(text) as path, _job("import_orders", brand, "sample orders.csv", by, now) as job:
        stage(job, brand, path, path.name)
        take_in(job, brand, skip_bad=True, now=now)
        dropped(job)


def _load_briefs(brand: Brand, *, now: datetime) -> None:
    """Briefs given to everybody, seen by most, accepted by many."""
    for campaign in Campaign.objects.filter(brand=brand).select_related("brand").order_by("starts_on"):
        deals = Deal.objects.filter(campaign=campaign).select_related("creator", "profile", "campaign")
        make_versions(brief_of(campaign), list(deals), now=now)
    versions = list(BriefVersion.objects.filter(brand=brand).select_related("deal__creator").order_by("pk"))
    for number, version in enumerate(versions):
        if number % 5 != 4:
            see(version, now=now)
        if number % 5 < 3:
            accept(version, typed_name=version.deal.creator.name, now=now)


@contextmanager
def _file(text: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sample.csv")
        path.write_text(text, encoding="utf-8")
        yield path


@contextmanager
def _job(kind: str, brand: Brand, name: str, by: User | None, now: datetime) -> Iterator[Job]:
    yield Job.objects.create(
        kind=kind, brand=brand, made_by=by, state=JobState.DONE, file_name=name, started_at=now, ended_at=now
    )
