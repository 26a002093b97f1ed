"""The storefront snippet in a real browser, on a small shop of our own that keeps what its cart is told."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from results.logic.click_ids import click_id
from tests.factories import make_deal, make_link

NAMES = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "utm_id", "tclid")


class Shop(ThreadingHTTPServer):
    """A shop: every page loads the snippet; `carts` holds what was written into each cart."""

    daemon_threads = True

    def __init__(self, snippet: str) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.snippet = snippet
        self.carts: list[dict[str, str]] = []
        self.posts = 0

    @property
    def url(self) -> str:
        """Where the shop is."""
        return f"http://127.0.0.1:{self.server_port}"


class _Page(BaseHTTPRequestHandler):
    server: Shop

    def do_GET(self) -> None:
        """A page with the snippet, as `theme.liquid` would have it."""
        page = f'<!doctype html><title>Shop</title><script src="{self.server.snippet}" async></script><h1>Shop</h1>'
        self._answer(page.encode(), "text/html")

    def do_POST(self) -> None:
        """Shopify's cart: attributes are merged in; a new cart gets its cookie."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.posts += 1
        if "cart=" not in (self.headers["Cookie"] or ""):
            self.server.carts.append({})
        self.server.carts[-1] |= body["attributes"]
        self._answer(b"{}", "application/json", cookie=f"cart={len(self.server.carts)}; Path=/")

    def _answer(self, body: bytes, kind: str, *, cookie: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def shop(live_server) -> Iterator[Shop]:
    """A shop whose pages load the snippet from the live server."""
    server = Shop(f"{live_server.url}/store/snippet.js")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def visit(page, url: str) -> None:
    """Open a page and let the snippet finish."""
    page.goto(url)
    page.wait_for_load_state("networkidle")


def test_a_click_gets_onto_the_cart_through_the_short_link(new_page, shop, transactional_db):
    link = make_link(make_deal(), target=f"{shop.url}/?utm_source=tiktok&utm_medium=influencer&utm_id=7")
    page = new_page()

    visit(page, f"/r/{link.slug}")

    [cart] = shop.carts
    assert {name: cart[name] for name in NAMES if name != "tclid"} == {
        "utm_source": "tiktok", "utm_medium": "influencer", "utm_campaign": "", "utm_content": "", "utm_term": "",
        "utm_id": "7",
    }  # fmt: skip
    assert f"tclid={cart['tclid']}" in page.url


def test_a_later_page_and_a_later_cart_remember_the_landing(new_page, shop, transactional_db):
    tclid = click_id(1, bytes(10))
    page = new_page()
    visit(page, f"{shop.url}/?utm_source=tiktok&tclid={tclid}")

    visit(page, f"{shop.url}/products/soap")
    posts = shop.posts
    visit(page, f"{shop.url}/products/towel")
    page.context.clear_cookies()  # the order was placed
    visit(page, f"{shop.url}/products/brush")

    assert posts == 1
    assert shop.posts == posts + 1
    assert [cart["tclid"] for cart in shop.carts] == [tclid, tclid]


def test_a_later_landing_replaces_the_earlier_one_as_a_whole(new_page, shop, transactional_db):
    page = new_page()
    visit(page, f"{shop.url}/?utm_source=tiktok&utm_content=ana_post1&tclid=first")

    visit(page, f"{shop.url}/?utm_source=google&utm_medium=cpc")

    assert shop.carts[-1]["utm_source"] == "google"
    assert (shop.carts[-1]["utm_content"], shop.carts[-1]["tclid"]) == ("", "")


def test_nothing_is_written_without_a_landing_after_thirty_days_or_against_a_wish(new_page, shop, transactional_db):
    plain, late, refusing = new_page(), new_page(), new_page()
    refusing.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")

    visit(plain, f"{shop.url}/?color=red")
    late.goto(f"{shop.url}/robots.txt")
    late.evaluate(
        "localStorage.setItem('troupe', JSON.stringify({values: {tclid: 'x'}, at: Date.now() - 31 * 864e5}))"
    )
    visit(late, f"{shop.url}/")
    visit(refusing, f"{shop.url}/?utm_source=tiktok&tclid=x")

    assert shop.carts == []
    assert refusing.evaluate("localStorage.getItem('troupe')") is None


def test_a_browser_without_local_storage_keeps_it_in_a_cookie(new_page, shop, transactional_db):
    page = new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})")
    visit(page, f"{shop.url}/?utm_source=tiktok&tclid=abc")
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies(shop.url)}

    visit(page, f"{shop.url}/products/soap")

    assert cookies["troupe"]["sameSite"] == "Lax"
    assert shop.carts[0]["tclid"] == "abc"
    assert shop.posts == 1


def test_damaged_storage_is_no_error(new_page, shop, transactional_db):
    page = new_page()
    page.goto(f"{shop.url}/")
    page.evaluate("localStorage.setItem('troupe', '{{{')")

    visit(page, f"{shop.url}/")

    assert shop.carts == []
