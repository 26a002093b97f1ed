"""That no table leading to a person is forgotten when two are merged or one is erased."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from creators.models import Creator, Profile
from desk.logic.person_keys import KEYS, STAYING, SUMS, Erasing
from desk.queries.person import children_of

WHERE = "desk/logic/person_keys.py"


def keys_to(target: type[models.Model]) -> Iterator[str]:
    """Every foreign key of ours to a model, through-tables included; history tables are treated by one rule."""
    yield from (f"{field.model._meta.label}.{field.name}" for field in children_of(target))


def models_that_matter() -> list[type[models.Model]]:
    return [Creator, Profile, *(apps.get_model(label) for label in STAYING if label != "creators.Profile")]


@pytest.mark.parametrize("target", models_that_matter(), ids=lambda model: model._meta.label)
def test_every_foreign_key_says_what_merging_and_erasing_do(target):
    missing = [key for key in keys_to(target) if key not in KEYS]

    assert not missing, (
        f"{', '.join(missing)} leads to a {target.__name__}: add a line to KEYS in {WHERE} that says what merging two "
        "creators does with it (_MOVES_..: to the kept one; _FOLLOWS_..: it hangs on a row that moves; _STEP_..: needs "
        "a step in desk/actions/merge_steps.py) and what erasing one does (.._GOES: deleted; .._STAYS: kept for the "
        "sums, then its model needs a line in STAYING, which says what its texts become)"
    )


def test_what_stays_says_what_its_texts_become():
    staying = {key.rsplit(".", 1)[0] for key, both in KEYS.items() if both.erasing == Erasing.STAYS}

    assert staying == set(STAYING), f"STAYING in {WHERE} must name exactly the models that KEYS lets stay"


def test_the_table_names_no_key_that_is_gone():
    known = {key for model in models_that_matter() for key in keys_to(model)}

    assert set(KEYS) == known, f"{WHERE} names keys that no model has"


def test_what_only_counts_has_no_text_to_erase():
    assert all(STAYING[label] == {} for label in SUMS)
