"""Where cities are, and how far apart."""

import pytest

from creators.logic.gazetteer import country_code, country_name, find
from creators.logic.places import Place, Sought, decide, km_between


def place(name="Here", latitude=0.0, longitude=0.0, *, region="", population=20_000) -> Place:
    return Place(name, "GB", region, latitude, longitude, population)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 0), (0, 1), 111.195),  # one degree of the equator
        ((0, 0), (0, 180), 20015.1),  # half way round
        ((90, 0), (-90, 45), 20015.1),  # pole to pole
        ((51.5074, -0.1278), (48.8566, 2.3522), 343.6),  # London to Paris
        ((0, 179.5), (0, -179.5), 111.195),  # over the date line
    ],
)
def test_distances_are_great_circles(one, other, km):
    assert km_between(place("a", *one), place("b", *other)) == pytest.approx(km, abs=0.2)


def test_namesakes_are_told_apart_by_region_or_not_at_all():
    wales, wight = (
        place("Newport", 51.59, -3.0, region="WLS", population=160_000),
        place("Newport", 50.7, -1.29, region="ENG"),
    )

    assert decide([]) == Sought(why="not known")
    assert decide([wight]) == Sought(wight)
    assert decide([wales, wight]) == Sought(why="one of 2 places of this name")
    assert decide([wales, wight], region="ENG") == Sought(wight)
    assert decide([wales, wight], region="SCT") == Sought(why="not in that region")


def test_namesakes_beside_each_other_are_one_place():
    town, around = place("Ham", 51.0, 0.0, population=50_000), place("Ham", 51.05, 0.05)

    assert decide([around, town]) == Sought(town)


@pytest.mark.parametrize(("latitude", "is_one"), [(51.134, True), (51.136, False)])  # 14.9 and 15.1 km away
def test_beside_each_other_is_up_to_15_km(latitude, is_one):
    town, other = place("Ham", 51.0, population=50_000), place("Ham", latitude)

    assert (decide([town, other]).place is town) is is_one


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (("Leeds", "United Kingdom"), ("Leeds", "GB")),
        ((" LEEDS ", "uk"), ("Leeds", "GB")),
        (("München", "Germany"), ("Munich", "DE")),
        (("koln", "DEU"), ("Köln", "DE")),
        (("Utrecht", "Netherlands"), ("Utrecht", "NL")),
        (("Newport", "Wales"), ("Newport", "GB")),
        (("Springfield", "USA", "Illinois"), ("Springfield", "US")),
    ],
)
def test_a_city_is_found_however_it_is_spelt(told, found):
    place = find(*told).place

    assert place and (place.name, place.country) == found


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (("Newport", "United Kingdom"), "one of 2 places of this name"),
        (("Springfield", "USA"), "one of 8 places of this name"),
        (("Atlantis", "Greece"), "not known"),
        (("Leeds", ""), "no country"),
        (("Leeds", "Narnia"), "the country is not known"),
        (("", "Greece"), "no city"),
    ],
)
def test_what_is_not_certain_is_never_guessed(told, why):
    assert find(*told) == Sought(why=why)


def test_countries_are_known_by_name_and_code():
    assert {country_code(name) for name in ("the Netherlands", "netherlands", "NL", "nld", "Holland")} == {"NL"}
    assert country_code("") == country_code("Narnia") == ""


def test_a_country_has_one_name_however_it_is_written():
    assert {country_name(text) for text in ("GB", "uk", "Great Britain", "United Kingdom")} == {"United Kingdom"}
    assert [country_name(text) for text in ("NL", "Holland", "DEU")] == ["Netherlands", "Netherlands", "Germany"]
    assert [country_name(text) for text in ("Scotland", "Narnia", "")] == ["Scotland", "Narnia", ""]
