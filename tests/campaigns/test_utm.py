"""The address that a link leads to."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.logic.utm import BadDestination, checked, content_of, tagged

OURS = "utm_source=tiktok&utm_medium=influencer&utm_campaign=spring-26&utm_content=ana.b_c_post1&utm_id=7"


def tag(destination: str, handle: str = "ana.b_c") -> str:
    return tagged(
        destination, platform="tiktok", medium="influencer", campaign="spring-26", handle=handle, post=1, link_id=7
    )


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        ("https://shop.com", f"https://shop.com/?{OURS}"),
        ("https://shop.com/?", f"https://shop.com/?{OURS}"),
        ("https://shop.com/a?b=2&a=1#top", f"https://shop.com/a?b=2&a=1&{OURS}#top"),
        ("https://shop.com/?UTM_Source=x&a=1&utm_term=y&utm%5fid=3", f"https://shop.com/?a=1&{OURS}"),
        ("https://shop.com/a b?q=é&r=%C3%A9&s=5%", f"https://shop.com/a%20b?q=%C3%A9&r=%C3%A9&s=5%25&{OURS}"),
        ("https://Bücher.example:8443/x", f"https://xn--bcher-kva.example:8443/x?{OURS}"),
        ("http://[::1]:8000/#/cart?x=1", f"http://[::1]:8000/?{OURS}#/cart?x=1"),
        ("https://shop.com/?flag&=&a=", f"https://shop.com/?flag&=&a=&{OURS}"),
    ],
)
def test_a_destination_keeps_its_own_query_and_fragment(destination, expected):
    assert tag(destination) == expected


@pytest.mark.parametrize(
    ("handle", "content"),
    [("@Ana.B", "ana.b_post3"), ("__.yosan.__", "__.yosan.___post3"), (" ana ", "ana_post3")],
)
def test_content_keeps_dots_and_underscores(handle, content):
    assert content_of(handle, 3) == content


def test_a_handle_with_odd_letters_is_encoded_once():
    assert "utm_content=zo%C3%AB%20%26%20co_post1" in tag("https://shop.com/", handle="Zoë & Co")


@pytest.mark.parametrize(
    "text",
    ["", "shop.com", "ftp://shop.com/", "javascript:alert(1)", "https://", "https:///x", "https://a b.com/",
     "https://shop.com:port/", "https://user:pw@shop.com/", "https://[::1/", "//shop.com/x", "https://a..b/",
     "https://a<b.com/", "https://a%20b.com/"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(BadDestination):
        checked(text)


def test_an_address_that_is_too_long_once_it_is_escaped_is_refused():
    fits, too_long = f"https://shop.com/{'é' * 80}xyz", f"https://shop.com/{'é' * 80}wxyz"

    assert len(checked(fits)) == 500
    with pytest.raises(BadDestination, match="has 501 characters"):
        checked(too_long)


names = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], blacklist_characters="&=#+;"),
    min_size=1,
    max_size=8,
)
own_names = names.filter(lambda name: not name.strip().lower().startswith("utm_"))


@given(st.lists(st.tuples(own_names, names), max_size=5), st.sampled_from(["", "#top", "#/a?b=c"]))
def test_the_destinations_own_query_comes_back_as_it_was(pairs, fragment):
    query = "&".join(f"{name}={value}" for name, value in pairs)
    before = parse_qsl(urlsplit(f"https://shop.com/p?{query}{fragment}").query, keep_blank_values=True)

    once = tag(f"https://shop.com/p?{query}{fragment}")
    after = parse_qsl(urlsplit(once).query, keep_blank_values=True)

    kept = [(name, value) for name, value in before if not name.strip().lower().startswith("utm_")]
    assert after == [*kept, *parse_qsl(OURS)]
    assert urlsplit(once).fragment == fragment.removeprefix("#")
    assert tag(once) == once
