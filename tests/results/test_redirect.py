"""The short link through HTTP: where it leads, what it leaves behind, and what it says when it cannot."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from config.shortcut import with_short_links
from results.actions import redirects, salts, spool
from results.logic.click_lines import row_of
from results.queries import known_links
from results.queries.known_links import KnownLink, LinkCache
from tests.factories import make_deal, make_link
from tests.results.full_disk import room_for

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    """A click folder and a memory of links that are this test's alone."""
    settings.CLICKS_FOLDER = tmp_path
    monkeypatch.setattr(known_links, "links", LinkCache())
    yield tmp_path
    spool.close()


@pytest.fixture
def link(db):
    """An open link with a query and a fragment."""
    return make_link(make_deal(), target="https://shop.example/p?utm_id=1#top")


def lines(folder):
    """The clicks written down so far, oldest first."""
    return [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_bytes().splitlines()]


def test_a_visitor_is_sent_on_and_the_click_is_written_down(stranger, link, folder):
    response = stranger.get(
        f"/r/{link.slug}",
        headers={"user-agent": CHROME, "referer": "https://tiktok.com/"},
        REMOTE_ADDR="198.51.100.7",
    )

    [click] = lines(folder)
    assert response.status_code == 302
    assert response["Location"] == f"https://shop.example/p?utm_id=1&tclid={click[0]}#top"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer-when-downgrade"
    assert click[2:4] == [link.pk, "human"]
    assert click[5:] == ["198.51.100.0/24", CHROME, "https://tiktok.com/", False]
    assert "198.51.100.7" not in json.dumps(click)


def test_nothing_of_the_request_gets_into_the_destination(stranger, link):
    response = stranger.get(
        f"/r/{link.slug}?url=https://evil.example/&utm_source=x&qr=1", headers={"user-agent": CHROME}
    )

    assert response["Location"].startswith("https://shop.example/p?utm_id=1&tclid=")
    assert "evil" not in response["Location"] and "qr" not in response["Location"]


@pytest.mark.parametrize(("query", "is_qr"), [("?qr=1", True), ("?a=2&qr=1", True), ("?qr=10", False), ("", False)])
def test_scans_of_a_qr_code_are_told_apart(stranger, link, folder, query, is_qr):
    stranger.get(f"/r/{link.slug}{query}", headers={"user-agent": CHROME})

    assert [click[8] for click in lines(folder)] == [is_qr]


@pytest.mark.parametrize("header", ["dnt", "sec-gpc"])
def test_of_a_visitor_who_objects_only_the_class_is_kept(stranger, link, folder, header):
    stranger.get(f"/r/{link.slug}", headers={"user-agent": CHROME, header: "1", "referer": "https://a.example/"})

    assert [click[3:8] for click in lines(folder)] == [["human", "", "", "", ""]]


@pytest.mark.parametrize(("method", "status"), [("head", 302), ("options", 204)])
def test_head_and_options_are_answered_and_are_no_click(stranger, link, folder, method, status):
    response = getattr(stranger, method)(f"/r/{link.slug}", headers={"user-agent": CHROME})

    assert (response.status_code, lines(folder)) == (status, [])
    assert "tclid" not in response.get("Location", "")


def test_a_form_cannot_be_sent_to_a_link(stranger, link):
    assert stranger.post(f"/r/{link.slug}").status_code == 405


@pytest.mark.parametrize("slug", ["zzzzzzz", "short", "ABCDEFG", "000lll1", "a" * 400, "%00%0a"])
def test_an_unknown_link_gets_a_page(stranger, db, slug):
    response = stranger.get(f"/r/{slug}")

    assert response.status_code == 404
    assert b"No such link" in response.content
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("field", ["off_at", "expires_at"])
def test_a_link_that_has_ended_says_so_and_counts_nothing(stranger, folder, db, field):
    link = make_link(make_deal())
    setattr(link, field, timezone.now() - timedelta(seconds=1))
    link.save()

    response = stranger.get(f"/r/{link.slug}", headers={"user-agent": CHROME})

    assert response.status_code == 410
    assert b"This link has ended" in response.content
    assert lines(folder) == []


def test_a_link_that_is_to_end_later_still_leads_on(stranger, db):
    link = make_link(make_deal(), expires_at=timezone.now() + timedelta(hours=1))

    assert stranger.get(f"/r/{link.slug}").status_code == 302


def test_a_link_looked_up_once_costs_no_query(stranger, link, django_assert_num_queries):
    with django_assert_num_queries(1):
        stranger.get(f"/r/{link.slug}")

    with django_assert_num_queries(0):
        stranger.get(f"/r/{link.slug}")


def test_a_full_disk_loses_the_click_and_not_the_visitor(stranger, link, folder):
    with room_for(0):
        response = stranger.get(f"/r/{link.slug}", headers={"user-agent": CHROME})

    assert response.status_code == 302
    assert lines(folder) == []
    assert spool.take_lost() == 1


class TestShortCut:
    """The short cut ahead of Django gives Django's answers."""

    def ask(self, path, method="GET", **environ):
        """Status and headers of the application with the short cut, and whether Django was asked."""
        asked = []

        def django(environ, start_response):
            asked.append(environ["PATH_INFO"])
            return WSGIHandler()(environ, start_response)

        answer: dict = {}

        def start_response(status, headers, *_):
            answer.update(status=status, headers=dict(headers))

        environ = RequestFactory().generic(method, path, **environ).environ
        b"".join(with_short_links(django)(environ, start_response))
        return answer["status"], answer["headers"], bool(asked)

    def test_the_plain_case_does_not_reach_django(self, link, folder):
        status, headers, asked = self.ask(f"/r/{link.slug}", HTTP_USER_AGENT=CHROME)

        [click] = lines(folder)
        assert (status, asked) == ("302 Found", False)
        assert headers["Location"] == f"https://shop.example/p?utm_id=1&tclid={click[0]}#top"
        assert headers["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize(
        ("path", "method", "status"),
        [
            ("/r/zzzzzzz", "GET", "404"),
            ("/r/", "GET", "404"),
            ("/no-such-page", "GET", "404"),
            ("/r/zzzzzzz", "POST", "405"),
        ],
    )
    def test_everything_else_does(self, db, path, method, status):
        answer = self.ask(path, method)

        assert (answer[0][:3], answer[2]) == (status, True)

    def test_a_closed_link_gets_djangos_page(self, db):
        link = make_link(make_deal(), off_at=timezone.now())

        status, _, asked = self.ask(f"/r/{link.slug}")

        assert (status[:3], asked) == ("410", True)


class TestLinkCache:
    """What a process remembers of links, on a clock of its own."""

    LINK = KnownLink(1, 1, "https://a.example/", "https://a.example/?tclid=", "", float("inf"))

    def make(self, answer):
        """A cache with its clock (a list of one number) and the slugs it asked for, a list for each query."""
        clock, asked = [0.0], []

        def load(slugs):
            asked.append(sorted(slugs))
            if isinstance(answer[0], Exception):
                raise answer[0]
            return dict.fromkeys(slugs, answer[0]) if answer[0] else {}

        return LinkCache(load, lambda: clock[0]), clock, asked

    def test_a_link_is_asked_for_again_within_five_seconds(self):
        cache, clock, asked = self.make([self.LINK])

        answers = []
        for clock[0] in (0.0, 1.0, 1.9, 4.9):
            answers.append(cache.get("abcdefg"))

        assert answers == [self.LINK] * 4
        assert len(asked) == 2

    def test_a_link_that_has_gone_is_gone_at_the_next_look(self):
        answer: list = [self.LINK]
        cache, clock, _ = self.make(answer)
        cache.get("abcdefg")
        answer[0], clock[0] = None, 2.0

        assert cache.get("abcdefg") is None

    def test_links_in_use_are_asked_for_together(self):
        cache, clock, asked = self.make([self.LINK])
        for slug in ("a", "b", "c"):
            cache.get(slug)
        for clock[0], slug in ((0.5, "a"), (0.6, "b"), (2.5, "a"), (2.6, "b"), (2.7, "c")):
            cache.get(slug)

        assert asked == [["a"], ["b"], ["c"], ["a", "b"], ["c"]]

    def test_while_one_thread_asks_the_others_serve_what_is_not_stale(self):
        answers: list = [self.LINK]
        cache, clock, asked = self.make(answers)
        cache.get("abcdefg")

        with cache._asking:
            served = []
            for clock[0] in (2.5, 3.9, 4.0):
                served.append((cache.get("abcdefg"), len(asked)))

        assert served == [(self.LINK, 1), (self.LINK, 1), (self.LINK, 2)]

    def test_a_stale_link_serves_while_the_database_is_away(self):
        answer: list = [self.LINK]
        cache, clock, asked = self.make(answer)
        cache.get("abcdefg")
        answer[0] = OperationalError("gone")

        served = []
        for clock[0] in (10.0, 10.1, 5000.0):
            served.append(cache.get("abcdefg"))

        assert served == [self.LINK] * 3
        assert len(asked) == 3  # not asked again within a second of its absence

    def test_an_unknown_link_cannot_be_answered_while_the_database_is_away(self):
        cache, _, _ = self.make([OperationalError("gone")])

        with pytest.raises(known_links.DatabaseAway):
            cache.get("abcdefg")

    def test_unknown_slugs_are_remembered_for_a_second(self):
        answer: list = [None]
        cache, clock, asked = self.make(answer)
        cache.get("abcdefg")
        cache.get("abcdefg")
        answer[0], clock[0] = self.LINK, 1.5

        assert (cache.get("abcdefg"), len(asked)) == (self.LINK, 2)

    def test_ten_thousand_links_at_most_and_guesses_drive_none_out(self, monkeypatch):
        monkeypatch.setattr(known_links, "MOST_LINKS", 3)
        monkeypatch.setattr(known_links, "MOST_UNKNOWN", 2)
        answer: list = [self.LINK]
        cache, _, _ = self.make(answer)
        for slug in ("a", "b", "c", "d"):
            cache.get(slug)
        answer[0] = None
        for slug in ("1", "2", "3", "4"):
            cache.get(slug)

        assert len(cache) == 5
        assert sorted(cache._known) == ["b", "c", "d"]

    def test_a_page_asks_for_patience_while_the_database_is_away(self, stranger, monkeypatch):
        monkeypatch.setattr(known_links, "links", self.make([OperationalError("gone")])[0])

        response = stranger.get("/r/abcdefg")

        assert (response.status_code, response["Retry-After"]) == (503, "5")
        assert b"One moment" in response.content


def test_a_forked_process_writes_to_files_of_its_own(link, folder):
    environ = {"HTTP_USER_AGENT": CHROME, "REMOTE_ADDR": "198.51.100.7"}
    redirects.follow(link.slug, environ, now=1_762_000_000.0)
    known = known_links.links.get(link.slug)
    assert known

    child = os.fork()
    if child == 0:  # nothing may be raised here: the test's own clean-up belongs to the parent
        redirects.go(known, environ, now=1_762_000_001.0)
        os._exit(len(known_links.links))
    status = os.waitpid(child, 0)[1]
    redirects.follow(link.slug, environ, now=1_762_000_002.0)

    paths = sorted(folder.glob("*.jsonl"))
    times = [
        sorted(json.loads(line)[1] - 1_762_000_000.0 for line in path.read_bytes().splitlines()) for path in paths
    ]
    assert os.waitstatus_to_exitcode(status) == 0
    assert sorted(times) == [[0.0, 2.0], [1.0]]


def test_what_is_written_down_can_be_read(stranger, link, folder):
    stranger.get(
        f"/r/{link.slug}",
        headers={"user-agent": "Caf\u00e9 " + "x" * 1000, "referer": "https://a.example/" + "y" * 900},
    )

    [path] = folder.glob("*.jsonl")
    row = row_of(path.read_bytes())
    assert (len(row[6]), len(row[7])) == (300, 300)


def test_the_salt_of_a_day_stays_for_the_day_and_is_then_destroyed(folder):
    salts._salts.clear()
    first, again = salts.kept_here(20_000), salts.kept_here(20_000)
    salts.kept_here(20_001)

    gone = salts.destroy_before(20_001)

    assert first == again and len(first) == 32
    assert gone == 1
    assert [path.name for path in salts.folder().glob("[0-9]*")] == ["20001"]


def test_drafts_of_salts_that_a_dead_process_left_are_destroyed(folder):
    salts._salts.clear()
    salts.kept_here(20_000)
    draft = salts.folder() / ".20000.4711.1"
    draft.write_bytes(b"x" * 32)
    written = datetime.fromtimestamp(draft.stat().st_mtime, UTC)

    early = salts.destroy_drafts(now=written + timedelta(seconds=50))
    late = salts.destroy_drafts(now=written + timedelta(seconds=61))

    assert (early, late) == (0, 1)
    assert [path.name for path in salts.folder().iterdir()] == ["20000"]
    salts._salts.clear()


def test_machines_agree_on_a_salt_through_valkey(settings, tmp_path, folder):
    valkey = salts.Redis.from_url(settings.REDIS_URL)
    valkey.delete("troupe:clicks:salt:20000")
    salts._salts.clear()

    first = salts.agree(valkey, 20_000)
    salts._salts.clear()
    settings.CLICKS_FOLDER = tmp_path / "another machine"
    before = salts.kept_here(20_000)
    second = salts.agree(valkey, 20_000)

    assert before != first
    assert first == second == salts.kept_here(20_000) == salts.salt_of(20_000)
    assert 0 < valkey.ttl("troupe:clicks:salt:20000") <= 48 * 3600
    salts._salts.clear()
