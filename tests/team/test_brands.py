import pytest

from team.actions.brands import BrandRefused, make_brand
from team.models import Brand

pytestmark = pytest.mark.django_db


def test_the_short_name_follows_from_the_name():
    brand = make_brand(name="Süß & Sauer", currency="eur", time_zone="Europe/Berlin")

    assert (brand.slug, brand.currency, brand.time_zone) == ("su-sauer", "EUR", "Europe/Berlin")


def test_a_second_brand_of_the_same_name_gets_a_number():
    slugs = [make_brand(name="Acme").slug for _ in range(3)]

    assert slugs == ["acme", "acme-2", "acme-3"]


def test_a_name_without_latin_letters_still_makes_a_brand():
    assert make_brand(name="日本").slug == "brand"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "A", "currency": "QQQ"}, "QQQ is not a currency code"),
        ({"name": "A", "time_zone": "Mars/Base"}, "Mars/Base is not a time zone"),
        ({"name": "A", "slug": "taken"}, "taken by another brand"),
        ({"name": "A", "slug": "Not Plain"}, "small letters"),
    ],
)
def test_what_cannot_be_is_refused_in_words(wrong, sentence):
    make_brand(name="First", slug="taken")

    with pytest.raises(BrandRefused, match=sentence):
        make_brand(**wrong)

    assert Brand.objects.count() == 1
