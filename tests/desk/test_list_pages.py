from dataclasses import replace

import pytest

from creators.models import Creator, Profile, Pulse
from creators.queries.creators import CreatorFilter
from desk.queries.list_pages import page_of_ids
from tests.factories import NOW

SPAIN = CreatorFilter({"country": "Spain", "no_contact": "no"})


@pytest.fixture
def roster(db):
    """130 creators, two of three in Spain; each with a main profile and a pulse, whose figures fall as names rise."""
    creators = Creator.objects.bulk_create(
        Creator(name=f"Ana {n:03}", sort_name=f"ana {n:03}", country="Spain" if n % 3 else "France")
        for n in range(130)
    )
    Profile.objects.bulk_create(
        Profile(creator=each, platform="tiktok", handle=f"ana{n}", is_main=True, followers=5_000 - n)
        for n, each in enumerate(creators)
    )
    Pulse.objects.bulk_create(Pulse(creator=each, rate=90 - n / 2, made_at=NOW) for n, each in enumerate(creators))


@pytest.mark.parametrize("sort", ["name", "newest", "followers", "rate"])
def test_a_page_that_the_first_fill_is_the_one_that_is_counted(roster, sort):
    wanted = replace(SPAIN, sort=sort)

    soon, counted = page_of_ids(wanted, "1", first=100), page_of_ids(wanted, "1", first=1_000)

    assert (soon.is_exact, soon.count, soon.has_next) == (False, 50, True)
    assert (counted.is_exact, counted.count, counted.has_next) == (True, 86, True)
    assert soon.ids == counted.ids and len(soon.ids) == 50


def test_where_too_few_of_the_first_fit_they_are_counted(roster):
    second = page_of_ids(SPAIN, "2", first=100)

    assert (second.is_exact, second.count, second.first, second.last) == (True, 86, 51, 86)
