import pytest
from django.db import IntegrityError, transaction

from team.actions.people import give_role
from team.enums import Role
from team.models import Brand
from tests.conftest import signed_in
from tests.factories import make_brand, make_campaign, make_deal, make_order, make_user

pytestmark = pytest.mark.django_db
FILLED = {"name": "Acme", "currency": "GBP", "time_zone": "UTC", "shop_address": "", "history_complete_on": ""}


@pytest.fixture
def chief(db):
    """A signed-in client whose person owns every brand."""
    user = make_user("chief@example.com")
    give_role(user, role=Role.OWNER, brand=None)
    return signed_in(user)


def test_a_brand_is_changed(owner, brand):
    changes = {"time_zone": "Europe/Paris", "shop_address": "https://a.example/", "history_complete_on": "2025-01-01"}

    response = owner.post(f"/settings/brands/{brand.pk}/", {**FILLED, **changes})

    brand.refresh_from_db()
    assert (response.status_code, response.url) == (302, "/settings/brands/")
    assert (brand.time_zone, brand.shop_address) == ("Europe/Paris", "https://a.example/")
    assert str(brand.history_complete_on) == "2025-01-01"


def test_the_currency_changes_while_nothing_is_counted_in_it(owner, brand):
    owner.post(f"/settings/brands/{brand.pk}/", {**FILLED, "currency": "EUR"})

    brand.refresh_from_db()
    assert brand.currency == "EUR"


@pytest.mark.parametrize("make", [make_order, lambda brand: make_deal(make_campaign(brand))])
def test_the_currency_stays_once_there_are_orders_or_deals(owner, brand, make):
    make(brand)

    response = owner.post(f"/settings/brands/{brand.pk}/", {**FILLED, "currency": "EUR"})

    brand.refresh_from_db()
    assert response.status_code == 422
    assert "so its currency stays" in response.content.decode()
    assert brand.currency == "GBP"


def test_orders_of_another_brand_do_not_matter(owner, brand, other_brand):
    make_order(other_brand)

    assert owner.post(f"/settings/brands/{brand.pk}/", {**FILLED, "currency": "EUR"}).status_code == 302


def test_a_brand_without_a_currency_may_get_one(owner, brand):
    make_deal(make_campaign(brand))
    Brand.objects.update(currency="")

    assert owner.post(f"/settings/brands/{brand.pk}/", {**FILLED, "currency": "EUR"}).status_code == 302


def test_an_owner_of_every_brand_adds_one(chief):
    response = chief.post("/settings/brands/new/", {**FILLED, "name": "New One", "currency": "JPY"})

    assert response.status_code == 302
    assert Brand.objects.filter(slug="new-one", currency="JPY").exists()


def test_the_owner_of_one_brand_adds_none(owner):
    assert owner.get("/settings/brands/new/").status_code == 403
    assert b"Add a brand" not in owner.get("/settings/brands/").content


def test_the_list_shows_my_brands_and_links_to_those_i_own(viewer, owner, brand, other_brand):
    link = f'href="/settings/brands/{brand.pk}/"'

    seen, owned = viewer.get("/settings/brands/").content.decode(), owner.get("/settings/brands/").content.decode()

    assert "Acme" in seen
    assert "Rival" not in seen
    assert link not in seen
    assert link in owned


def test_the_first_brand_can_be_made_when_there_is_none(chief):
    assert b"No brand yet" in chief.get("/settings/brands/").content
    assert chief.get("/settings/brands/new/").status_code == 200


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [("/jobs/?page=2", "/jobs/?page=2"), ("https://evil.example/", "/"), ("//evil.example/", "/"), ("", "/")],
)
def test_the_switch_leads_back_to_a_page_of_ours(viewer, brand, back, leads_to):
    response = viewer.post("/brand/", {"brand": brand.pk, "next": back})

    assert (response.status_code, response.url) == (302, leads_to)


def test_the_chosen_brand_is_the_current_one(brand):
    second = make_brand("Zebra")
    user = make_user(brand=brand)
    give_role(user, role=Role.VIEWER, brand=second)
    client = signed_in(user)

    before = client.get("/settings/brands/").context["brand"]
    client.post("/brand/", {"brand": second.pk})
    after = client.get("/settings/brands/").context["brand"]

    assert (before, after) == (brand, second)


def test_a_brand_of_others_cannot_be_chosen(viewer, other_brand):
    assert viewer.post("/brand/", {"brand": other_brand.pk}).status_code == 404


def test_the_theme_is_kept_and_rendered(viewer):
    viewer.post("/settings/you/", {"name": "Vi", "theme": "dark"})

    viewer.user.refresh_from_db()
    assert (viewer.user.name, viewer.user.theme) == ("Vi", "dark")
    assert 'data-theme="dark"' in viewer.get("/settings/you/").content.decode()


def test_an_unknown_theme_is_refused(viewer):
    assert viewer.post("/settings/you/", {"name": "Vi", "theme": "pink"}).status_code == 422


def test_settings_lead_to_the_brands(viewer):
    assert viewer.get("/settings/").url == "/settings/brands/"
    assert (
        b"/settings/people/" not in viewer.get("/settings/brands/").content.split(b'aria-label="Settings"')[1][:400]
    )


@pytest.mark.parametrize(("given", "kept"), [("30", 30), ("", 90)])
def test_a_brand_says_after_how_many_quiet_days_a_creator_is_inactive(owner, brand, given, kept):
    owner.post(f"/settings/brands/{brand.pk}/", {**FILLED, "inactive_after_days": given})

    brand.refresh_from_db()
    assert brand.inactive_after_days == kept


def test_a_week_is_the_shortest_quiet_time(owner, brand):
    answer = owner.post(f"/settings/brands/{brand.pk}/", {**FILLED, "inactive_after_days": "6"})

    assert answer.status_code == 422
    assert "7 to 3650 quiet days" in answer.content.decode()
    with pytest.raises(IntegrityError, match="brand_waits"), transaction.atomic():
        Brand.objects.update(inactive_after_days=6)
