import pytest

from briefs.logic.placeholders import filled, filled_markdown, unknown_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi {creator}", "Hi Ana"),
        ("{code} and {code}", "ANA10 and ANA10"),
        ("{link}", "[link]"),
        ("{nonsense} stays visible", "[nonsense] stays visible"),
        ("{{ creator }} is no template", "{{ creator }} is no template"),
        ("{creator.__class__}", "{creator.__class__}"),
    ],
)
def test_a_placeholder_becomes_its_value_and_nothing_else_is_evaluated(text, expected):
    assert filled(text, {"creator": "Ana", "code": "ANA10", "link": ""}) == expected


def test_a_value_never_becomes_markdown():
    assert filled_markdown("**{handle}**", {"handle": "@_ana_*b*"}) == r"**@\_ana\_\*b\***"


def test_a_value_is_not_filled_a_second_time():
    assert filled("{creator}", {"creator": "{code}", "code": "ANA10"}) == "{code}"


def test_unknown_placeholders_are_named_once_each():
    assert unknown_in("{creator} {foo} {bar} {foo}") == ["foo", "bar"]
