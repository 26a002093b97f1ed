"""`manage.py make_links`: standard output holds the result and nothing else."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope

from campaigns.models import TrackingLink
from tests.factories import make_campaign, make_creator, make_deal


@pytest.fixture
def campaign(brand):
    campaign = make_campaign(brand, "spring", destination="https://shop.example/")
    make_deal(campaign, make_creator("ana.b"))
    return campaign


def run(*flags: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("make_links", "--campaign", "spring", *flags, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_json_lists_each_link_with_its_code_and_brief(campaign, brand, settings):
    out, err = run("--format", "json", "--percent", "15")

    (row,) = json.loads(out)
    with scope(brand=brand):
        link = TrackingLink.objects.select_related("deal").get()
        brief = link.deal.brief_path
    assert row == {
        "handle": "ana.b", "platform": "tiktok", "code": "ANAB15", "link": f"{settings.SITE_URL}/r/{link.slug}",
        "target": link.target, "brief": f"{settings.SITE_URL}{brief}", "post": 1, "medium": "influencer",
        "ga4_channel": "Organic Social", "new": True,
    }  # fmt: skip
    assert err == "1 links and 1 codes made.\n"
    assert json.loads(run("--format", "json")[0]) == [{**row, "new": False}]


def test_csv_has_the_same_columns(campaign):
    (row,) = csv.DictReader(io.StringIO(run("--format", "csv")[0]))

    assert (row["handle"], row["code"], row["new"]) == ("ana.b", "ANAB10", "true")


def test_text_shows_handle_code_and_link(campaign):
    assert run()[0].split()[:2] == ["ana.b", "ANAB10"]


def test_a_dry_run_writes_nothing(campaign, brand):
    out, err = run("--dry-run", "--format", "json")

    assert json.loads(out)[0]["link"] == ""
    assert err == "1 links and 1 codes would be made.\n"
    with scope(brand=brand):
        assert not TrackingLink.objects.exists()


def test_without_a_destination_it_warns(brand):
    make_deal(make_campaign(brand, "spring"))

    assert "links lead to https://example.com/" in run()[1]


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--destination", "nowhere"], "not a web address"),
        (["--percent", "ten"], "not a percent"),
        (["--percent", "150"], "between 0 and 100"),
        (["--campaign", "autumn"], "no campaign “autumn”"),
    ],
)
def test_wrong_use_is_told_with_exit_code_2(campaign, flags, words):
    with pytest.raises(CommandError, match=words) as caught:
        run(*flags)

    assert caught.value.returncode == 2
