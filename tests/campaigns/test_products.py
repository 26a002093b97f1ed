"""What a brand gives."""

from decimal import Decimal as D

import pytest
from django.db import DatabaseError, transaction
from django_scopes import scope

from campaigns.models import Product
from config.lib.refusals import refusal_of

pytestmark = pytest.mark.django_db


def make(brand, **fields):
    return Product.objects.create(**{"brand": brand, "name": "Tea", "unit_cost": D(4), **fields})


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sku": "t-1"}, "Another product of this brand has this SKU."),
        ({"name": ""}, "A product needs a name."),
        ({"unit_cost": D(-1)}, "Cost and list price may not be negative."),
        ({"list_price": D(-1)}, "Cost and list price may not be negative."),
    ],
)
def test_a_product_that_makes_no_sense_is_refused(brand, fields, words):
    make(brand, sku="T-1")

    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        make(brand, **fields)

    assert refusal_of(caught.value) == words


def test_a_sku_is_free_in_another_brand_and_may_be_blank_twice(brand, other_brand):
    made = [make(brand, sku="T-1"), make(other_brand, sku="T-1"), make(brand), make(brand)]

    assert len(made) == 4


def test_a_product_is_added_changed_archived_and_found(manager, brand):
    added = manager.post("/products/add/", {"name": "Jasmine", "sku": "J-1", "unit_cost": "4.50"})
    with scope(brand=brand):
        product = Product.objects.get()
    twice = manager.post("/products/add/", {"name": "Other", "sku": "j-1", "unit_cost": "1"})
    manager.post(f"/products/{product.pk}/edit/", {"name": "Jasmine pearls", "sku": "J-1", "unit_cost": "5"})
    found = manager.get("/products/", {"q": "j-1"})
    missed = manager.get("/products/", {"q": "oolong"})
    text = b"".join(manager.get("/products.csv").streaming_content).decode()
    manager.post(f"/products/{product.pk}/archive/")
    gone, archived = manager.get("/products/"), manager.get("/products/", {"state": "archived"})

    assert (added.status_code, product.currency) == (302, "GBP")
    assert twice.status_code == 422 and "Another product of this brand has this SKU." in twice.text
    assert "Jasmine pearls" in found.text and "No product fits" in missed.text
    assert text.splitlines()[1].startswith("Jasmine pearls,J-1,5.000,")
    assert not gone.context["page"].object_list
    assert [each.pk for each in archived.context["page"]] == [product.pk]
