"""What a request says about itself, and what is kept of it. Pure: no database."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from config.lib.networks import client_address, network_of
from results.enums import ClickClass
from results.logic.click_ids import click_id, with_click_id
from results.logic.click_lines import BadLine, ClickLine, line_of, row_of
from results.logic.clicks import click_class
from results.logic.visitors import objects, visitor_key

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
ID = "01938f5e-7c00-7abc-8def-0123456789ab"


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({}, ClickClass.HUMAN),
        ({"HTTP_SEC_PURPOSE": "prefetch"}, ClickClass.PREFETCH),
        ({"HTTP_SEC_PURPOSE": "prefetch;prerender"}, ClickClass.PREFETCH),
        ({"HTTP_PURPOSE": "Prefetch"}, ClickClass.PREFETCH),
        ({"HTTP_X_PURPOSE": "preview"}, ClickClass.PREFETCH),
        ({"HTTP_X_MOZ": "prefetch"}, ClickClass.PREFETCH),
        ({"HTTP_PURPOSE": "shopping"}, ClickClass.HUMAN),
        ({"HTTP_COOKIE": "theme=dark; troupe_session=abc"}, ClickClass.SELF),
        ({"HTTP_COOKIE": "shop_troupe_session=abc"}, ClickClass.HUMAN),
        ({"HTTP_COOKIE": "sessionid=abc; note=troupe_session=abc"}, ClickClass.HUMAN),
        ({"HTTP_COOKIE": "troupe_session=abc", "HTTP_USER_AGENT": "curl/8.5.0"}, ClickClass.BOT),
        ({"HTTP_USER_AGENT": "Twitterbot/1.0"}, ClickClass.PREVIEW),
    ],
)
def test_the_class_of_a_click(headers, kind):
    assert click_class({"HTTP_USER_AGENT": CHROME, **headers}) is kind


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "10.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (3, "203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (1, "", "10.0.0.1"),
        (1, "198.51.100.7:4711", "198.51.100.7"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
    ],
)
def test_as_many_proxies_are_believed_as_the_setting_says(proxies, forwarded, address):
    headers = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}

    assert client_address(headers, trusted_proxies=proxies) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.77", "198.51.100.0/24"),
        ("2001:db8:aaaa:bbbb::1", "2001:db8:aaaa::/48"),
        ("::ffff:198.51.100.77", "198.51.100.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("unix:", ""),
        ("", ""),
    ],
)
def test_addresses_are_cut_to_their_network(address, network):
    assert network_of(address) == network


def test_a_visitor_key_depends_on_address_agent_site_and_salt():
    key = visitor_key("198.51.100.7", CHROME, site=1, salt=b"s" * 32)

    assert len(key) == 16
    assert key == visitor_key("198.51.100.7", CHROME, site=1, salt=b"s" * 32)
    assert key != visitor_key("198.51.100.8", CHROME, site=1, salt=b"s" * 32)
    assert key != visitor_key("198.51.100.7", "curl/8", site=1, salt=b"s" * 32)
    assert key != visitor_key("198.51.100.7", CHROME, site=2, salt=b"s" * 32)
    assert key != visitor_key("198.51.100.7", CHROME, site=1, salt=b"t" * 32)


@pytest.mark.parametrize(
    ("headers", "answer"),
    [({}, False), ({"HTTP_DNT": "1"}, True), ({"HTTP_DNT": "0"}, False), ({"HTTP_SEC_GPC": "1"}, True)],
)
def test_who_asks_not_to_be_tracked(headers, answer):
    assert objects(headers) is answer


def test_click_ids_are_uuids_of_version_7_in_the_order_of_their_making():
    first, second = (
        UUID(click_id(1_762_000_000_000, b"\xff" * 10)),
        UUID(click_id(1_762_000_000_001, bytes(10))),
    )

    assert (first.version, first.variant) == (7, "specified in RFC 4122")
    assert (second.version, second.variant) == (7, "specified in RFC 4122")
    assert first < second
    assert first.int >> 80 == 1_762_000_000_000


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://shop.example/", "https://shop.example/?tclid=X"),
        ("https://shop.example/?a=1", "https://shop.example/?a=1&tclid=X"),
        ("https://shop.example/?", "https://shop.example/?tclid=X"),
        ("https://shop.example/p?a=1#top", "https://shop.example/p?a=1&tclid=X#top"),
        ("https://shop.example/#/a?b", "https://shop.example/?tclid=X#/a?b"),
    ],
)
def test_the_click_id_stands_in_the_query_before_the_fragment(target, address):
    before, after = with_click_id(target)

    assert f"{before}X{after}" == address


def test_a_click_is_read_as_it_was_written():
    line = line_of(
        ClickLine(ID, 1_762_000_000.25, 7, "human", "ab" * 16, "198.51.100.0/24", "Caf\xc3\xa9", "a\0b", True)
    )

    assert line.endswith(b"\n")
    assert row_of(line) == (
        UUID(ID),
        datetime.fromtimestamp(1_762_000_000.25, UTC),
        7,
        "human",
        b"\xab" * 16,
        "198.51.100.0/24",
        "Café",
        "ab",
        True,
    )


def test_a_click_of_somebody_who_asked_not_to_be_tracked_is_read_too():
    line = line_of(ClickLine(ID, 1_762_000_000, 1, "human", "", "", "n" * 999, "", False))

    assert (row_of(line)[2], row_of(line)[4], row_of(line)[6]) == (1, b"", "n" * 300)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b'["01938f5e-7c00-7abc-8def-0123456789ab", 17620',
        b"{}",
        b"null",
        b'["no id", 1762000000, 7, "human", "", "", "", "", false]',
        b'["01938f5e-7c00-7abc-8def-0123456789ab", 1762000000, 7, "martian", "", "", "", "", false]',
        b'["01938f5e-7c00-7abc-8def-0123456789ab", 1e300, 7, "human", "", "", "", "", false]',
        b'["01938f5e-7c00-7abc-8def-0123456789ab", 1762000000, 99999999999999999999, "human", "", "", "", "", false]',
        b'["01938f5e-7c00-7abc-8def-0123456789ab", 1762000000, 9223372036854775808, "human", "", "", "", "", false]',
        b'["01938f5e-7c00-7abc-8def-0123456789ab", 1762000000, 0, "human", "", "", "", "", false]',
        b'["01938f5e-7c00-7abc-8def-0123456789ab", 1762000000, 7, "human", "abcd", "", "", "", false]',
        b'["01938f5e-7c00-7abc-8def-0123456789ab", 1762000000, 7, "human", "", 3, "", "", false]',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_damaged_line_is_no_click(line):
    with pytest.raises(BadLine):
        row_of(line)
