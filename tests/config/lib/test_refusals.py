"""Every write that PostgreSQL refuses has words for people."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from campaigns.models import Campaign, Deal
from config.lib.refusals import GENERIC, IN_USE, refusal_of
from creators.models import LifecycleSpan, Profile
from tests.factories import NOW, make_campaign, make_creator

pytestmark = pytest.mark.django_db


def refused(write) -> DatabaseError:
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        write()
    return caught.value


def test_check_unique_and_exclusion_constraints_have_their_sentence(brand):
    ana = make_creator("ana")
    during = (NOW, None)
    LifecycleSpan.objects.create(creator=ana, brand=brand, stage="live", during=during, why="test")

    check = refused(lambda: make_campaign(brand, "Not A Slug"))
    unique = refused(lambda: Profile.objects.create(creator=make_creator(), platform="tiktok", handle="ana"))
    exclusion = refused(
        lambda: LifecycleSpan.objects.create(creator=ana, brand=brand, stage="seeded", during=during, why="test")
    )

    assert refusal_of(check, Campaign) == "A campaign's short name holds small letters, digits, _ and -."
    assert refusal_of(unique) == "Another creator already has this profile."
    assert refusal_of(exclusion) == "The creator already has a stage in part of that time."


def test_unique_and_empty_fields_and_foreign_keys_have_words_too(brand):
    make_campaign(brand, "spring")

    twice = refused(lambda: make_campaign(brand, "spring"))
    empty = refused(lambda: Campaign.objects.create(brand=brand, slug="autumn", **{"name": None}))
    lost = refused(lambda: Campaign.objects.create(brand_id=10**9, slug="autumn", name="Autumn") and _check_now())

    assert refusal_of(twice, Campaign) == "Another one already has this slug."
    assert refusal_of(empty, Campaign) == "The name may not be empty."
    assert refusal_of(lost, Campaign) == IN_USE


def test_an_error_that_names_nothing_has_a_generic_sentence():
    assert refusal_of(IntegrityError("no cause"), Deal) == GENERIC


def _check_now():
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("set constraints all immediate")
