"""Several providers for one platform: what the first one does not give is asked of the next."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from creators.actions import supplies
from creators.actions.supplies import Terms
from creators.enums import Question, RefreshState, Source
from creators.models import Refresh, Spending
from creators.providers import demo_server
from creators.providers.demo_server import Said, answer_demo
from creators.providers.registry import Key
from tests.creators.refreshing import plan_and_work
from tests.factories import NOW, make_creator

pytestmark = pytest.mark.django_db


def question(creator):
    return Refresh.objects.get(profile__creator=creator, question=Question.PROFILE)


@contextmanager
def two_providers(settings, *, budget=None):
    """Instagram's business discovery, which knows no personal account, and the demo behind it."""
    unknown = {"error": {"code": 110, "error_subcode": 2207013, "message": "Cannot find User"}}

    def answer(asked):
        return Said(unknown, 400) if "business_discovery" in asked.params.get("fields", "") else answer_demo(asked)

    with demo_server.running(answer) as server:
        settings.PROVIDER_PRIVATE_HOSTS = [server.host]
        official = Key(Source.INSTAGRAM, "a token", account="17", address=server.address)
        demo = Key(Source.DEMO, "a key of the demo", address=f"{server.address}/on/{NOW:%Y-%m-%d}/v1")
        with supplies.opened([Terms(official, None, 60_000), Terms(demo, budget, 60_000)]) as suppliers:
            yield suppliers


def test_what_one_provider_does_not_give_is_asked_of_the_next(settings):
    creator = make_creator(platform="instagram")

    with two_providers(settings) as suppliers:
        plan_and_work(suppliers)

    row = question(creator)
    assert (row.source, row.failure, row.answered_at) == (Source.DEMO, "", NOW)
    assert Spending.objects.filter(reserved=0).count() == 2
    assert Spending.objects.get(source=Source.DEMO).used > 0


def test_it_waits_for_the_next_provider_while_that_has_no_budget(settings):
    creator = make_creator(platform="instagram")

    with two_providers(settings, budget=0) as suppliers:
        plan_and_work(suppliers)

    row = question(creator)
    assert (row.state, row.stopped_at, row.due_at) == (RefreshState.IDLE, None, NOW + timedelta(hours=1))
    assert list(Spending.objects.filter(source=Source.DEMO).values_list("reserved", "used")) == [(0, 0)]
