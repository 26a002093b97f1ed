from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from briefs.models import Acceptance
from campaigns.models import Campaign, Code, Deal, TrackingLink
from campaigns.queries.ads import PLANNED, RUNNING, AdFilter, ads
from creators.enums import Level
from creators.models import (
    Assessment,
    AudienceSample,
    Comment,
    Creator,
    Duplicate,
    Exclusivity,
    LifecycleSpan,
    Post,
    ProfileSnapshot,
    Vetting,
)
from creators.queries.register import tallies
from creators.queries.sightings import blamed
from desk.actions.sample import load_sample
from desk.actions.sample_removal import remove_sample
from desk.logic import sample
from desk.queries.today import rights_ending
from results.models import Click, Credit, Order
from team.models import Brand, Document, User
from tests.conftest import signed_in
from tests.factories import NOW, TODAY, make_campaign, make_creator, make_deal, make_user

DAY = timedelta(days=1)


def rows_of_every_table() -> dict[str, int]:
    tables = set(connection.introspection.table_names())
    models = [model for model in apps.get_models() if model._meta.db_table in tables]
    with scopes_disabled():
        return {model._meta.label: model._base_manager.count() for model in models}


@pytest.fixture(scope="module")
def program(django_db_setup, django_db_blocker):
    """The sample's brand, loaded once for all tests here, and the rows of every table before."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = rows_of_every_table()
        yield load_sample(by=None, now=NOW), before
        transaction.set_rollback(True)
    connection.close()


def test_the_sample_is_always_the_same():
    assert sample.roster() == sample.roster()
    assert len({row["handle"] for row in sample.roster()}) == 30
    assert {row["email"].split("@")[1] for row in sample.roster()} == {"creators.example.com"}


def test_the_sample_program_is_whole(db, program):
    brand, _ = program

    with scope(brand=brand):
        assert Creator.objects.filter(is_sample=True).count() == 31
        assert Campaign.objects.count() == 2
        assert Deal.objects.count() == TrackingLink.objects.count() == 38
        assert Code.objects.count() == 30
        assert Click.objects.count() > 500
        assert Order.objects.count() > 300
        assert Order.objects.filter(not_counted="no_rate").exists()
        assert Credit.objects.count() > 60
        assert 0 < Acceptance.objects.count() < 38
        assert set(Vetting.objects.values_list("verdict", flat=True)) == {"", "no", "perhaps", "suitable"}
    assert ProfileSnapshot.objects.filter(profile__creator__is_sample=True).count() >= 30 * 90
    assert Post.objects.count() > 300
    assert Comment.objects.count() > 500
    assert AudienceSample.objects.exists()
    assert [pair.score > 0.9 for pair in Duplicate.objects.all()] == [True]
    assert Assessment.objects.filter(level=Level.FLAGGED).exists()
    assert Assessment.objects.filter(level=Level.CLEAR).count() >= 15


def test_the_sample_shows_every_kind_of_right_that_wants_somebody(db, program):
    brand, _ = program

    with scope(brand=brand):
        found = tallies(blamed(), today=TODAY)
        assert all(found[state] for state in ("overrun", "ends_3", "ends_14", "ends_30", "running"))
        assert rights_ending(today=TODAY)[0].right_ends_on == TODAY + DAY  # tonight
        assert [ads(AdFilter(state=state), today=TODAY).count() for state in (RUNNING, PLANNED)] == [1, 2]
        assert Exclusivity.objects.count() == 2
        assert sorted(Document.objects.values_list("kind", flat=True)) == ["contract"] * 3 + ["media_kit"] * 2


def test_the_samples_stages_are_set_by_rules_but_for_two_decisions(db, program):
    brand, _ = program

    with scope(brand=brand):
        spans = LifecycleSpan.objects.open().order_by("track", "stage").values_list("track", "stage", "rule")
        by_hand = [(track, stage) for track, stage, rule in spans if not rule]
        assert by_hand == [("stage", "inactive"), ("stage", "prospect"), ("top_performer", "")]  # one who applied
        assert {stage for track, stage, rule in spans if track == "stage" and rule} > {"seeded", "contracted", "live"}


def test_loading_twice_changes_nothing(db, program):
    first, _ = program
    before = rows_of_every_table()

    second = load_sample(by=None, now=NOW)

    assert second == first
    assert rows_of_every_table() == before


def test_removing_the_sample_leaves_no_trace(db, program):
    brand, before = program

    remove_sample(brand)

    assert rows_of_every_table() == before


def test_a_sample_creator_in_a_brand_of_ones_own_stays(program, brand):
    sample_brand, _ = program
    creator = Creator.objects.filter(is_sample=True)[0]
    deal = make_deal(make_campaign(brand), creator)

    remove_sample(sample_brand)

    with scope(brand=brand):
        assert Deal.objects.get() == deal
    assert [(c.pk, c.is_sample) for c in Creator.objects.all()] == [(creator.pk, False)]
    assert creator.profiles.count() == 1


def test_only_a_sample_can_be_removed(brand):
    with pytest.raises(ValueError, match="is no sample"):
        remove_sample(brand)


def test_one_button_removes_it_and_only_its_owner_may_press(program, owner):
    brand, _ = program
    mine = make_creator("mine")
    boss = signed_in(make_user("boss@example.com", brand=brand))

    refused = owner.post(reverse("desk:remove_sample"))
    page = boss.get("/")
    response = boss.post(reverse("desk:remove_sample"))

    assert refused.status_code == 404
    assert "Remove sample data" in page.text
    assert response.status_code == 302
    assert not Brand.objects.filter(is_sample=True).exists()
    assert list(Creator.objects.all()) == [mine]


def test_the_command_prints_a_login_that_works(client, db, program):
    out = StringIO()

    call_command("load_sample", stdout=out)

    label, _, email, password = out.getvalue().partition(": ")[0], None, *out.getvalue().split(": ")[1].split()
    assert label == "Demo login"
    assert User.objects.get(email=email).check_password(password)
    assert client.login(username=email, password=password)
