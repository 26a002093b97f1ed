from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.lib.calendars import DayEvent, calendar_text, escaped, folded

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def unfolded(pieces: list[str]) -> str:
    return pieces[0] + "".join(piece[1:] for piece in pieces[1:])


_LETTERS = st.characters(codec="utf-8", exclude_characters="\r\n")


@given(st.text(alphabet=_LETTERS, max_size=400))
def test_a_folded_line_is_the_same_line_in_pieces_of_75_octets(line):
    pieces = list(folded(line))

    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert unfolded(pieces) == line


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a, b; c", r"a\, b\; c"),
        ("back\\slash", r"back\\slash"),
        ("two\nlines\r\nthree\rfour", r"two\nlines\nthree\nfour"),
        ("bell\x07 and null\x00", "bell and null"),
        ("END:VCALENDAR\nBEGIN:VEVENT", r"END:VCALENDAR\nBEGIN:VEVENT"),
    ],
)
def test_text_cannot_leave_its_value(text, value):
    assert escaped(text) == value


def test_a_feed_is_as_the_standard_asks():
    event = DayEvent("right-1@x", date(2026, 12, 31), "Ends: Anna, TikTok", "Ünïcode " * 12, "https://x.example/1/")

    text = calendar_text([event], name="Rights", now=NOW)

    lines = text.split("\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "DTSTAMP:20261102T090000Z"} <= set(lines)
    assert r"SUMMARY:Ends: Anna\, TikTok" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
