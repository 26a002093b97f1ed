"""The house rules that the system checks keep, each tried by breaking it."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from config import checks
from team.models import Brand
from team.scopes import brand_manager


@pytest.fixture
def found(monkeypatch):
    """What the checks say where our models are only these."""

    def run(*ours):
        monkeypatch.setattr(checks, "our_models", lambda: list(ours))
        said = checks.every_model_is_shared_or_has_a_brand() + checks.dates_and_times_say_so()
        return [problem.id for problem in said]

    return run


@isolate_apps("team")
def test_a_model_without_a_brand_is_an_error(found):
    class Lost(models.Model):
        class Meta:
            app_label = "team"

    assert found(Lost) == ["troupe.E001"]


@isolate_apps("team")
def test_a_brand_without_a_wall_is_an_error(found):
    class Open(models.Model):
        brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")

        class Meta:
            app_label = "team"

    assert found(Open) == ["troupe.E002"]


@isolate_apps("team")
def test_a_wall_beside_an_open_default_manager_is_an_error(found):
    class SideDoor(models.Model):
        brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
        everything = models.Manager()
        objects = brand_manager()

        class Meta:
            app_label = "team"

    assert found(SideDoor) == ["troupe.E002"]


@isolate_apps("team")
def test_a_side_door_beside_the_wall_is_an_error(found):
    class SideDoor(models.Model):
        brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
        objects = brand_manager()
        everything = models.Manager()

        class Meta:
            app_label = "team"

    assert found(SideDoor) == ["troupe.E002"]


@isolate_apps("team")
def test_dates_and_times_that_do_not_say_so_are_errors(found):
    class Vague(models.Model):
        brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
        made = models.DateTimeField()
        day = models.DateField()
        seen_on = models.DateTimeField()
        born_at = models.DateField()
        objects = brand_manager()

        class Meta:
            app_label = "team"

    assert found(Vague) == ["troupe.E003"] * 4


@isolate_apps("team")
def test_a_well_made_model_is_fine(found):
    class Fine(models.Model):
        brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
        made_at = models.DateTimeField()
        day_on = models.DateField()
        objects = brand_manager()

        class Meta:
            app_label = "team"

    assert found(Fine) == []


def test_a_name_that_no_model_has_is_an_error(monkeypatch):
    monkeypatch.setattr(checks, "SHARED_MODELS", {*checks.SHARED_MODELS, "team.Ghost"})

    assert [problem.id for problem in checks.every_shared_model_exists()] == ["troupe.E004"]


def test_our_own_models_are_fine():
    assert checks.every_model_is_shared_or_has_a_brand() + checks.every_shared_model_exists() == []
    assert checks.dates_and_times_say_so() == []
