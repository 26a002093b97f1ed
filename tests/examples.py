"""One of everything in a brand, and what to put into each address: for the tests of access and of the walls.

A new kind of address with arguments needs a line in ARGUMENTS. A new model is filled by itself from its fields; where its
constraints ask for more, say so in VALUES.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from briefs.models import Asset
from campaigns.actions import tracking_files
from campaigns.enums import RosterStep
from campaigns.models import Ad, Campaign, CostLine, Deal, Product, Shipment, TrackingLink
from config.checks import our_models
from config.lib.fields import AmountField
from config.lib.tokens import signed
from config.shared_models import SHARED_MODELS
from creators.actions import address_files, metric_jobs, report_files
from creators.models import (
    Application,
    Creator,
    CreatorReport,
    Duplicate,
    Exclusivity,
    Mention,
    Merge,
    Note,
    Package,
    PlatformPermission,
    Post,
    Profile,
    Rate,
    RawPayload,
    Right,
    RightReminder,
    RightsCalendar,
    Sighting,
)
from results.actions import order_jobs
from results.models import ExchangeRate, Order
from team.enums import JobState, Role
from team.models import Brand, Document, Invitation, Job, Membership, ProviderKey, SavedView, User
from tests.factories import TODAY, make_creator, make_payload, make_provider_key, make_user

Made = dict[Any, Any]


@dataclass(frozen=True)
class Example:
    """What stands for an argument, or what is posted. `walled`: it is of one brand, and others must not find it."""

    of: Callable[[Made], Any]
    walled: bool


def walled(of: Callable[[Made], Any]) -> Example:
    """Something of one brand: a neighbour gets 404."""
    return Example(of, walled=True)


def shared(of: Callable[[Made], Any]) -> Example:
    """Something the whole team, or everybody, may see."""
    return Example(of, walled=False)


ORDERS_JOB = "the job that reads an order file"
METRICS_JOB = "the job that reads a file of public numbers"
OTHER_CREATOR = "a creator that may be the same person"
ADDRESSES_JOB = "the job that reads a file of addresses"
TRACKING_JOB = "the job that reads a file of tracking numbers"
REPORTS_JOB = "the job that reads a file of creator-reported numbers"

# By the words before the argument in the address; where they do not tell, by the name of the route.
ARGUMENTS: dict[str, Example] = {
    "account_confirm_email <key>": shared(lambda made: "wrong"),
    "account_reset_password_from_key <uidb36>": shared(lambda made: "1"),
    "account_reset_password_from_key <key>": shared(lambda made: "wrong-key"),
    # team
    "setup/<token>": shared(lambda made: "wrong"),
    "login/<token>": shared(lambda made: "wrong"),
    "invitation/<token>": shared(lambda made: "wrong"),
    "brands/<pk>": walled(lambda made: made[Brand].pk),
    "people/<pk>": walled(lambda made: made[Membership].pk),
    "invitations/<pk>": walled(lambda made: made[Invitation].pk),
    "jobs/<pk>": walled(lambda made: made[Job].pk),
    # creators
    "creators/import/<pk>": walled(lambda made: made[Job].pk),
    "providers/<pk>": shared(lambda made: made[ProviderKey].pk),
    "answers/<pk>": shared(lambda made: made[RawPayload].pk),
    "signals/<pk>": shared(lambda made: made[Profile].pk),
    "creators/<pk>": shared(lambda made: made[Creator].pk),
    "creators/notes/<pk>": walled(lambda made: made[Note].pk),
    "mentions/<pk>": walled(lambda made: made[Mention].pk),
    "creators:export <form>": shared(lambda made: "csv"),
    "desk:creators_export <form>": shared(lambda made: "csv"),
    "desk:cell <column>": shared(lambda made: "stage"),
    "creators/views/<pk>": walled(lambda made: made[SavedView].pk),
    "creators/posts/<pk>": shared(lambda made: made[Post].pk),
    "creators/reports/<pk>": walled(lambda made: made[CreatorReport].pk),
    "creators/numbers/import/<pk>": walled(lambda made: made[METRICS_JOB].pk),
    "creators/reports/import/<pk>": walled(lambda made: made[REPORTS_JOB].pk),
    "creators/addresses/import/<pk>": walled(lambda made: made[ADDRESSES_JOB].pk),
    "creators/rights/<pk>": walled(lambda made: made[Right].pk),
    "permissions/<pk>": walled(lambda made: made[PlatformPermission].pk),
    "reminders/<pk>": walled(lambda made: made[RightReminder].pk),
    "calendars/<pk>": walled(lambda made: made[RightsCalendar].pk),
    "calendar/<token>": shared(lambda made: made[RightsCalendar].token),
    "sightings/<pk>": walled(lambda made: made[Sighting].pk),
    "exclusivity/<pk>": walled(lambda made: made[Exclusivity].pk),
    "creators/rates/<pk>": walled(lambda made: made[Rate].pk),
    "applications/<pk>": walled(lambda made: made[Application].pk),
    "apply/<slug>": shared(lambda made: made[Brand].slug),
    "creators/packages/<pk>": walled(lambda made: made[Package].pk),
    # campaigns
    "creators/board/<pk>": shared(lambda made: made[Creator].pk),
    "campaigns/<slug>": walled(lambda made: made[Campaign].slug),
    "deals/<pk>": walled(lambda made: made[Deal].pk),
    "documents/<pk>": walled(lambda made: made[Document].pk),
    "ads/<pk>": walled(lambda made: made[Ad].pk),
    "products/<pk>": walled(lambda made: made[Product].pk),
    "shipments/<pk>": walled(lambda made: made[Shipment].pk),
    "shipments/tracking/<pk>": walled(lambda made: made[TRACKING_JOB].pk),
    "costs/<pk>": walled(lambda made: made[CostLine].pk),
    "links/<pk>": walled(lambda made: made[TrackingLink].pk),
    # results
    "orders/import/<pk>": walled(lambda made: made[ORDERS_JOB].pk),
    "orders/<pk>": walled(lambda made: made[Order].pk),
    "rates/<pk>": walled(lambda made: made[ExchangeRate].pk),
    "r/<slug>": shared(lambda made: made[TrackingLink].slug),
    "costs/<deal>": walled(lambda made: made[Deal].pk),
    # briefs
    "assets/<asset_id>": walled(lambda made: made[Asset].pk),
    "brief/<deal_id>": walled(lambda made: made[Deal].pk),
    "b/<token>": shared(lambda made: signed("brief", made[Deal].pk, made[Deal].brief_key)),
    # desk
    "creators/<kept>": shared(lambda made: made[Creator].pk),
    "merge/<other>": shared(lambda made: made[OTHER_CREATOR].pk),
    "merges/<pk>": shared(lambda made: made[Merge].pk),
    "duplicates/<pk>": shared(lambda made: made[Duplicate].pk),
}

# What is posted where an empty form would not do, by the name of the route.
POSTED: dict[str, Example] = {
    "team:switch": walled(lambda made: {"brand": made[Brand].pk}),
    "campaigns:move_card": walled(lambda made: {"brand": made[Brand].slug}),
    "desk:remove_sample": walled(lambda made: {}),  # only the sample brand's own people can take it away
}

# What a field must hold where its type alone does not tell, by model and field. `word` is the brand's own word:
# seven letters that may also be a short link, so that its appearance anywhere is unmistakable.
VALUES: dict[str, Callable[[str], Any]] = {
    "campaigns.Campaign.slug": lambda word: word,
    "campaigns.TrackingLink.slug": lambda word: word,
    "campaigns.RosterRow.problems": lambda word: [{"field": "fee", "value": word, "reason": word}],
    "team.Document.kind": lambda word: "media_kit",
    "team.Document.content_type": lambda word: "application/pdf",
    "team.Document.sha256": lambda word: "0" * 64,
    "team.Document.file": lambda word: "documents/gone",
    "team.Document.removed_at": lambda word: None,
    "team.Document.removed_why": lambda word: "",
    "campaigns.Campaign.category": lambda word: word,
    "campaigns.Deal.unvetted": lambda word: word,
    "campaigns.Deal.engaged": lambda word: word,
    "creators.Vetting.verdict": lambda word: "no",
    "creators.Vetting.reason": lambda word: word,
    "creators.Vetting.replaced_at": lambda word: None,
    "creators.VettingScore.note": lambda word: word,
    "creators.Assessment.flagged": lambda word: ["S1"],
    "creators.Assessment.watched": lambda word: ["S2"],
    "creators.Review.code": lambda word: "S1",
    "creators.Package.formats": lambda word: ["reel"],
    "creators.Rate.kind": lambda word: "paid",
    "creators.Rate.deal_number": lambda word: None,
    "creators.Application.ask_currency": lambda word: "GBP",
    "creators.Application.formats": lambda word: ["reel"],
    "creators.Application.consent": lambda word: "consent-1",
    "creators.Application.state": lambda word: "new",
    "creators.Application.decided_at": lambda word: None,
    "creators.LifecycleSpan.track": lambda word: "stage",
    "creators.LifecycleSpan.stage": lambda word: "live",
    "creators.Right.territory": lambda word: "DE",
    "creators.Right.revoked_on": lambda word: None,
    "creators.Right.revoked_why": lambda word: "",
    "creators.Sighting.territory": lambda word: "DE",
    "creators.Sighting.settled_on": lambda word: None,
    "creators.Sighting.settled_why": lambda word: "",
    "creators.PlatformPermission.days": lambda word: 60,
    "creators.RightReminder.days": lambda word: 14,
    "creators.RightReminder.done_at": lambda word: None,
    "campaigns.Shipment.sent_on": lambda word: TODAY,
    "campaigns.Shipment.delivered_on": lambda word: TODAY,
    "campaigns.Shipment.ended_on": lambda word: None,
    "campaigns.Shipment.state": lambda word: "delivered",
    "campaigns.ShipmentItem.shipment_state": lambda word: "delivered",
    "campaigns.Ad.ran": lambda word: DateRange(TODAY, TODAY + timedelta(days=10)),
    "team.SavedView.is_shared": lambda word: True,
    "results.Outcome.low": lambda word: 1.5,
    "results.Outcome.mid": lambda word: 2.5,
    "results.Outcome.high": lambda word: 3.5,
    "results.Order.not_counted": lambda word: "",
    "results.Order.rate": lambda word: Decimal(1),
    "results.RawOrder.rows": lambda word: [{"Name": word}],
    "results.StagedOrder.verdict": lambda word: "bad",
    "results.StagedOrder.problems": lambda word: [{"line": 1, "field": "Total", "value": word, "reason": word}],
    "briefs.Brief.messages": lambda word: [{"kind": "proof", "text": word}],
    "briefs.BriefVersion.content": lambda word: {
        "title": word,
        "values": {"brand": word, "link": f"https://{word}.example/"},
        "sections": {"goal": word},
        "messages": [{"kind": "proof", "text": word}],
        "assets": [],
    },
}
POINTS_AT = {"results.StagedOrder.job": ORDERS_JOB}
LEFT_EMPTY = {"spending", "off_at", "expires_at", "ends_on", "reverses"}


def walled_models() -> list[type[models.Model]]:
    """Every model of ours that belongs to a brand."""
    return [model for model in our_models() if model._meta.label not in SHARED_MODELS]


def build(brand: Brand, *, word: str, amount: str) -> Made:
    """A row of every walled model in `brand`, all texts holding `word` and all money being `amount`."""
    brand.is_sample = True
    brand.save()
    creator = make_creator(f"roster_{brand.slug}")
    made: Made = {Brand: brand, Creator: creator, Profile: creator.profiles.get()}
    made[OTHER_CREATOR] = make_creator(f"other_{brand.slug}")
    made[Duplicate] = Duplicate.objects.create(first=creator, second=made[OTHER_CREATOR], score=0.5)
    made[Merge] = Merge.objects.create(kept=creator, kept_then=creator.pk, gone=-creator.pk, gone_name="Gone")
    # What a platform shows of a creator is the whole team's.
    made[Post] = Post.objects.create(
        profile=made[Profile], platform_id=f"post_{brand.slug}", posted_at=timezone.now()
    )
    made[User] = make_user(f"{word}@example.com", brand=brand, role=Role.VIEWER, name=f"Person {word}")
    made[Membership] = made[User].memberships.get()
    made[Invitation] = Invitation.objects.create(
        email=f"guest-{word}@example.com", role=Role.VIEWER, brand=brand, token_hash=word,
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    made[ORDERS_JOB] = Job.objects.create(
        kind=order_jobs.READ, brand=brand, state=JobState.DONE, file_name=f"{word}.csv", error=word, made_by=made[User],
    )  # fmt: skip
    made[METRICS_JOB] = Job.objects.create(
        kind=metric_jobs.READ, brand=brand, state=JobState.DONE, file_name=f"{word}.csv", made_by=made[User],
        options={"question": "posts"}, result={"rows": 1, "bad": [], "about": {word: 1}},
    )  # fmt: skip
    made[REPORTS_JOB] = Job.objects.create(
        kind=report_files.READ, brand=brand, state=JobState.DONE, file_name=f"{word}.csv", made_by=made[User],
        options={"rows": []}, result={"rows": 0, "bad": [{"line": 2, "field": "post", "value": word, "reason": word}]},
    )  # fmt: skip
    made[ADDRESSES_JOB] = Job.objects.create(
        kind=address_files.READ, brand=brand, state=JobState.DONE, file_name=f"{word}.csv", made_by=made[User],
        options={"rows": []}, result={"rows": 0, "bad": [{"line": 2, "field": "city", "value": word, "reason": word}]},
    )  # fmt: skip
    made[TRACKING_JOB] = Job.objects.create(
        kind=tracking_files.READ, brand=brand, state=JobState.DONE, file_name=f"{word}.csv", made_by=made[User],
        options={"rows": []}, result={"rows": 0, "bad": [{"line": 2, "field": "cost", "value": word, "reason": word}]},
    )  # fmt: skip
    made[Job] = Job.objects.create(
        kind=RosterStep.CHECK, brand=brand, state=JobState.DONE, file_name=f"{word}.csv", error=word, made_by=made[User],
        options={"header": [word], "samples": [{word: word}], "mapping": {"handle": word}}, result={"rows": 1, "bad": 1},
    )  # fmt: skip
    made[ProviderKey] = make_provider_key()
    made[RawPayload] = make_payload()
    for model in walled_models():
        _fill(model, made, word=word, amount=Decimal(amount))
    return made


def _fill(model: type[models.Model], made: Made, *, word: str, amount: Decimal) -> Any:
    """The row of this model, made on first need together with all that it points at."""
    if model not in made:
        values = {}
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.name not in LEFT_EMPTY and field.related_model != model:
                key: Any = POINTS_AT.get(f"{model._meta.label}.{field.name}", field.related_model)
                values[field.name] = _fill(key, made, word=word, amount=amount)
            elif not _makes_itself(field):
                values[field.name] = _value(field, word, amount)
        made[model] = model._base_manager.create(**values)
    return made[model]


def _makes_itself(field: models.Field) -> bool:
    key = f"{field.model._meta.label}.{field.name}"
    if key in VALUES:
        return False
    if field.name in LEFT_EMPTY or field.generated or isinstance(field, models.FileField | models.ForeignKey):
        return True
    if isinstance(field, models.AutoField | models.BooleanField):
        return True
    return field.has_default() and not isinstance(field, AmountField | models.TextField | ArrayField)


def _value(field: models.Field, word: str, amount: Decimal) -> Any:
    """An unmistakable value that the field can hold."""
    if own := VALUES.get(f"{field.model._meta.label}.{field.name}"):
        return own(word)
    if field.choices:
        return next(value for value, _ in field.flatchoices if value)
    if field.name == "currency":
        return "GBP"
    for kind, value in _BY_TYPE:
        if isinstance(field, kind):
            return value(word, amount)
    raise AssertionError(f"tests/examples.py: say in VALUES what {field} holds")


_BY_TYPE: list[tuple[type[models.Field], Callable[[str, Decimal], Any]]] = [
    (AmountField, lambda word, amount: amount),
    (models.EmailField, lambda word, amount: f"{word}@example.com"),
    (models.URLField, lambda word, amount: f"https://{word}.example/"),
    (models.CharField, lambda word, amount: word),
    (models.TextField, lambda word, amount: f"Text {word}"),
    (models.JSONField, lambda word, amount: {"text": word}),
    (ArrayField, lambda word, amount: [word]),
    (models.UUIDField, lambda word, amount: uuid.uuid4()),
    (models.BinaryField, lambda word, amount: word.encode()),
    (DateTimeRangeField, lambda word, amount: DateTimeTZRange(timezone.now() - timedelta(days=30), None)),
    (DateRangeField, lambda word, amount: DateRange(TODAY, None)),
    (models.DateTimeField, lambda word, amount: timezone.now()),
    (models.DateField, lambda word, amount: timezone.now().date()),
    (models.DecimalField, lambda word, amount: Decimal(1)),
    (models.FloatField, lambda word, amount: 0.5),
    (models.DurationField, lambda word, amount: timedelta(days=1)),
    (models.IntegerField, lambda word, amount: 1),
]
