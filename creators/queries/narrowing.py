"""What each filter of the list of creators means, as a condition on creators. Orders and costs lie further out."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from creators.enums import NoteKind, RateKind, RightKind, Tier
from creators.logic.tiers import bounds_of
from creators.models import LifecycleSpan, Note, Profile, Rate, Relationship, Right, Vetting
from creators.queries.creators import NO_STAGE, CreatorFilter, holding, named
from creators.queries.findings import findings_at

NOBODY = Q(pk__in=[])
SOON = timedelta(days=30)
WAITING, NO_VERDICT = "waiting", "none"
"""Of a vetting, beside its verdicts."""
Narrowing = Callable[[Any, CreatorFilter], Q]


def conditions_of(wanted: CreatorFilter) -> list[Q]:
    """One condition a filter; names that this app does not know are somebody else's."""
    return [NARROWINGS[name](value, wanted) for name, value in wanted.values.items() if name in NARROWINGS]


def among(wanted: CreatorFilter, rows: QuerySet[Any], path: str = "creator") -> Q:
    """Creators whom these rows of another table name; `is_broad` as in `CreatorFilter`."""
    if not wanted.is_broad:
        return Q(pk__in=rows.order_by().values(path))
    theirs = rows.order_by().filter(**{path: OuterRef("pk")})
    # The offset keeps PostgreSQL from gathering all of them first, as it would for a plain EXISTS.
    return Q(Exists(theirs, template="EXISTS(%(subquery)s OFFSET 0)"))


def not_among(rows: QuerySet[Any], path: str = "creator") -> Q:
    """Creators whom none of these rows names. Asked of one creator after the other, so that a page needs few."""
    return Q(~Exists(rows.order_by().filter(**{path: OuterRef("pk")})))


def day_of(day: date, wanted: CreatorFilter) -> datetime:
    """When the day begins on the brand's clock."""
    return datetime.combine(day, time(), ZoneInfo(wanted.brand.time_zone if wanted.brand else "UTC"))


def _within_brand(narrow: Narrowing) -> Narrowing:
    """Without a brand nobody knows what a brand would know."""
    return lambda value, wanted: narrow(value, wanted) if wanted.brand else NOBODY


def _tier(tier: str, wanted: CreatorFilter) -> Q:
    low, high = bounds_of(Tier(tier))
    return Q(main__followers__gte=low) & (Q() if high is None else Q(main__followers__lt=high))


def _stage(stage: str, wanted: CreatorFilter) -> Q:
    spans = LifecycleSpan.objects.stages().open().filter(brand=wanted.brand)
    return not_among(spans) if stage == NO_STAGE else among(wanted, spans.filter(stage=stage))


def _overlay(track: str, wanted: CreatorFilter) -> Q:
    return among(wanted, LifecycleSpan.objects.open().filter(brand=wanted.brand, track=track))


def _vetting(verdict: str, wanted: CreatorFilter) -> Q:
    """The verdict that counts; or those who wait for one, or have none."""
    vettings = Vetting.objects.filter(brand=wanted.brand)
    if verdict == WAITING:
        return among(wanted, vettings.waiting())
    if verdict == NO_VERDICT:
        return not_among(vettings.standing())
    return among(wanted, vettings.standing().filter(verdict=verdict))


def _tag(tag: str, wanted: CreatorFilter) -> Q:
    return among(wanted, Relationship.objects.filter(brand=wanted.brand, tags__contains=[tag]))


def _owner(owner: str, wanted: CreatorFilter) -> Q:
    held = Relationship.objects.filter(brand=wanted.brand)
    if owner == "none":
        return not_among(held.filter(owner__isnull=False))
    return among(wanted, held.filter(owner=wanted.me if owner == "me" else int(owner)))


def _contacts(wanted: CreatorFilter) -> QuerySet[Note]:
    return Note.objects.filter(brand=wanted.brand).exclude(kind=NoteKind.NOTE)


def _contact(answer: str, wanted: CreatorFilter) -> Q:
    return not_among(_contacts(wanted)) if answer == "never" else among(wanted, _contacts(wanted))


def _contact_after(day: date, wanted: CreatorFilter) -> Q:
    return among(wanted, _contacts_since(day, wanted))


def _contacts_since(day: date, wanted: CreatorFilter) -> QuerySet[Note]:
    return _contacts(wanted).filter(told_at__gte=day_of(day, wanted))


def _contact_before(day: date, wanted: CreatorFilter) -> Q:
    """The last contact lies before the day."""
    return among(wanted, _contacts(wanted)) & not_among(_contacts_since(day, wanted))


def _rights(which: str, wanted: CreatorFilter) -> Q:
    running = Right.objects.filter(brand=wanted.brand).on(wanted.today)
    if which == "none":
        return not_among(running)
    if which == "whitelisting":
        running = running.filter(kind=RightKind.WHITELISTING)
    if which == "ending":
        running = running.filter(held__endswith__lte=wanted.today + SOON)
    return among(wanted, running)


def _asks(name: str, wanted: CreatorFilter) -> Q:
    """Their newest ask lies there, in the brand's currency. The first of the two bounds speaks for both."""
    bounds = {"ask_from": "amount__gte", "ask_to": "amount__lte"}
    amount = {bounds[each]: wanted.values[each] for each in bounds if each in wanted.values}
    if name != next(each for each in bounds if each in wanted.values):
        return Q()
    asks = Rate.objects.filter(brand=wanted.brand, kind=RateKind.ASK)
    later = Q(quoted_on__gt=OuterRef("quoted_on")) | Q(quoted_on=OuterRef("quoted_on"), pk__gt=OuterRef("pk"))
    overtaken = Exists(asks.filter(later, profile__creator=OuterRef("profile__creator")).order_by())
    currency = wanted.brand.currency if wanted.brand else ""
    return among(wanted, asks.filter(~overtaken, currency=currency, **amount), "profile__creator")


NARROWINGS: dict[str, Narrowing] = {
    "q": lambda words, wanted: holding(words, is_broad=wanted.is_broad),
    "name": lambda words, wanted: named(words),
    "platform": lambda platform, wanted: among(wanted, Profile.objects.filter(platform=platform)),
    "tier": _tier,
    "followers_from": lambda least, wanted: Q(main__followers__gte=least),
    "followers_to": lambda most, wanted: Q(main__followers__lte=most),
    "engagement": lambda verdict, wanted: Q(pulse__verdict=verdict),
    "rate_from": lambda least, wanted: Q(pulse__rate__gte=least),
    "rate_to": lambda most, wanted: Q(pulse__rate__lte=most),
    "posted_after": lambda day, wanted: Q(pulse__posted_at__gte=day_of(day, wanted)),
    "posted_before": lambda day, wanted: Q(pulse__posted_at__lt=day_of(day, wanted)),
    "level": lambda level, wanted: among(wanted, findings_at(level), "profile__creator"),
    "stage": _within_brand(_stage),
    "overlay": _within_brand(_overlay),
    "vetting": _within_brand(_vetting),
    "country": lambda country, wanted: Q(country__iexact=country),
    "region": lambda region, wanted: Q(region__iexact=region),
    "city": lambda city, wanted: Q(city__iexact=city),
    "language": lambda language, wanted: Q(language__iexact=language),
    "niche": lambda niche, wanted: Q(niches__contains=[niche.lower()]),
    "format": lambda made, wanted: Q(formats__contains=[made]),
    "no_contact": lambda answer, wanted: Q(no_contact_on__isnull=answer == "no"),
    "tag": _within_brand(lambda tag, wanted: _tag(tag.lower(), wanted)),
    "owner": _within_brand(_owner),
    "contact": _within_brand(_contact),
    "contact_after": _within_brand(_contact_after),
    "contact_before": _within_brand(_contact_before),
    "rights": _within_brand(_rights),
    "ask_from": _within_brand(lambda least, wanted: _asks("ask_from", wanted)),
    "ask_to": _within_brand(lambda most, wanted: _asks("ask_to", wanted)),
}
