from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from creators.enums import AlertKind
from creators.models import Alert
from tests.factories import NOW, make_campaign, make_creator

pytestmark = pytest.mark.django_db


def make_alert(handle="", kind=AlertKind.JUMP, words="2,000 followers more", **fields):
    profile = make_creator(handle).profiles.get()
    return Alert.objects.create(
        profile=profile, kind=kind, words=words, **{"key": "1", "raised_at": NOW - timedelta(days=1), **fields}
    )


def shown(response):
    return [alert.words for alert in response.context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["is gone", "2,000 more"]),
        ("q=anna", ["2,000 more"]),
        ("kind=gone", ["is gone"]),
        ("state=done", ["flat likes"]),
        ("state=all", ["is gone", "2,000 more", "flat likes"]),
        ("kind=jump&q=bo", []),
        ("kind=odd&state=odd&page=9&q=%00", ["is gone", "2,000 more"]),
    ],
)
def test_the_list_is_searched_and_filtered_by_its_address(viewer, query, found):
    make_alert("anna", words="2,000 more")
    make_alert("bo_x", AlertKind.GONE, "is gone", raised_at=NOW)
    make_alert("cyrus", AlertKind.SIGNAL_NEW, "flat likes", done_at=NOW, raised_at=NOW - timedelta(days=3))

    response = viewer.get(f"/creators/alerts/?{query}")

    assert response.status_code == 200
    assert shown(response) == found


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(viewer, count, django_assert_max_num_queries):
    for _ in range(count):
        make_alert()

    with django_assert_max_num_queries(8):
        viewer.get("/creators/alerts/")


def test_one_alert_is_done_by_its_button_and_several_by_their_boxes(manager):
    first, second, third = make_alert(), make_alert(), make_alert()

    manager.post("/creators/alerts/done/", {"one": first.pk, "ids": [second.pk]})
    after_one = list(Alert.objects.filter(done_at=None))
    answer = manager.post("/creators/alerts/done/?kind=jump", {"ids": [first.pk, second.pk, "x", "9" * 30]})

    assert after_one == [second, third] or after_one == [third, second]
    assert (answer.status_code, answer.url) == (302, "/creators/alerts/?kind=jump")
    assert list(Alert.objects.filter(done_at=None)) == [third]
    assert Alert.objects.get(pk=second.pk).done_by == manager.user


def test_all_means_what_the_filter_finds(manager):
    make_alert()
    gone = make_alert(kind=AlertKind.GONE)

    manager.post("/creators/alerts/done/?kind=jump", {"all": "yes"})

    assert list(Alert.objects.filter(done_at=None)) == [gone]


def test_today_shows_the_newest_five_and_how_many_there_are(viewer, brand):
    make_campaign(brand)
    for n in range(6):
        make_alert(words=f"News {n}", raised_at=NOW + timedelta(minutes=n))

    page = viewer.get("/").content.decode()

    assert "6 open" in page
    assert "News 5" in page
    assert "News 0" not in page
    assert "Nothing waits for you" not in page


@pytest.mark.parametrize("change", [{"kind": "odd"}, {"kind": AlertKind.JUMP, "key": "1"}])
def test_the_database_refuses_news_of_no_kind_and_the_same_news_twice(change):
    profile = make_alert().profile

    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(**{"profile": profile, "key": "2", "words": "Again", "raised_at": NOW, **change})


def test_a_viewer_is_offered_no_button_a_manager_is(viewer, manager):
    make_alert("anna")

    assert 'name="one"' not in viewer.get("/creators/alerts/").content.decode()
    assert 'name="one"' in manager.get("/creators/alerts/").content.decode()
