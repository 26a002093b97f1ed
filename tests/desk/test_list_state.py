"""What the address of a list says."""

import pytest

from desk.logic.list_state import ListState, columns_chosen, columns_in

DEFAULT = ("stage", "tags")


def test_an_address_always_says_its_order_so_that_a_cleared_view_is_not_the_saved_one():
    state = ListState({"stage": "live"}, DEFAULT, view=7)

    assert state.query(default_columns=DEFAULT) == "stage=live&sort=name&view=7"
    assert state.without("stage").query(default_columns=DEFAULT) == "sort=name&view=7"


def test_other_columns_stand_in_the_address():
    assert ListState({}, ("tags",)).query(default_columns=DEFAULT) == "columns=tags&sort=name"


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (ListState({"stage": "live"}, DEFAULT, view=9), True),
        (ListState({"stage": "seeded"}, DEFAULT), False),
        (ListState({"stage": "live"}, ("tags", "stage")), False),
        (ListState({"stage": "live"}, DEFAULT, "followers"), False),
    ],
)
def test_two_lists_are_the_same_whichever_view_they_began_with(other, is_same):
    assert ListState({"stage": "live"}, DEFAULT).shows_the_same_as(other) is is_same


@pytest.mark.parametrize(
    ("told", "columns"),
    [("", DEFAULT), ("tags,stage", ("tags", "stage")), ("tags,tags,nonsense", ("tags",)), ("nonsense", DEFAULT)],
)
def test_unknown_columns_are_left_out(told, columns):
    assert columns_in(told, ("stage", "tags", "city"), DEFAULT) == columns


@pytest.mark.parametrize(
    ("places", "columns"),
    [({}, ("stage", "city")), ({"city": "1", "stage": "2"}, ("city", "stage")), ({"stage": "x"}, ("stage", "city"))],
)
def test_columns_stand_at_the_places_written_beside_them(places, columns):
    assert columns_chosen(["stage", "city", "nonsense"], places, ("stage", "tags", "city")) == columns
