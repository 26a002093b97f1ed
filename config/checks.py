"""System checks that keep the house rules: brand walls and names of dates."""

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from config.access import SHARED_MODELS
from config.lib.retention import entries

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
def what_is_kept_for_a_while_exists(**kwargs: object) -> list[CheckMessage]:
    """An entry of retention.toml names a model of ours and says for how many days and how it goes."""
    known = {model._meta.label for model in our_models()}
    wrong = [label for label, entry in entries().items() if label not in known or not {"days", "gone"} <= set(entry)]
    sentence = "retention.toml: {} is no model of ours, or lacks days or gone"
    return [Error(sentence.format(label), id="troupe.E005") for label in wrong]


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
