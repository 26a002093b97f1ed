"""System checks that keep the house rules: brand walls and names of dates."""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.checks import CheckMessage, Error, register
from django.db import models

from config.lib.retention import entries, not_personal, ordinary
from config.shared_models import SHARED_MODELS

OUR_APPS = ("team", "creators", "campaigns", "results", "briefs")


def our_models() -> list[type[models.Model]]:
    """The models we wrote ourselves, without history tables and join tables."""
    found = [model for label in OUR_APPS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if not hasattr(model, "pgh_tracked_model")]


@register()
def every_model_is_shared_or_has_a_brand(**kwargs: object) -> list[CheckMessage]:
    """A model that is neither in SHARED_MODELS nor carries `brand` and a scoped manager is an error."""
    problems: list[CheckMessage] = []
    for model in our_models():
        if model._meta.label in SHARED_MODELS:
            continue
        names = {field.name for field in model._meta.get_fields()}
        if "brand" not in names:
            problems.append(Error(f"{model._meta.label} has no brand and is not in SHARED_MODELS", id="troupe.E001"))
        elif not all(getattr(manager, "is_scoped", False) for manager in model._meta.managers):
            problems.append(Error(f"{model._meta.label} needs brand_manager() and no other", id="troupe.E002"))
    return problems


@register()
def every_shared_model_exists(**kwargs: object) -> list[CheckMessage]:
    """A name in SHARED_MODELS that no model has would let a later model of that name in without a wall."""
    left_over = sorted(SHARED_MODELS - {model._meta.label for model in our_models()})
    return [Error(f"SHARED_MODELS names {label}, which is no model of ours", id="troupe.E004") for label in left_over]


@register()
def every_entry_of_retention_says_all(**kwargs: object) -> list[CheckMessage]:
    """An entry of retention.toml names a model and its fields, and says what, why, how long and how it goes."""
    known = {model._meta.label: {field.name for field in model._meta.fields} for model in our_models()}
    problems: list[CheckMessage] = []
    for label, entry in entries().items():
        says_all = {"what", "why", "fields", "gone"} <= set(entry) and bool({"days", "kept"} & set(entry))
        if label not in known or not says_all or not set(entry["fields"]) <= known.get(label, set()):
            text = f"retention.toml: {label} is no model of ours, names a field it lacks, or does not say all"
            problems.append(Error(text, id="troupe.E005"))
    left_over = sorted(set(not_personal()) - set(known))
    return problems + [Error(f"retention.toml: {label} is no model of ours", id="troupe.E005") for label in left_over]


_MAY_NAME_SOMEBODY = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField,
    models.GenericIPAddressField, ArrayField,
)  # fmt: skip


@register()
def what_may_name_somebody_has_an_entry(**kwargs: object) -> list[CheckMessage]:
    """A field that may hold personal data stands in retention.toml, so that nobody forgets to say how it goes."""
    problems: list[CheckMessage] = []
    for model in our_models():
        label = model._meta.label
        named = set(entries().get(label, {}).get("fields", ())) | ordinary()
        free = {field.name for field in model._meta.local_fields if _may_name_somebody(field)}
        if label not in not_personal() and free - named:
            words = (
                f"{label}: say in config/retention.toml what {', '.join(sorted(free - named))} holds and how it goes"
            )
            problems.append(Error(words, id="troupe.E006"))
    return problems


def _may_name_somebody(field: models.Field) -> bool:
    base = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(field, _MAY_NAME_SOMEBODY) and not base.choices and not field.generated


@register()
def dates_and_times_say_so(**kwargs: object) -> list[CheckMessage]:
    """A date field ends in `_on`, a datetime field in `_at`."""
    problems: list[CheckMessage] = []
    for model in our_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.DateTimeField):
                wanted = "_at"
            elif isinstance(field, models.DateField):
                wanted = "_on"
            else:
                continue
            if not field.name.endswith(wanted) and field.name != "last_login":
                problems.append(Error(f"{field} must end in {wanted}", id="troupe.E003"))
    return problems
