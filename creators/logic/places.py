"""Where a city is, if that can be said for certain, and how far two places are apart.

A city is known by its name and country, folded; where several of one country share the name, the region decides, and
where that does not tell, nobody guesses. Namesakes within `SAME_KM` of each other count as one place: a town and its
own municipality.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088
"""The mean radius (IUGG)."""
SAME_KM = 15


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place. `region` is the code of its first administrative division."""

    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True)
class Sought:
    """What became of looking for a city: the place, or why there is none, in words."""

    place: Place | None = None
    why: str = ""


def km_between(one: Place, other: Place) -> float:
    """The great-circle distance by the haversine formula; a sphere is within 0.5 % of the ellipsoid."""
    low, high = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((high - low) / 2) ** 2 + cos(low) * cos(high) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def decide(candidates: Sequence[Place], *, region: str = "") -> Sought:
    """The one place that is meant. `region` is a code of a first administrative division, or blank."""
    if not candidates:
        return Sought(why="not known")
    within = [place for place in candidates if place.region == region] if region else list(candidates)
    if not within:
        return Sought(why="not in that region")
    largest = max(within, key=lambda place: place.population)
    if all(km_between(largest, place) <= SAME_KM for place in within):
        return Sought(largest)
    return Sought(why=f"one of {len(within)} places of this name")
