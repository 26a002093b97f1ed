import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from config.lib.estimates import Estimate
from tests.factories import make_brand


def rendered(source: str, **context) -> str:
    text = Template("{% load troupe %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text)).strip()


@pytest.mark.parametrize(
    ("source", "value", "said"),
    [
        ("{{ v|money:'GBP' }}", 5, "£5.00"),
        ("{{ v|money:'GBP' }}", None, "–"),
        ("{{ v|money:'GBP' }}", "", "–"),
        ("{{ v|count }}", 1000, "1,000"),
        ("{{ v|percent }}", 12.5, "12.5%"),
        ("{{ v|share }}", 0.256, "26%"),
        ("{{ v|share }}", None, "–"),
        ("{{ v|day }}", date(2026, 5, 3), "3 May 2026"),
        ("{{ v|day }}", None, "–"),
        ("{{ v|last_day }}", date(2026, 5, 3), "2 May 2026"),
        ("{{ v|moment:'Asia/Tokyo' }}", datetime(2026, 5, 3, 20, 0, tzinfo=UTC), "4 May 2026, 05:00"),
        ("{{ v|stage_name }}", "top_performer", "Top performer"),
    ],
)
def test_filters_say_values_as_people_read_them(source, value, said):
    assert rendered(source, v=value) == said


def test_a_moment_is_told_on_the_brands_clock(db):
    brand = make_brand(time_zone="America/New_York")
    at = datetime(2026, 1, 1, 3, 0, tzinfo=UTC)

    assert rendered("{{ at|moment:brand }}", at=at, brand=brand) == "31 Dec 2025, 22:00"


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (Estimate(24.1, 32.4, 45.2, 0.9, 25, "gamma-poisson-grid-1"), "£32 £24–£45 from 25"),
        (Estimate(151.2, None, None, 0.9, 0, "gamma-poisson-grid-1"), "more than £151 each, no new customer yet"),
        (Estimate(None, None, None, 0.9, 3, "no-cost"), "no cost recorded"),
        (None, "not known"),
    ],
)
def test_an_estimate_is_never_a_bare_number(estimate, said):
    source = "{% include 'components/_estimate.html' with estimate=e currency='GBP' only %}"

    assert rendered(source, e=estimate) == said


def test_an_icon_is_inline_decoration_without_style():
    icon = Template("{% load troupe %}{% icon 'search' %}").render(Context())

    assert icon.startswith("<svg ") and 'class="icon"' in icon and 'aria-hidden="true"' in icon
    assert "style" not in icon and "http" not in icon


def test_every_chip_has_a_glyph_and_a_word():
    for stage in [
        "prospect",
        "contacted",
        "seeded",
        "contracted",
        "live",
        "whitelisted",
        "top_performer",
        "inactive",
    ]:
        chip = Template("{% include 'components/_stage.html' with stage=s only %}").render(Context({"s": stage}))

        assert "<svg" in chip and stage.replace("_", " ") in chip.lower()
