"""Parcels: made for many, picked, sent, moved on; and what the database refuses."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from campaigns.actions.addresses import drop_old_addresses
from campaigns.actions.deals import Terms, add_deals, set_terms
from campaigns.actions.doubts import Reasons
from campaigns.actions.sending import Sending, send
from campaigns.actions.shipments import Parcel, make_shipments, move_shipments, pick
from campaigns.models import CostLine, Deal, ParcelAddress, Product, Shipment, ShipmentItem
from campaigns.queries.parcels import Target, targets_of_deals
from config.lib.refusals import refusal_of
from creators.models import Address, Creator
from creators.queries.lifecycle import present_stages
from tests.factories import NOW, TODAY, make_campaign, make_creator, make_deal

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)
WHY = Reasons(unvetted="Known for years")


def make_product(brand, name="Tea", **fields):
    return Product.objects.create(
        **{"brand": brand, "name": name, "unit_cost": D("4.50"), "currency": brand.currency, **fields}
    )


def make_address(creator, **fields):
    return Address.objects.create(
        **{
            "creator": creator, "name": creator.name, "street": "1 High Street", "city": "Leeds",
            "country": "United Kingdom", "given_at": NOW, **fields,
        }
    )  # fmt: skip


def make_shipment(brand, creator=None, *, product=None, quantity=1, **fields):
    shipment = Shipment.objects.create(brand=brand, creator=creator or make_creator(), currency="GBP", **fields)
    if product:
        ShipmentItem.objects.create(
            brand=brand, shipment=shipment, product=product, quantity=quantity, shipment_state=shipment.state
        )
    return shipment


def planned(brand, deal, product, *, quantity=1, shipping="3"):
    with scope(brand=brand):
        target = Target(deal.creator_id, deal.creator.name, deal.pk)
        parcel = Parcel({product.pk: quantity}, D(shipping))
        return make_shipments(brand, [target], parcel, again=True, by=None, now=NOW).ids[0]


def refused(write):
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        write()
    return refusal_of(caught.value)


# what the database refuses


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "lost"}, "Choose planned, sent, delivered, returned or cancelled."),
        ({"state": "sent"}, "A shipment that was sent needs its day, and one that was not has none."),
        ({"sent_on": TODAY}, "A shipment that was sent needs its day, and one that was not has none."),
        ({"state": "cancelled", "sent_on": TODAY, "ended_on": TODAY}, "A shipment that was sent needs its day, and"),
        ({"state": "delivered", "sent_on": TODAY}, "A shipment that arrived needs its day"),
        ({"state": "sent", "sent_on": TODAY, "delivered_on": TODAY}, "A shipment that arrived needs its day"),
        ({"state": "cancelled"}, "A shipment that came back or was cancelled needs its day."),
        ({"state": "returned", "sent_on": TODAY}, "A shipment that came back or was cancelled needs its day."),
        (
            {"state": "delivered", "sent_on": TODAY, "delivered_on": YESTERDAY},
            "A shipment cannot arrive or come back before the day it was sent.",
        ),
        ({"shipping_cost": D(-1)}, "The shipping cost may not be negative."),
    ],
)
def test_a_shipment_that_makes_no_sense_is_refused(brand, fields, words):
    assert refused(lambda: make_shipment(brand, **fields)).startswith(words)


def test_a_shipment_is_of_its_deals_brand_and_creator(brand, other_brand):
    deal = make_deal(make_campaign(brand))

    assert refused(lambda: make_shipment(other_brand, deal.creator, deal=deal)) == (
        "A shipment and its deal belong to the same brand."
    )
    assert refused(lambda: make_shipment(brand, deal=deal)) == "A shipment goes to the creator of its deal."


def test_a_tracking_number_is_one_shipments_within_brand_and_carrier(brand, other_brand):
    make_shipment(brand, carrier="DPD", tracking="ab1")
    make_shipment(brand, carrier="UPS", tracking="AB1")
    make_shipment(other_brand, carrier="DPD", tracking="AB1")

    sentence = refused(lambda: make_shipment(brand, carrier="dpd", tracking="AB1"))

    assert sentence == "Another shipment has this tracking number with this carrier."


def test_a_sent_shipment_is_never_unsent(brand):
    shipment = make_shipment(brand, state="sent", sent_on=TODAY)

    with scope(brand=brand):
        sentence = refused(
            lambda: Shipment.objects.filter(pk=shipment.pk).update(state="cancelled", sent_on=None, ended_on=TODAY)
        )

    assert sentence.startswith("A shipment that was sent cannot be cancelled")


def test_items_and_addresses_are_of_their_shipments_brand(brand, other_brand):
    shipment, product = make_shipment(brand), make_product(brand)
    own = {"shipment": shipment, "product": product}

    def item(**fields):
        return ShipmentItem.objects.create(**{"brand": brand, **own, **fields})

    assert refused(lambda: item(brand=other_brand)) == "A shipment and what is in it belong to the same brand."
    assert refused(lambda: item(product=make_product(other_brand))) == ("A shipment holds products of its own brand.")
    assert refused(lambda: item(shipment_state="sent")) == (
        "The shipment has changed meanwhile. Load the page again."
    )
    assert refused(lambda: item(quantity=0)) == "Send at least one piece."
    assert refused(lambda: item(unit_cost=D(1))) == (
        "The cost of a piece is fixed when the shipment is sent, not before."
    )
    item()
    assert refused(item) == "This product is in the shipment already; raise its quantity."
    where = {"shipment": shipment, "name": "Ana", "street": "1 High Street", "city": "Leeds", "country": "UK"}
    assert refused(lambda: ParcelAddress.objects.create(brand=other_brand, **where)) == (
        "A shipment and its address belong to the same brand."
    )
    assert refused(lambda: ParcelAddress.objects.create(brand=brand, **{**where, "city": ""})) == (
        "A parcel needs a name, a street, a city and a country."
    )


# making


def test_a_parcel_is_made_for_each_who_has_an_address_and_nobody_gets_two(brand):
    campaign, tea = make_campaign(brand), make_product(brand)
    ana, bo, cy, di = (make_creator(name) for name in ("ana", "bo", "cy", "di"))
    ed = make_creator("ed", no_contact_on=TODAY)
    for creator in (ana, cy, di, ed):
        make_address(creator)
    deals = [make_deal(campaign, each) for each in (ana, bo, cy, ed)]
    deals.append(make_deal(campaign, di, status="cancelled"))
    make_shipment(brand, cy, product=tea)

    with scope(brand=brand):
        targets = targets_of_deals(Deal.objects.all())
        made = make_shipments(brand, targets, Parcel({tea.pk: 2}, D(3)), again=False, by=None, now=NOW)
        second = make_shipments(brand, targets, Parcel({tea.pk: 2}, D(3)), again=False, by=None, now=NOW)
        shipment = Shipment.objects.get(pk=made.ids[0])
        told = made.foreseen

        assert (shipment.creator, shipment.deal, shipment.currency) == (ana, deals[0], "GBP")
        assert shipment.items.get().quantity == 2
        assert [each.name for each in told.without_address] == ["bo"]
        assert [(each.target.name, each.products) for each in told.repeats] == [("cy", ["Tea"])]
        assert [each.name for each in told.cancelled] == ["di"]
        assert ([each.name for each in told.silent], told.out) == (["ed"], 3)
        assert second.ids == []


def test_picking_freezes_a_copy_of_the_address(brand):
    deal, tea = make_deal(make_campaign(brand)), make_product(brand)
    address = make_address(deal.creator)
    one = planned(brand, deal, tea)

    with scope(brand=brand):
        first = pick(Shipment.objects.all(), now=NOW)
        address.street = "2 Low Street"
        address.save()
        again = pick(Shipment.objects.all(), now=NOW)
        frozen = ParcelAddress.objects.get(shipment=one)

    assert (first.picked, again.picked, again.already) == (1, 0, 1)
    assert frozen.street == "1 High Street"


# sending and costs


def lines(deal):
    with scope(brand=deal.brand):
        return sorted((line.kind, line.amount) for line in CostLine.objects.standing().filter(deal=deal))


def test_sending_replaces_the_agreed_costs_by_what_was_sent_and_sums_up(brand):
    campaign, tea = make_campaign(brand), make_product(brand)
    creator = make_creator()
    make_address(creator)
    with scope(brand=brand):
        add_deals(campaign, {creator.pk: Terms(D(100), D(20), D(5), D(10))}, by=None, now=NOW, reasons=WHY)
        deal = Deal.objects.select_related("creator", "brand").get()
    first, second = planned(brand, deal, tea, quantity=2), planned(brand, deal, tea)

    assert lines(deal) == [("fee", D(100)), ("product", D(20)), ("shipping", D(5))]
    with scope(brand=brand):
        told = send(brand, [Sending(first, TODAY, "DPD", "1", D("3.80"))], by=None, now=NOW)
        again = send(brand, [Sending(first, TODAY)], by=None, now=NOW)
    assert lines(deal) == [("fee", D(100)), ("product", D(9)), ("shipping", D("3.8"))]
    Product.objects.with_scopes_disabled().update(unit_cost=D(6))
    with scope(brand=brand):
        send(brand, [Sending(second, TODAY)], by=None, now=NOW)
        deal.refresh_from_db()
        stage = present_stages([creator.pk], brand=brand)

    assert (told.sent, again.sent, again.refused) == (1, 0, 1)
    assert lines(deal) == [("fee", D(100)), ("product", D(15)), ("shipping", D("6.8"))]
    assert (deal.product_cost, deal.commission_percent) == (D(15), D(10))
    assert stage == {creator.pk: "seeded"}


def test_what_comes_back_changes_no_cost_and_what_left_cannot_be_cancelled(brand):
    deal, tea = make_deal(make_campaign(brand)), make_product(brand)
    make_address(deal.creator)
    pk = planned(brand, deal, tea)

    with scope(brand=brand):
        send(brand, [Sending(pk, YESTERDAY)], by=None, now=NOW)
        cancelled = move_shipments(Shipment.objects.filter(pk=pk), "cancelled", on=TODAY)
        returned = move_shipments(Shipment.objects.filter(pk=pk), "returned", on=TODAY)

    assert (cancelled.moved, cancelled.refused, returned.moved) == (0, 1, 1)
    assert lines(deal) == [("product", D("4.5")), ("shipping", D(3))]


def test_a_parcel_without_a_deal_costs_no_deal_and_one_sent_twice_costs_once(brand):
    tea, creator = make_product(brand), make_creator()
    shipment = make_shipment(brand, creator, product=tea)

    with scope(brand=brand):
        send(brand, [Sending(shipment.pk, TODAY)], by=None, now=NOW)

        assert ShipmentItem.objects.get().unit_cost == D("4.5")
        assert not CostLine.objects.exists()
        assert not ParcelAddress.objects.exists()


def test_a_thousand_parcels_are_made_and_sent_in_a_few_statements(brand):
    campaign, tea = make_campaign(brand), make_product(brand)
    creators = [make_creator() for _ in range(3)]
    for creator in creators:
        make_address(creator)
        make_deal(campaign, creator)

    def asked(count):
        with scope(brand=brand), CaptureQueriesContext(connection) as seen:
            targets = targets_of_deals(Deal.objects.filter(creator__in=creators[:count]))
            made = make_shipments(brand, targets, Parcel({tea.pk: 1}), again=True, by=None, now=NOW)
            send(brand, [Sending(pk, TODAY) for pk in made.ids], by=None, now=NOW)
        return len(seen)

    assert asked(1) == asked(3)


# gifts


def test_a_gift_has_no_fee(brand):
    deal = make_deal(make_campaign(brand), fee=D(50))

    with scope(brand=brand):
        sentence = refused(lambda: Deal.objects.filter(pk=deal.pk).update(is_seeding=True))
        set_terms(deal, Terms(commission_percent=D(5), is_seeding=True), by=None, now=NOW)

    assert sentence == "A gift has no fee. Take the fee away, or agree a deal that is no gift."
    assert (deal.is_seeding, deal.fee, deal.commission_percent) == (True, 0, 5)


def test_a_gift_is_agreed_in_the_form_and_says_so(manager, brand):
    deal = make_deal(make_campaign(brand), fee=D(50), format="reel")
    form = {"profile": deal.profile_id, "is_seeding": "on"}

    refusal = manager.post(f"/deals/{deal.pk}/edit/", {**form, "fee": "50"})
    manager.post(f"/deals/{deal.pk}/edit/", form)
    page = manager.get(f"/deals/{deal.pk}/")
    manager.post(f"/deals/{deal.pk}/edit/", {"profile": deal.profile_id, "fee": "60", "unvetted": "Known"})
    deal.refresh_from_db()

    assert refusal.status_code == 422
    assert "A gift has no fee." in refusal.text
    assert "A gift: no obligation to post." in page.text
    assert (deal.is_seeding, deal.fee, deal.format) == (False, 60, "")


# retention


@pytest.mark.parametrize(
    ("fields", "stays"),
    [
        ({}, True),
        ({"state": "sent", "sent_on": TODAY - timedelta(days=180)}, True),
        ({"state": "sent", "sent_on": TODAY - timedelta(days=181)}, False),
        ({"state": "delivered", "sent_on": date(2026, 1, 1), "delivered_on": TODAY - timedelta(days=90)}, True),
        ({"state": "delivered", "sent_on": date(2026, 1, 1), "delivered_on": TODAY - timedelta(days=91)}, False),
        ({"state": "cancelled", "ended_on": TODAY - timedelta(days=91)}, False),
        ({"state": "returned", "sent_on": date(2026, 1, 1), "ended_on": TODAY - timedelta(days=91)}, False),
    ],
)
def test_the_address_of_a_parcel_goes_when_its_time_is_over(brand, fields, stays):
    shipment = make_shipment(brand, **fields)
    ParcelAddress.objects.create(
        brand=brand, shipment=shipment, name="Ana", street="1 High Street", city="Leeds", country="UK"
    )

    drop_old_addresses(now=NOW)

    with scope(brand=brand):
        assert ParcelAddress.objects.exists() is stays


@pytest.mark.parametrize(
    ("fields", "stays"),
    [
        (None, False),
        ({}, True),
        ({"state": "sent", "sent_on": TODAY - timedelta(days=700)}, True),
        ({"state": "sent", "sent_on": TODAY - timedelta(days=731)}, False),
    ],
)
def test_an_address_goes_two_years_after_the_last_shipment(brand, fields, stays):
    creator, long_ago = make_creator(), NOW - timedelta(days=800)
    make_address(creator, given_at=long_ago)
    make_address(make_creator("new"))
    if fields is not None:
        make_shipment(brand, creator, made_at=long_ago, **fields)

    drop_old_addresses(now=NOW)

    assert Address.objects.filter(creator=creator).exists() is stays
    assert Address.objects.filter(creator__name="new").exists()


# pages


def test_products_go_out_from_a_campaign_and_come_back_with_numbers(manager, brand):
    campaign, tea = make_campaign(brand, "spring"), make_product(brand, sku="T-1")
    ana, bo = make_creator("ana"), make_creator("bo")
    make_address(ana)
    deals = [make_deal(campaign, each) for each in (ana, bo)]
    form = {"ids": [deal.pk for deal in deals], "brand": brand.pk, "product_0": tea.pk, "quantity_0": 2}

    empty = manager.post("/campaigns/spring/deals/send/", {"ids": [deals[0].pk]})
    preview = manager.post("/campaigns/spring/deals/send/", {**form, "preview": 1, "shipping_cost": "3"})
    made = manager.post("/campaigns/spring/deals/send/", {**form, "make": 1, "shipping_cost": "3"})
    with scope(brand=brand):
        shipment = Shipment.objects.get()
    page = manager.get(made["Location"])
    picked = manager.post("/shipments/pick/?state=planned", {"all": 1, "brand": brand.pk}, follow=True)
    sheet = b"".join(manager.get("/shipments/pick-list.csv").streaming_content).decode()
    text = f"shipment,carrier,tracking,sent_on,cost\n{shipment.pk},DPD,X1,2026-01-05,4.20\n999999,DPD,X2,,\n"
    file = SimpleUploadedFile("back.csv", text.encode())
    read = manager.post("/shipments/tracking/", {"file": file, "brand": brand.pk})
    foreseen = manager.get(read["Location"])
    manager.post(read["Location"])
    done = manager.post(read["Location"], follow=True)
    shipment.refresh_from_db()

    assert empty.status_code == 200
    assert "we have no address" in preview.text and ">bo</a>" in preview.text
    assert "Show what would be planned" in preview.text
    assert page.status_code == 200 and "1 High Street" in page.text
    assert "1 High Street" in picked.text and "2 × Tea" in picked.text
    assert sheet.splitlines()[1].startswith(f"{shipment.pk},,,,,T-1,Tea,2,ana,1 High Street")
    assert "No shipment of this brand has this number." in foreseen.text
    assert "0 shipments sent." not in done.text
    assert (shipment.state, shipment.tracking, shipment.shipping_cost) == ("sent", "X1", D("4.2"))
    assert lines(deals[0]) == [("product", D(9)), ("shipping", D("4.2"))]


def test_a_form_without_a_product_is_asked_again(manager, brand):
    deal = make_deal(make_campaign(brand, "spring"))

    page = manager.post("/campaigns/spring/deals/send/", {"ids": [deal.pk], "brand": brand.pk, "preview": 1})

    assert page.status_code == 422


def test_products_go_to_chosen_creators_without_a_deal(manager, brand):
    tea, ana = make_product(brand), make_creator("ana")
    make_address(ana)

    one = {"brand": brand.pk, "shown_as": brand.pk, "product_0": tea.pk, "make": 1}
    manager.post("/creators/send/", {**one, "ids": [ana.pk]})
    manager.post("/creators/send/?q=ana", {**one, "all": "yes", "again": "on"})

    with scope(brand=brand):
        assert [(each.creator, each.deal) for each in Shipment.objects.all()] == [(ana, None), (ana, None)]


def test_one_parcel_is_sent_arrives_and_is_told(manager, brand):
    tea = make_product(brand)
    shipment = make_shipment(brand, product=tea, made_at=NOW)
    path = f"/shipments/{shipment.pk}"

    early = manager.post(f"{path}/send/", {"sent_on": "2100-01-01"})
    manager.post(f"{path}/send/", {"sent_on": "2026-01-05", "tracking": "X1"})
    before = manager.post(f"{path}/move/", {"to": "delivered", "on": "2026-01-04"})
    manager.post(f"{path}/move/", {"to": "delivered", "on": "2026-01-06"})
    page = manager.get(f"{path}/")

    assert early.status_code == 422 and "This day has not come yet." in early.text
    assert before.status_code == 422
    assert "cannot arrive or come back before the day it was sent" in before.text
    assert "State: Planned became Sent" in page.text
    assert "State: Sent became Delivered" in page.text


def test_a_planned_parcel_is_changed(manager, brand):
    tea, pot = make_product(brand), make_product(brand, "Pot")
    shipment = make_shipment(brand, product=tea)

    manager.post(
        f"/shipments/{shipment.pk}/edit/",
        {"product_0": pot.pk, "quantity_0": 3, "shipping_cost": "2", "note": "Fragile"},
    )

    with scope(brand=brand):
        assert [(item.product, item.quantity) for item in shipment.items.all()] == [(pot, 3)]
        assert Shipment.objects.get().note == "Fragile"


def test_many_are_marked_as_sent_and_the_rest_is_told(manager, brand):
    tea = make_product(brand)
    ids = [make_shipment(brand, product=tea).pk, make_shipment(brand, state="sent", sent_on=TODAY).pk]
    form = {"ids": ids, "brand": brand.pk, "to": "sent", "on": "2026-01-05"}

    page = manager.post("/shipments/move/", form, follow=True)
    odd = manager.post("/shipments/move/", {**form, "to": "lost"}, follow=True)

    assert "1 marked as sent. 1 may not go there" in page.text
    assert "Nothing was changed." in odd.text


def test_viewers_see_no_address(viewer, brand):
    creator = make_creator()
    make_address(creator)
    shipment = make_shipment(brand, creator, product=make_product(brand))
    with scope(brand=brand):
        pick(Shipment.objects.all(), now=NOW)

    page = viewer.get(f"/shipments/{shipment.pk}/")
    listed = viewer.get("/shipments/")
    panels = viewer.get(f"/creators/{creator.pk}/panels/")

    for shown in (page.text, listed.text, panels.text):
        assert "High Street" not in shown
    assert "Mark as sent" not in page.text
    assert viewer.get("/shipments/pick-list/").status_code == 403
    assert viewer.get(f"/creators/{creator.pk}/address/").status_code == 403


def test_the_pieces_sent_of_a_product_lead_to_just_their_shipments(viewer, brand):
    tea, day = make_product(brand), {"sent_on": YESTERDAY}
    make_shipment(brand, product=tea)
    make_shipment(brand, product=tea, state="cancelled", ended_on=TODAY)
    left = [make_shipment(brand, product=tea, quantity=2, state="sent", **day)]
    left += [make_shipment(brand, product=tea, state="delivered", delivered_on=TODAY, **day)]
    left += [make_shipment(brand, product=tea, state="returned", ended_on=TODAY, **day)]

    address = f"/shipments/?product={tea.pk}&amp;state=left"
    products, listed = viewer.get("/products/"), viewer.get(address.replace("&amp;", "&"))

    assert f'<a href="{address}">4</a>' in products.text
    assert {each.pk for each in listed.context["page"]} == {each.pk for each in left}


def test_shipments_are_searched_filtered_and_handed_out(viewer, brand):
    tea, pot = make_product(brand), make_product(brand, "Pot")
    deal = make_deal(make_campaign(brand, "spring"), make_creator("ana"))
    one = make_shipment(brand, deal.creator, deal=deal, product=tea)
    two = make_shipment(brand, make_creator("bo"), product=pot, tracking="X77", state="sent", sent_on=TODAY)

    def found(**query):
        return {each.pk for each in viewer.get("/shipments/", query).context["page"].object_list}

    assert found(q="ana") == found(campaign="spring") == found(product=tea.pk) == found(state="planned") == {one.pk}
    assert found(q="x77") == found(q=f"#{two.pk}") == found(creator=two.creator_id) == {two.pk}
    assert found(state="nonsense", product="x") == {one.pk, two.pk}
    text = b"".join(viewer.get("/shipments.csv", {"q": "ana"}).streaming_content).decode()
    assert text.splitlines()[1].startswith(f"{one.pk},ana,spring,planned,1 x Tea,")


@pytest.mark.parametrize("path", ["/shipments/", "/products/"])
def test_lists_ask_the_same_at_one_and_at_three_rows(viewer, brand, path):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            viewer.get(path)
        return len(seen)

    make_shipment(brand, product=make_product(brand, "A"))
    viewer.get(path)
    one = asked()
    for name in ("B", "C"):
        make_shipment(brand, product=make_product(brand, name))

    assert asked() == one <= 12


def test_the_creator_page_asks_no_more_for_shipments(viewer, brand):
    creator: Creator = make_creator()
    make_shipment(brand, creator, product=make_product(brand))

    page = viewer.get(f"/creators/{creator.pk}/panels/")

    assert "1 × Tea" in page.text
