"""A kept select says the same as any other, however often it is drawn."""

import pytest
from django import forms

from config.lib.selects import KeptSelect


@pytest.mark.parametrize("data", [{}, {"place": ""}, {"place": "b"}, {"place": "<x>"}])
def test_a_kept_select_is_drawn_like_any_other(data):
    choices = [("", "Any"), ("a", "A & B"), ("b", "B")]

    class Kept(forms.Form):
        place = forms.ChoiceField(choices=choices, required=False, widget=KeptSelect)

    class Plain(forms.Form):
        place = forms.ChoiceField(choices=choices, required=False)

    drawn = [str(Kept(data)["place"]) for _ in range(2)]

    assert drawn == [str(Plain(data)["place"])] * 2
