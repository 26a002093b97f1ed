"""Taking in applications, and deciding about them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from config.lib.retention import kept_for
from creators.actions import lifecycle
from creators.actions.profiles import settle_main
from creators.actions.rates import add_rate
from creators.enums import ApplicationState, ContactKind, RateKind, Stage
from creators.logic.applications import CONSENT, consent_words
from creators.models import Application, Contact, Creator, Profile, Rate
from team.models import Brand, User

KEPT = "creators.Application"
_REMEMBERED = 5  # later words of one applicant
_TEXTS = ("name", "email", "handle", "message")


@dataclass(frozen=True)
class Told:
    """What a person wrote. Handles are clean, the e-mail is lower case."""

    name: str
    email: str
    platform: str
    handle: str
    followers: int | None = None
    others: list[dict[str, Any]] = field(default_factory=list)
    country: str = ""
    city: str = ""
    niches: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    ask: Decimal | None = None
    ask_format: str = ""
    ask_currency: str = ""
    message: str = ""
    links: int = 0


def receive(brand: Brand, told: Told, *, suspicions: list[str], now: datetime) -> Application:
    """Keep an application, or count it on the one that waits already under the same e-mail address or handle."""
    try:
        with transaction.atomic():
            return _again(brand, told, suspicions, now) or _first(brand, told, suspicions, now)
    except IntegrityError:  # the same person's other request was faster
        with transaction.atomic():
            found = _again(brand, told, suspicions, now)
            if found is None:
                raise
            return found


def _first(brand: Brand, told: Told, suspicions: list[str], now: datetime) -> Application:
    state = ApplicationState.SPAM if suspicions else ApplicationState.NEW
    return Application.objects.create(
        brand=brand, state=state, suspicions=suspicions, consent=CONSENT, consent_at=now, made_at=now, last_at=now,
        **vars(told),
    )  # fmt: skip


def _again(brand: Brand, told: Told, suspicions: list[str], now: datetime) -> Application | None:
    same = Q(email=told.email) | Q(platform=told.platform, handle=told.handle)
    waiting = Application.objects.undecided().select_for_update().filter(same, brand=brand).order_by("made_at", "pk")
    found: Application | None = waiting.first()
    if found is None:
        return None
    if found.state == ApplicationState.SPAM and not suspicions:
        # What looked like a robot's was sent again by somebody who passes for a person.
        found.state, found.suspicions = ApplicationState.NEW, []
    found.times += 1
    found.last_at = max(found.last_at, now)
    found.later = [*found.later, _difference(found, told, now)][-_REMEMBERED:]
    found.save()
    return found


def _difference(found: Application, told: Told, now: datetime) -> dict[str, str]:
    new = {name: getattr(told, name) for name in _TEXTS if getattr(told, name) != getattr(found, name)}
    return {"at": now.isoformat(timespec="seconds"), **new}


@transaction.atomic
def accept(ids: Iterable[int], *, by: User | None, now: datetime) -> list[Application]:
    """Put the people behind waiting applications on the roster, each as a prospect of the brand, and return them.

    A profile that is there already says who the creator is; nobody is made twice and no profile is taken away from
    anybody. Those decided meanwhile are left out.
    """
    waiting = Application.objects.undecided().select_for_update(of=("self",)).select_related("brand")
    accepted = list(waiting.filter(pk__in=list(ids)).order_by("pk"))
    for application in accepted:
        application.creator = _creator_of(application, by=by, now=now)
        application.state, application.decided_at, application.decided_by = ApplicationState.ACCEPTED, now, by
        application.save(update_fields=["creator", "state", "decided_at", "decided_by"])
        lifecycle.begin(
            [application.creator.pk], brand=application.brand, stage=Stage.PROSPECT, why="Applied", by=by, now=now
        )
    return accepted


def _creator_of(application: Application, *, by: User | None, now: datetime) -> Creator:
    profiles = [_as_profile(application), *application.others]
    found = _known(profiles) or Creator.objects.create(
        name=application.name, country=application.country, city=application.city, niches=application.niches,
        formats=application.formats, created_at=now, is_sample=application.brand.is_sample,
    )  # fmt: skip
    _fill_gaps(found, application)
    main = _add_profiles(found, profiles)
    Contact.objects.get_or_create(creator=found, kind=ContactKind.EMAIL, value=application.email)
    if application.ask is not None and main is not None:
        _add_ask(application, main, by=by, now=now)
    return found


def _as_profile(application: Application) -> dict[str, Any]:
    return {"platform": application.platform, "handle": application.handle, "followers": application.followers}


def _known(profiles: list[dict[str, Any]]) -> Creator | None:
    """The creator of the first of these profiles that is on the roster."""
    for told in profiles:
        held = Profile.objects.filter(platform=told["platform"], handle=told["handle"]).select_related("creator")
        if profile := held.first():
            return profile.creator
    return None


def _fill_gaps(creator: Creator, application: Application) -> None:
    """What the roster knows stays; a place or formats that it lacks are taken over, and niches are added."""
    niches = list(dict.fromkeys([*creator.niches, *application.niches]))[:20]
    changed: dict[str, Any] = {} if niches == creator.niches else {"niches": niches}
    if not creator.country and not creator.city:
        changed |= {"country": application.country, "city": application.city}
    if not creator.formats:
        changed["formats"] = application.formats
    for name, value in changed.items():
        setattr(creator, name, value)
    creator.save(update_fields=list(changed))


def _add_profiles(creator: Creator, profiles: list[dict[str, Any]]) -> Profile | None:
    """Add what the creator lacks. Returns the profile of the application's own handle, if it is the creator's."""
    taken = set(creator.profiles.values_list("platform", flat=True))
    for told in profiles:
        is_held = Profile.objects.filter(platform=told["platform"], handle=told["handle"]).exists()
        if told["platform"] not in taken and not is_held:
            Profile.objects.create(creator=creator, **told)
            taken.add(told["platform"])
    settle_main(creator, None)
    first = profiles[0]
    own: Profile | None = creator.profiles.filter(platform=first["platform"], handle=first["handle"]).first()
    return own


def _add_ask(application: Application, profile: Profile, *, by: User | None, now: datetime) -> None:
    rate = Rate(
        brand=application.brand, profile=profile, format=application.ask_format, kind=RateKind.ASK,
        amount=application.ask, currency=application.ask_currency, quoted_on=application.made_at.date(),
        note="Asked in an application",
    )  # fmt: skip
    add_rate(rate, by=by, now=now)


@transaction.atomic
def decline(ids: Iterable[int], *, why: str, by: User | None, now: datetime) -> int:
    """Say no to waiting applications, with the reason. How many. Raises ValueError without a reason."""
    if not why.strip():
        raise ValueError("Say why it is declined.")
    return Application.objects.undecided().filter(pk__in=list(ids)).update(
        state=ApplicationState.DECLINED, why=why.strip()[:200], decided_at=now, decided_by=by
    )  # fmt: skip


def mark_spam(ids: Iterable[int]) -> int:
    """Put new applications on the spam pile. How many."""
    return _turn(ids, ApplicationState.NEW, ApplicationState.SPAM)


def mark_genuine(ids: Iterable[int]) -> int:
    """Take applications off the spam pile. How many."""
    return _turn(ids, ApplicationState.SPAM, ApplicationState.NEW)


def _turn(ids: Iterable[int], before: ApplicationState, after: ApplicationState) -> int:
    return Application.objects.filter(pk__in=list(ids), state=before).update(state=after)


def consent_of(brand: Brand, *, version: str = CONSENT) -> str:
    """What people agree to who apply to this brand, or what somebody agreed to under that version."""
    days, waiting_days = kept_for(KEPT).days, kept_for(KEPT, "waiting_days").days
    return consent_words(version, brand=brand.name, days=days, waiting_days=waiting_days)


def forget_old(brand: Brand, *, now: datetime) -> int:
    """Delete applications that `config/retention.toml` lets nobody keep. How many went.

    An accepted one whose creator is gone is nobody's any more and goes like a declined one.
    """
    over = Q(state=ApplicationState.DECLINED) | Q(state=ApplicationState.ACCEPTED, creator=None)
    decided = over & Q(decided_at__lt=now - kept_for(KEPT))
    waiting = Q(state=ApplicationState.NEW, last_at__lt=now - kept_for(KEPT, "waiting_days"))
    spam = Q(state=ApplicationState.SPAM, last_at__lt=now - kept_for(KEPT, "spam_days"))
    return Application.objects.filter(decided | waiting | spam, brand=brand).delete()[0]
