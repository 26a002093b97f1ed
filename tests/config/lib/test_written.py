"""Queries whose text is written once."""

import pytest
from django.core.exceptions import EmptyResultSet
from django.db.models import F
from django_scopes import scope

from config.lib.written import SOMEBODY, AnyOf, scope_key, written
from creators.models import Creator
from tests.factories import make_brand, make_creator

pytestmark = pytest.mark.django_db


def test_a_query_written_for_some_ids_is_run_for_others():
    ana, bea, _ = make_creator("ana"), make_creator("bea"), make_creator("cleo")
    told = written(Creator.objects.filter(AnyOf(F("pk"), [SOMEBODY])).order_by("pk").values_list("pk"))

    assert told.rows([ana.pk, bea.pk]) == [(ana.pk,), (bea.pk,)]
    assert told.rows([bea.pk]) == [(bea.pk,)]
    assert told.rows([]) == []


def test_a_query_written_for_one_id_is_run_for_another():
    ana, bea = make_creator("ana"), make_creator("bea")
    told = written(Creator.objects.filter(pk=SOMEBODY).values_list("pk"))

    assert [told.rows(creator.pk) for creator in (ana, bea)] == [[(ana.pk,)], [(bea.pk,)]]


def test_what_no_row_can_fit_is_refused():
    with pytest.raises(EmptyResultSet):
        written(Creator.objects.filter(pk__in=[]))


def test_another_scope_is_another_key():
    acme, other = make_brand("Acme"), make_brand("Other")
    with scope(brand=[acme]):
        inside = scope_key()
    with scope(brand=[acme, other]):
        wider = scope_key()
    with scope(brand=[acme]):
        again = scope_key()

    assert inside == again != wider
