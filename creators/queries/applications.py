"""The queue of people who applied."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from creators.enums import ApplicationState
from creators.models import Application, Contact, Profile

EVERY = "all"


@dataclass(frozen=True)
class ApplicationFilter:
    """What a person asked the queue for. Blank: every platform, niche and brand, with new ones alone."""

    q: str = ""
    state: str = ApplicationState.NEW
    platform: str = ""
    niche: str = ""
    brand: str = ""


def applications(wanted: ApplicationFilter) -> QuerySet[Application]:
    """Applications of the open scope by a filter, newest first; `is_known` where the roster has the handle."""
    held = Profile.objects.filter(platform=OuterRef("platform"), handle=OuterRef("handle"))
    found = Application.objects.select_related("brand", "creator", "decided_by").annotate(is_known=Exists(held))
    if wanted.state != EVERY:
        found = found.filter(state=wanted.state)
    if wanted.platform:
        found = found.filter(platform=wanted.platform)
    if wanted.niche:
        found = found.filter(niches__contains=[wanted.niche.lower()])
    if wanted.brand:
        found = found.filter(brand=int(wanted.brand))
    if words := wanted.q:
        found = found.filter(
            Q(name__icontains=words) | Q(handle__icontains=words.lower().lstrip("@")) | Q(email__icontains=words)
        )
    return found.order_by("-made_at", "-pk")


def counts_by_state(brand_ids: Iterable[int]) -> dict[str, int]:
    """How many stand in each state, in one query; states without one are 0."""
    found = dict.fromkeys(ApplicationState.values, 0)
    rows = Application.objects.filter(brand__in=list(brand_ids)).order_by().values("state").annotate(n=Count("pk"))
    return found | dict(rows.values_list("state", "n"))


def earlier(application: Application) -> QuerySet[Application]:
    """The same person's other applications to this brand, by e-mail address or handle, newest first."""
    same = Q(email=application.email) | Q(platform=application.platform, handle=application.handle)
    return Application.objects.filter(same, brand=application.brand_id).exclude(pk=application.pk)


def on_the_roster(application: Application) -> Profile | None:
    """The profile that the roster already has under this handle, or of a creator with this e-mail address."""
    held = Profile.objects.select_related("creator").filter(platform=application.platform, handle=application.handle)
    by_email = Contact.objects.filter(kind="email", value__iexact=application.email).values("creator")
    return held.first() or Profile.objects.select_related("creator").filter(
        creator__in=by_email, is_main=True
    ).first()  # fmt: skip
