"""How many may apply from one network and to one brand within an hour."""

from datetime import timedelta

from creators.actions.doors import A_BRAND, OFTEN, Door, knock, take_once
from tests.factories import NOW


def test_the_door_counts_networks_apart_and_the_brand_as_a_whole(db):
    near = [knock(1, f"203.0.113.{number}", now=NOW) for number in range(OFTEN + 1)]
    elsewhere = knock(1, "198.51.100.7", now=NOW)
    other_brand = knock(2, "203.0.113.1", now=NOW)
    later = knock(1, "203.0.113.1", now=NOW + timedelta(hours=1))

    assert near == [Door.OPEN] * OFTEN + [Door.BUSY]
    assert (elsewhere, other_brand, later) == (Door.OPEN,) * 3


def test_a_brand_s_door_shuts_for_everybody(db):
    found = [knock(3, f"10.{number // 200}.{number % 200}.7", now=NOW) for number in range(A_BRAND + 1)][-2:]

    assert found == [Door.OPEN, Door.SHUT]


def test_a_form_s_number_is_taken_once(db):
    assert (take_once(7), take_once(7), take_once(8)) == (True, False, True)
