import csv
import io

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from config.lib import workbooks
from config.lib.tabular import NotATable, Row, csv_response, read_table, write_csv, xlsx_response


def written(tmp_path, content: bytes | str, encoding="utf-8"):
    path = tmp_path / "upload"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def rows_of(tmp_path, content, encoding="utf-8"):
    return list(read_table(written(tmp_path, content, encoding), "table.csv").rows())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_encodings(tmp_path, separator, encoding):
    text = separator.join(["handle", "note"]) + "\r\n" + separator.join(["zoë", "1 😀"]) + "\r\n"

    rows = rows_of(tmp_path, text, encoding)

    assert rows == [Row(2, {"handle": "zoë", "note": "1 😀"})]


def test_line_is_the_first_physical_line_of_a_record(tmp_path):
    rows = rows_of(tmp_path, 'a,b\n1,"two\r\nlines\nand three"\n\n2,x\r3,"y\n"\n4,z')

    assert [row.line for row in rows] == [2, 6, 7, 9]
    assert rows[0].cells["b"] == "two\r\nlines\nand three"


def test_blank_lines_and_lines_of_separators_are_left_out(tmp_path):
    rows = rows_of(tmp_path, "a,b\n\n1,2\n,\n   \n3,4\n\n\n")

    assert [(row.line, row.cells["a"]) for row in rows] == [(3, "1"), (6, "3")]


@pytest.mark.parametrize(("line", "count"), [("1", 1), ("1,2,3", 3)])
def test_a_row_with_too_few_or_too_many_cells_has_a_problem(tmp_path, line, count):
    rows = rows_of(tmp_path, f"a,b\n{line}\n5,6\n")

    assert f"{count} cells" in rows[0].problem
    assert rows[1] == Row(3, {"a": "5", "b": "6"})


def test_blank_cells_beyond_the_header_are_no_problem(tmp_path):
    rows = rows_of(tmp_path, "a,b,,\n1,2,,\n3,4\n")

    assert [row.problem for row in rows] == ["", ""]


def test_an_open_quote_spoils_only_its_own_line(tmp_path):
    rows = rows_of(tmp_path, 'a,b\n1,"open\n2,y\n3,"z"\n4,w\n')

    assert [(row.line, bool(row.problem)) for row in rows] == [(2, True), (3, False), (4, False), (5, False)]


def test_what_cannot_be_read_is_kept_as_it_was_written(tmp_path):
    rows = rows_of(tmp_path, 'a,b\n1,"open\n2,y,z,\n3,w\n')

    assert [row.written for row in rows] == [('1,"open',), ("2", "y", "z", ""), ()]


def test_a_cell_that_is_far_too_long_is_called_so(tmp_path):
    rows = rows_of(tmp_path, f"a,b\n1,{'x' * 140_000}\n2,y\n")

    assert ["longer than" in row.problem for row in rows] == [True, False]


def test_a_first_line_of_very_many_columns_is_refused_at_once(tmp_path):
    with pytest.raises(NotATable, match="1,001 columns"):
        rows_of(tmp_path, ",".join(f"c{number}" for number in range(1_001)))


def test_a_nul_spoils_only_its_own_row(tmp_path):
    rows = rows_of(tmp_path, "a,b\n1,x\0y\n2,z\n")

    assert ["NUL" in row.problem for row in rows] == [True, False]


def test_quotes_after_a_space_and_the_line_that_excel_writes(tmp_path):
    rows = rows_of(tmp_path, 'sep=;\na; b\n1; "x; y"\n')

    assert rows == [Row(3, {"a": "1", "b": "x; y"})]


def test_a_wrong_encoding_names_its_line(tmp_path):
    content = b"handle,name\nanna,Anna\n\nzoe,Zo\xeb\n"

    with pytest.raises(NotATable, match=r"Line 4 of “table\.csv” is not UTF-8"):
        rows_of(tmp_path, content)


def test_a_broken_utf_16_file_names_its_line(tmp_path):
    content = "a,b\n1,2\n".encode("utf-16") + b"\x00\xd8x\x00"

    with pytest.raises(NotATable, match=r"Line 3 of “table\.csv” is not UTF-16"):
        rows_of(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\n", "empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<!DOCTYPE html><html></html>", "a web page"),
        (b'{"a": 1}', "JSON"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel"),
        ("a,b\n1,2\n".encode("utf-16-le"), "not UTF-8"),
        (b'a,"b\n1,2\n', "line 1: A quote"),
        (b"a,b,a\n1,2,3\n", "two columns called “a”"),
        (b"a," + b"b" * 1_001, "over 1,000 characters"),
        (b"Sub total,b,sub  Total\n1,2,3\n", "two columns called “Sub total”"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path, content, said):
    with pytest.raises(NotATable, match=said):
        rows_of(tmp_path, content)


def test_a_workbook_reads_like_a_csv(tmp_path):
    path = tmp_path / "book"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("empty")
        sheet = book.add_worksheet()
        sheet.write_row(1, 0, ["handle", "followers", "fee"])
        sheet.write_row(3, 0, ["anna", 6783, 20.48])

    rows = list(read_table(path, "book.xlsx").rows())

    assert rows == [Row(4, {"handle": "anna", "followers": "6783", "fee": "20.48"})]


def written_book(tmp_path, fill):
    path = tmp_path / "book"
    with xlsxwriter.Workbook(path) as book:
        fill(book, book.add_worksheet())
    return path


@pytest.mark.parametrize(
    ("row", "column", "said"), [(1_048_575, 16_383, "row 1,048,576, column 16,384"), (1_048_575, 4, "column 5")]
)
def test_a_cell_far_away_does_not_fill_the_memory(tmp_path, row, column, said):
    path = written_book(tmp_path, lambda book, sheet: (sheet.write(0, 0, "handle"), sheet.write(row, column, "x")))

    with pytest.raises(NotATable, match=f"far away from the others, in .*{said}"):
        read_table(path, "book.xlsx")


def test_a_far_cell_that_is_only_formatted_does_no_harm(tmp_path):
    path = written_book(
        tmp_path,
        lambda book, sheet: (
            sheet.write_column(0, 0, ["handle", "anna"]),
            sheet.write_blank(1_048_575, 9, None, book.add_format({"bold": True})),
        ),
    )

    assert [row.cells for row in read_table(path, "book.xlsx").rows()] == [{"handle": "anna"}]


def test_one_long_text_in_very_many_cells_does_not_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_TEXT", 5_000)
    fits = written_book(tmp_path, lambda book, sheet: sheet.write_column(0, 0, ["a", "x" * 4_000, *"bcdef"]))
    read_table(fits, "book.xlsx")
    repeats = written_book(tmp_path, lambda book, sheet: sheet.write_column(0, 0, ["a", *["x" * 1_000] * 6]))

    with pytest.raises(NotATable, match="a great many times"):
        read_table(repeats, "book.xlsx")


def test_a_workbook_reads_as_people_see_it(tmp_path):
    def fill(book, sheet):
        percent = book.add_format({"num_format": "0.0%"})
        sheet.hide()
        sheet.write(0, 0, "a lookup that nobody sees")
        seen = book.add_worksheet("Roster")
        seen.activate()
        seen.write_row(2, 1, ["handle", "commission", "fee", "share"])
        seen.write_row(3, 1, ["anna", 0.05, 0.05])
        seen.write(3, 2, 0.125, percent)
        seen.write_formula(3, 3, "=1/0", None, "#DIV/0!")
        seen.write_number(3, 4, 0.5)

    path = written_book(tmp_path, fill)

    (row,) = read_table(path, "book.xlsx").rows()

    assert row == Row(4, {"handle": "anna", "commission": "12.5%", "fee": "#DIV/0!", "share": "0.5"})


def test_another_zip_is_no_workbook(tmp_path):
    path = tmp_path / "book"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet()
    content = path.read_bytes().replace(b"xl/workbook.xml", b"xl/workbonk.xml")

    with pytest.raises(NotATable, match="not an Excel workbook"):
        rows_of(tmp_path, content)


cells = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(table=st.lists(st.tuples(cells, cells), max_size=8), separator=st.sampled_from(",;\t"))
def test_what_the_csv_module_writes_is_read_back(table, separator, tmp_path_factory):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["first", "second"])
    lines = []
    for row in table:
        written_so_far = out.getvalue()
        lines.append(len(io.StringIO(written_so_far, newline="").readlines()) + 1)
        writer.writerow(row)

    rows = rows_of(tmp_path_factory.mktemp("table"), out.getvalue())

    kept = [(line, row) for line, row in zip(lines, table, strict=True) if any(cell.strip() for cell in row)]
    assert [(row.line, tuple(row.cells.values())) for row in rows] == kept


@pytest.mark.parametrize("cell", ["=1+1", "+a", "-a", "@anna", "\t=1", "\r=1", "\n=1", "＝1"])
def test_formulas_are_kept_from_spreadsheets(cell):
    out = io.StringIO()

    write_csv(out, ["a"], [[cell]])

    assert list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1] == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["-5.20", "+3", "a=1", "", None, -5, "12"])
def test_numbers_and_plain_texts_stay_as_they_are(cell):
    out = io.StringIO()

    write_csv(out, ["a", "b"], [[cell, "x"]])

    assert out.getvalue().splitlines()[1] == f"{'' if cell is None else cell},x"


def test_a_header_that_came_from_a_file_is_no_formula_either():
    response = csv_response("errors", ["line", "=cmd()"], [["2", "x"]])

    assert b"".join(response).decode().splitlines()[0] == "line,'=cmd()"


def test_downloads_are_attachments(tmp_path):
    as_csv = csv_response("Creators, all", ["a"], [["1"]])
    as_xlsx = xlsx_response("creators", ["a"], [["=1+1"]])

    assert as_csv["Content-Disposition"] == 'attachment; filename="Creators-all.csv"'
    assert b"".join(as_csv).decode() == "a\r\n1\r\n"
    (tmp_path / "out").write_bytes(b"".join(as_xlsx))
    assert [row.cells for row in read_table(tmp_path / "out", "out").rows()] == [{"a": "=1+1"}]
