"""What the content security policy forbids stands in no template, and every template compiles."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
NAMES = [str(file.relative_to(FOLDER)) for file in TEMPLATES]

FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "an htmx handler": re.compile(r"\bhx-(on|vars)\b", re.I),
    "a script address": re.compile(r"[\"'](javascript|js):", re.I),
    "an htmx filter that needs eval": re.compile(r"hx-trigger=\"([^\"]*,)?\s*[\w:-]+\["),
    "something from another host": re.compile(r"<(script|link|img|iframe)[^>]+(src|href)=[\"'](https?:)?//", re.I),
}


@pytest.mark.parametrize("file", TEMPLATES, ids=NAMES)
def test_a_template_holds_nothing_that_the_policy_forbids(file):
    text = file.read_text()

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name):
    get_template(name)


def test_every_stylesheet_is_linked_and_stays_at_home():
    linked = (FOLDER / "layouts" / "document.html").read_text()

    for sheet in (ROOT / "static" / "css").glob("*.css"):
        assert f"css/{sheet.name}" in linked
        assert "http" not in sheet.read_text()


def test_an_id_above_a_thousand_stands_plain_in_an_address_and_a_count_does_not():
    told = Template("{% load troupe %}?deal={{ n }} {{ n|count }}").render(Context({"n": 1234}))

    assert told == "?deal=1234 1,234"
