"""Numbers from files become the same records, and every bad line says what is wrong with it."""

from datetime import UTC, datetime

import pytest

from config.lib.tabular import read_table
from creators.enums import ContentKind, Platform
from creators.providers.csv_metrics import (
    BadLine,
    ReadLine,
    Whose,
    read_comments,
    read_days,
    read_followers,
    read_posts,
)
from creators.providers.records import CommentRecord, DayRecord, FollowerRecord, PostRecord
from tests.factories import NOW

DAY = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.fixture
def rows(tmp_path):
    """The rows of a CSV text."""

    def make(text: str):
        path = tmp_path / "numbers.csv"
        path.write_text(text, encoding="utf-8")
        return read_table(path, path.name).rows()

    return make


def test_days_of_a_profile(rows):
    text = "Platform,Handle,Date,Followers,Posts,Note\nLinkedIn,@Ana-B,2026-10-01,12.3K,,x\npinterest,ana,2026-10-01,0,7,\n"

    assert list(read_days(rows(text), now=NOW)) == [
        ReadLine(2, Platform.LINKEDIN, "ana-b", DayRecord(DAY, followers=12_300, followers_step=100)),
        ReadLine(3, Platform.PINTEREST, "ana", DayRecord(DAY, followers=0, posts=7)),
    ]


def test_a_file_for_one_profile_needs_no_names(rows):
    (line,) = read_days(rows("day;subscribers\n2026-10-01;5\n"), now=NOW, whose=Whose(Platform.PODCAST, "ana"))

    assert line == ReadLine(2, Platform.PODCAST, "ana", DayRecord(DAY, followers=5))


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        ("linkedin,ana,2026-10-01,many", "followers", "Write a whole number"),
        ("linkedin,ana,2026-10-01,-5", "followers", "Write a whole number"),
        ("linkedin,ana,2026-10-01,99999999999999999999", "followers", "Write a whole number"),
        ("linkedin,ana,2026-10-01,", "followers", "Fill in at least one of"),
        ("linkedin,ana,2026-10-01,n/a", "followers", "Fill in at least one of"),
        ("linkedin,ana,01/10/2026,5", "at", "Write days as 2026-10-31."),
        ("linkedin,ana,2026-13-01,5", "at", "There is no such day."),
        ("linkedin,ana,2036-10-01,5", "at", "The day is in the future"),
        ("linkedin,ana,,5", "at", "The column date is missing or empty."),
        ("myspace,ana,2026-10-01,5", "platform", "Write one of"),
        (",ana,2026-10-01,5", "platform", "The column platform is missing"),
        ("linkedin,,2026-10-01,5", "handle", "The handle is missing."),
        ("linkedin,a b,2026-10-01,5", "handle", "A handle holds no spaces."),
        ("linkedin,ana", "", "This row has 2 cells"),
    ],
)
def test_a_bad_line_says_what_is_wrong(rows, line, field, reason):
    good = "linkedin,bo,2026-10-01,5"

    bad, fine = read_days(rows(f"platform,handle,date,followers\n{line}\n{good}\n"), now=NOW)

    assert isinstance(bad, BadLine) and (bad.line, bad.field) == (2, field)
    assert bad.reason.startswith(reason)
    assert isinstance(fine, ReadLine) and fine.line == 3


def test_posts(rows):
    text = (
        "platform,handle,post url,published,type,title,likes,comments,saves,paid\n"
        "instagram,ana,https://www.instagram.com/reel/Abc/,2026-10-01 08:30,Reel,Hi,10,,0,yes\n"
        "linkedin,ana,urn:li:share:9,,,,,2,,\n"
    )

    first, second = read_posts(rows(text), now=NOW)

    assert isinstance(first, ReadLine) and isinstance(second, ReadLine)
    assert first.record == PostRecord(
        "Abc", ContentKind.REEL, datetime(2026, 10, 1, 8, 30, tzinfo=UTC), "https://www.instagram.com/reel/Abc/", "Hi",
        likes=10, saves=0, is_paid_partnership=True,
    )  # fmt: skip
    assert second.record == PostRecord("urn:li:share:9", ContentKind.OTHER, comments=2)


def test_comments(rows):
    text = "platform,handle,post,author,comment,date,likes\ntiktok,ana,123,@Bob,so nice,2026-10-01,1\ntiktok,ana,123,ana,thanks,,\n"

    first, second = read_comments(rows(text), now=NOW)
    again, _ = read_comments(rows(text), now=NOW)

    assert isinstance(first, ReadLine) and isinstance(second, ReadLine)
    own_id = first.record.platform_id
    assert first == ReadLine(2, Platform.TIKTOK, "ana", CommentRecord(own_id, "Bob", "so nice", DAY, 1), post="123")
    assert second.record.is_by_creator
    assert own_id != second.record.platform_id
    assert again == first


def test_a_comment_may_say_none_and_its_address_is_its_id(rows):
    text = (
        "platform,handle,post,author,comment,comment id\n"
        "x,ana,123,na,none,https://x.com/na/status/55?s=20\nx,ana,123,bo,-,n/a\n"
    )

    first, second = (line.record for line in read_comments(rows(text), now=NOW) if isinstance(line, ReadLine))

    assert (first.platform_id, first.author, first.text) == ("55", "na", "none")
    assert second.text == "-"


def test_followers_without_their_names(rows):
    text = "platform,handle,follower,followers,following,has picture,bio\ntiktok,ana,user99,3,900,no,\n"

    (line,) = read_followers(rows(text))

    assert line == ReadLine(
        2, Platform.TIKTOK, "ana", FollowerRecord(3, 900, None, False, None, 0.3333, 6, 0)
    )  # fmt: skip
