import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from config.lib.problems import Problem
from config.lib.row_files import Layout, read_rows
from config.lib.tabular import NotATable

LAYOUT = Layout(columns=("sent_on", "cost"), required=("cost",), most_rows=2)


def read(text):
    return read_rows(SimpleUploadedFile("costs.csv", text.encode()), LAYOUT, cost_of)


def cost_of(line, cells):
    if not cells["cost"].isdecimal():
        return None, [Problem(line, "cost", cells["cost"], "Write a number.")]
    return int(cells["cost"]), []


def test_good_rows_and_problems_come_apart():
    rows, problems = read("Cost,Sent on,Colour\n0,1 May,red\nmuch,,\n")

    assert rows == [0]
    assert problems == [Problem(3, "cost", "much", "Write a number.")]


def test_what_we_made_safe_for_spreadsheets_is_read_as_it_was():
    _, problems = read("cost\n'=1+1\n'quoted'\n")

    assert [each.value for each in problems] == ["=1+1", "'quoted'"]


def test_a_row_that_does_not_fit_the_header_is_a_problem_of_its_line():
    rows, problems = read("cost,sent on\n1,2,3\n4,\n")

    assert rows == [4]
    assert [(each.line, each.field) for each in problems] == [(2, "")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("price\n1\n", "The file has no column cost. It may have sent_on, cost."),
        ("cost\n1\n2\n3\n", "The file has more than 2 rows. Split it."),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(text, words):
    with pytest.raises(NotATable) as refusal:
        read(text)

    assert str(refusal.value) == words
