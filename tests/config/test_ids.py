"""Ids as addresses and forms write them."""

import pytest

from config.lib.ids import id_of, ids_of


@pytest.mark.parametrize(
    ("text", "found"),
    [("7", 7), ("0042", 42), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5_000, None), ("", None), ("-7", None),
     ("7.0", None), ("²", None), ("٣", None), ("seven", None)],
)  # fmt: skip
def test_only_what_a_row_can_have_is_an_id(text, found):
    assert id_of(text) == found


def test_of_many_the_others_are_left_out():
    assert ids_of(["3", "x", "", "5"]) == [3, 5]
