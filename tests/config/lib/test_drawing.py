"""Fields are drawn as Django's own templates draw them, but for white space between tags."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from config.lib.drawing import DRAWN, Renderer

CHOICES = (("", "Any & all"), ("a", mark_safe("<b>A</b>")), ("Two", ((1, "One"), (2, 'Two "2"'))))
ATTRS = {"id": "id_x", "class": "wide", "data-what": '"<&>"', "disabled": True, "required": False}


class Everything(forms.Form):
    text = forms.CharField(widget=forms.TextInput(ATTRS))
    search = forms.CharField(required=False, widget=forms.SearchInput({"placeholder": "Name & handle"}))
    hidden = forms.CharField(widget=forms.HiddenInput)
    area = forms.CharField(widget=forms.Textarea(ATTRS))
    blank = forms.CharField(required=False, widget=forms.Textarea)
    number = forms.IntegerField(min_value=1)
    email = forms.EmailField()
    day = forms.DateField(widget=forms.DateInput({"type": "date"}))
    yes = forms.BooleanField()
    no = forms.BooleanField(required=False)
    one = forms.ChoiceField(choices=CHOICES)
    several = forms.MultipleChoiceField(choices=CHOICES, help_text="As you like")
    radio = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect(ATTRS))
    boxes = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    file = forms.FileField(required=False)


GIVEN = {
    "text": "<script>", "search": "a\"b'c", "hidden": "x", "area": "two\n<lines>", "number": "0", "day": "2026-11-02",
    "yes": "on", "one": "2", "several": ["a", "1"], "radio": "1", "boxes": ["a", "2"], "email": "<nobody>",
}  # fmt: skip


def drawn(field):
    return re.sub(r"\s*(<[^<>]*>)\s*", r"\1", str(field))


@pytest.mark.parametrize("given", [None, GIVEN, {}])
def test_every_field_is_drawn_as_django_draws_it(given):
    ours, djangos = (Everything(given, renderer=renderer()) for renderer in (Renderer, DjangoTemplates))

    assert [drawn(field) for field in ours] == [drawn(field) for field in djangos]
    assert [drawn(field.errors) for field in ours] == [drawn(field.errors) for field in djangos]
    assert [drawn(each) for each in ours["radio"]] == [drawn(each) for each in djangos["radio"]]
    assert drawn(ours) == drawn(djangos)


def test_what_is_drawn_here_is_a_template_of_django():
    assert all(DjangoTemplates().get_template(name) for name in DRAWN)
