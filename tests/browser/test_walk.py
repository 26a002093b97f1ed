"""Every page, as the owner of a brand with data: clean, within the policy, and fitting a phone.

The walk follows links, so a dead one fails it too; then it opens the addresses that no link led to. One page a route
is looked at.
"""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

from desk.actions.sample import load_sample
from tests.browser.watching import axe_faults, faults_of_look
from tests.browser.world import fill
from tests.conftest import signed_in
from tests.examples import build
from tests.factories import NOW, make_brand, make_user
from tests.routes import all_routes

DOWNLOADS = (".csv", ".json", ".xlsx", ".svg", ".js")
_LINKS = "() => [...document.querySelectorAll('a[href]')].map((a) => a.href)"


@pytest.fixture
def full_brand(db):
    """The sample program, which has something for every page, and odd names and long words besides."""
    return load_sample(by=None, now=NOW)


@pytest.fixture
def ada(full_brand, other_brand):
    """A person who owns two brands: one with data, one without."""
    person = make_user("ada@example.com", brand=full_brand, name="Ada Lovelace")
    person.memberships.create(brand=other_brand, role="owner")
    return person


def test_every_page_is_clean(new_page, full_brand, other_brand, ada):
    fill(full_brand, ada)
    client = signed_in(ada)

    page = new_page(client)

    faults, visited = _walk(page, client)
    made = build(other_brand, word="zq7wxyz", amount="77")
    for path in [route.path(made) for route in all_routes() if route.name not in visited]:
        if _is_page(client, path):
            faults += _looked_at(page, path)[0]

    assert not faults, "\n".join(faults)
    assert {"desk:today", "desk:creator", "campaigns:deal", "results:order", "briefs:campaign", "team:job"} <= visited


def test_a_look_finds_what_is_wrong(page):
    page.set_content(
        "<html lang=en><title>Bad</title><main id=main><h1>Bad</h1><img src='#'>"
        "<p style='color: #ccc; background: #fff'>pale</p><div style='width: 900px'>wide</div></main></html>"
    )

    found = faults_of_look(page)

    assert {"image-alt", "color-contrast"} <= {fault.split(":")[1].split()[-1] for fault in found}
    assert any("wide in 320" in fault for fault in found)


def test_the_empty_pages_of_a_new_installation_are_clean(new_page, db):
    page: Page = new_page(signed_in(make_user("new@example.com", brand=make_brand("Fresh", slug="fresh"))))

    faults, links = _looked_at(page, "/")
    for path in dict.fromkeys(links):
        faults += _looked_at(page, path)[0]

    assert not faults, "\n".join(faults)


def _walk(page: Page, client) -> tuple[list[str], set[str]]:
    faults: list[str] = []
    visited: set[str] = set()
    queue = ["/"]
    while queue:
        path = queue.pop(0)
        route = _route(path)
        if route in visited:
            continue
        visited.add(route)
        if path.split("?")[0].endswith(DOWNLOADS):
            faults += [] if client.get(path).status_code == 200 else [f"{path} is no download"]
            continue
        found, links = _looked_at(page, path)
        faults += found
        queue += [link for link in links if _route(link) not in visited | {""}]
    return faults, visited


def _is_page(client, path: str) -> bool:
    """Whether it is a page of its own; a fragment is looked at inside of the page that asks for it."""
    answer = client.get(path)
    is_text = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return is_text and "<html" in answer.text


def _looked_at(page: Page, path: str) -> tuple[list[str], list[str]]:
    """The faults of a page, and where it leads."""
    page.emulate_media(color_scheme="light")
    try:
        answer = page.goto(path)
    except Error as error:
        if "Download is starting" in str(error):  # a file for people to keep is no page
            return [], []
        raise
    if answer is None or answer.status != 200:
        return [f"{path} answered {answer and answer.status}"], []
    links = _links(page)
    whole = axe_faults(page) if path == "/" else []
    return whole + faults_of_look(page, thinned=True), links


def _links(page: Page) -> list[str]:
    here = urlsplit(page.url).netloc
    parts = [urlsplit(link) for link in page.evaluate(_LINKS)]
    return [f"{part.path}?{part.query}".rstrip("?") for part in parts if part.netloc == here]


def _route(path: str) -> str:
    """The name of the route, or nothing for what is no page of ours (static files, the admin, short links)."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return "" if path.startswith("/static/") else path
    return "" if match.view_name.startswith("admin:") or match.view_name == "results:redirect" else match.view_name
