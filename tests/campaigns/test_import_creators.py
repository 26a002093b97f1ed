import json
import os
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_scopes import scope

from campaigns.management.commands.import_creators import Command
from campaigns.models import Campaign, Code, CostLine, Deal, RosterRow
from creators.models import Contact, Creator, LifecycleSpan, Profile
from team.models import Brand, Job
from tests.factories import make_campaign, make_code, make_creator, make_deal

DATA = Path(os.environ.get("TROUPE_DATA", Path(__file__).resolve().parents[2] / ".." / "shared" / "data"))
HEADER = "handle,platform,followers,email,code,fee,product_cost,shipping_cost,commission_percent\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """Run the command on a text; gives (exit code, result)."""

    def run(text, *flags, encoding="utf-8"):
        file = tmp_path / "roster.csv"
        file.write_bytes(text.encode(encoding))
        return command(file, *flags)

    return run


def command(file, *flags):
    out = StringIO()
    code: object = 0
    try:
        call_command("import_creators", str(file), "--format", "json", *flags, stdout=out, stderr=StringIO())
    except SystemExit as stop:
        code = stop.code
    except CommandError as error:
        code = error.returncode
    return code, json.loads(out.getvalue()) if out.getvalue() else None


def counts(result):
    return {name: value for name, value in result.items() if name != "bad"}


def test_new_creators_with_everything_a_roster_says(run, brand):
    campaign = make_campaign(brand, "spring")

    code, result = run(
        HEADER + "@Anna,TikTok,12.3K,Anna@Example.com,ANNA10,120,20.48,4.51,5\n", "--campaign", "spring"
    )

    assert (code, result) == (
        0, {"rows": 1, "new": 1, "updated": 0, "unchanged": 0, "skipped": 0, "bad": []},
    )  # fmt: skip
    profile = Profile.objects.select_related("creator").get()
    assert (profile.handle, profile.platform, profile.followers, profile.is_main) == ("anna", "tiktok", 12_300, True)
    assert (profile.creator.name, profile.creator.sort_name) == ("anna", "anna")
    assert Contact.objects.get().value == "anna@example.com"
    with scope(brand=brand):
        deal = Deal.objects.get()
        assert (deal.campaign, deal.profile, deal.fee, deal.currency) == (campaign, profile, Decimal(120), "GBP")
        assert sorted(deal.cost_lines.values_list("kind", "amount")) == [
            ("fee", Decimal(120)), ("product", Decimal("20.48")), ("shipping", Decimal("4.51")),
        ]  # fmt: skip
        assert Code.objects.get().code == "ANNA10"
        span = LifecycleSpan.objects.get()
        assert (span.stage, span.why) == ("prospect", "Imported into spring: roster.csv")
    assert not RosterRow.objects.with_scopes_disabled().exists()


def test_the_same_file_again_changes_nothing(run, brand):
    make_campaign(brand, "spring")
    text = HEADER + "anna,tiktok,5000,a@example.com,ANNA10,120,20,4,5\nbo,tiktok,,,,,,,\n"
    run(text, "--campaign", "spring")

    code, result = run(text, "--campaign", "spring")

    assert code == 0
    assert counts(result) == {"rows": 2, "new": 0, "updated": 0, "unchanged": 2, "skipped": 0}
    with scope(brand=brand):
        assert CostLine.objects.count() == 3
        assert Deal.objects.count() == 2


def test_other_costs_reverse_the_line_and_write_a_new_one(run, brand):
    make_campaign(brand, "spring")
    run(HEADER + "anna,tiktok,5000,,ANNA10,120,20,4,5\n", "--campaign", "spring")

    code, result = run(HEADER + "anna,tiktok,5000,,ANNA10,150,20,4,5\n", "--campaign", "spring")

    assert (code, counts(result)) == (0, {"rows": 1, "new": 0, "updated": 1, "unchanged": 0, "skipped": 0})
    with scope(brand=brand):
        lines = CostLine.objects.filter(kind="fee").order_by("amount").values_list("amount", "reverses__amount")
        assert list(lines) == [(Decimal(-120), Decimal(120)), (Decimal(120), None), (Decimal(150), None)]


def test_blank_cells_never_wipe_what_is_known(run, brand):
    make_campaign(brand, "spring")
    text = "handle,platform,name,followers,email,country,niches,notes,code,fee,product_cost\n"
    run(text + 'anna,tiktok,Anna B,5000,a@example.com,France,"vegan, Food",likes reels,ANNA10,120,20\n',
        "--campaign", "spring")  # fmt: skip

    code, result = run(text + "anna,tiktok,,,,,,,,,\n", "--campaign", "spring")

    assert (code, result["unchanged"]) == (0, 1)
    creator = Creator.objects.get()
    assert (creator.name, creator.country, creator.niches) == ("Anna B", "France", ["vegan", "food"])
    assert (creator.notes, creator.profiles.get().followers) == ("likes reels", 5000)
    with scope(brand=brand):
        assert Deal.objects.get().fee == 120


def test_known_creators_are_updated_and_not_doubled(run, brand):
    anna = make_creator("anna", name="Anna", followers=1000)

    code, result = run("handle,platform,name,followers\nAnna,tiktok,Änna,2000\nbo,tiktok,Bo,1\n")

    assert (code, counts(result)) == (0, {"rows": 2, "new": 1, "updated": 1, "unchanged": 0, "skipped": 0})
    anna.refresh_from_db()
    assert (anna.name, anna.sort_name, anna.profiles.get().followers) == ("Änna", "anna", 2000)
    assert Creator.objects.count() == 2


def test_a_known_creator_who_joins_a_campaign_is_updated_and_keeps_their_stage(run, brand):
    make_campaign(brand, "spring")
    anna = make_creator("anna")
    make_deal(make_campaign(brand, "winter"), anna)

    _, result = run("handle,platform\nanna,tiktok\n", "--campaign", "spring")

    assert counts(result) == {"rows": 1, "new": 0, "updated": 1, "unchanged": 0, "skipped": 0}


BAD = [
    ("anna,tiktok,5000,,,-5,,,", "fee", "negative"),
    ("anna,tiktok,5000,,,free,,,", "fee", "not an amount"),
    ("anna,tiktok,5000,,,1.2345,,,", "fee", "three decimals"),
    ("anna,tiktok,5000,,,,,,101", "commission_percent", "between 0 and 100"),
    ("anna,tiktok,5000,,,,,,-1", "commission_percent", "between 0 and 100"),
    ("anna,tiktok,5000,,,,,,ten", "commission_percent", "not a percentage"),
    ("anna,facebook,5000,,,,,,", "platform", "not a known platform"),
    ("anna,,5000,,,,,,", "platform", "missing"),
    (",tiktok,5000,,,,,,", "handle", "missing"),
    ("an na,tiktok,5000,,,,,,", "handle", "no spaces"),
    (f"{'a' * 300},tiktok,5000,,,,,,", "handle", "300 characters"),
    ("https://instagram.com/anna,tiktok,5000,,,,,,", "handle", "on TikTok"),
    ("anna,tiktok,many,,,,,,", "followers", "not a number"),
    ("anna,tiktok,-5,,,,,,", "followers", "negative"),
    ("anna,tiktok,5000,anna at example,,,,,", "email", "not an e-mail"),
    (f"anna,tiktok,5000,{'İ' * 180}@x.de,,,,,", "email", "not an e-mail"),
    ("anna,tiktok,5000,,,#REF!,,,", "fee", "A formula failed"),
    ("anna,tiktok,5000", "", "3 cells"),
    ("anna,tiktok,5000,,,,,,,,extra", "", "11 cells"),
    ('anna,tiktok,5000,"open,,,,,', "", "quote"),
    ("anna,tiktok,5000,,,€ 5,,,", "currency", "reports in GBP"),
]


@pytest.mark.parametrize(("row", "field", "said"), BAD)
def test_a_bad_row_is_told_with_its_line_and_nothing_is_written(run, brand, row, field, said):
    make_campaign(brand, "spring")

    code, result = run(f"{HEADER}bo,tiktok,1,,,,,,\n{row}\n", "--campaign", "spring")

    assert code == 1
    (bad,) = result["bad"]
    assert (bad["line"], bad["field"]) == (3, field)
    assert said in bad["reason"]
    assert not Creator.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize(("row", "field", "said"), BAD)
def test_with_skip_bad_the_rest_goes_in(run, brand, row, field, said):
    make_campaign(brand, "spring")

    code, result = run(f"{HEADER}bo,tiktok,1,,,,,,\n{row}\n", "--campaign", "spring", "--skip-bad")

    assert (code, counts(result)) == (0, {"rows": 2, "new": 1, "updated": 0, "unchanged": 0, "skipped": 1})
    assert [bad["line"] for bad in result["bad"]] == [3]
    assert Profile.objects.get().handle == "bo"


def test_what_was_cleaned_is_said_on_the_side_also_beside_json(tmp_path, brand):
    file, out, said = tmp_path / "roster.csv", StringIO(), StringIO()
    file.write_text("handle,platform\n@anna,tiktok\n")

    call_command("import_creators", str(file), "--format", "json", stdout=out, stderr=said)

    assert "line 2, handle “@anna”: Read as anna: the @ was left out." in said.getvalue()
    assert json.loads(out.getvalue())["new"] == 1


def test_two_rows_for_one_profile_name_the_first_line(run):
    code, result = run("handle,platform\nanna,tiktok\nbo,tiktok\n@ANNA,tiktok\nanna,instagram\n")

    assert code == 1
    assert result["bad"] == [
        {"line": 4, "field": "handle", "value": "anna", "reason": "This tiktok profile already stands in line 2."}
    ]


def test_codes_that_are_not_the_creators_are_refused(run, brand):
    make_campaign(brand, "spring")
    winter = make_campaign(brand, "winter")
    make_code(make_deal(winter, make_creator("anna", name="Anna")), "Anna10")
    make_code(make_deal(winter, make_creator("bo")), "BO10")

    code, result = run(
        "handle,platform,code\n"
        "anna,tiktok, anna10 \n"  # hers, written otherwise
        "bo,tiktok,BO20\n"  # a changed code
        "cy,tiktok,ANNA10\n"  # somebody else's
        "di,tiktok,DI10\n"
        "ed,tiktok,di10\n",  # the same but for its case
        "--campaign", "spring",
    )  # fmt: skip

    assert code == 1
    assert [(bad["line"], bad["field"], bad["value"]) for bad in result["bad"]] == [
        (3, "code", "BO20"), (4, "code", "ANNA10"), (6, "code", "di10"),
    ]  # fmt: skip
    reasons = [bad["reason"] for bad in result["bad"]]
    assert "already has the code BO10" in reasons[0]
    assert "belongs to Anna" in reasons[1]
    assert "line 5" in reasons[2]


def test_two_profiles_of_one_creator_are_one_line(run):
    anna = make_creator("anna")
    Profile.objects.create(creator=anna, platform="x", handle="anna_x")

    code, result = run("handle,platform\nanna,tiktok\nanna_x,x\n")

    assert code == 1
    assert [bad["line"] for bad in result["bad"]] == [3]
    assert "same creator as line 2" in result["bad"][0]["reason"]


def test_a_dry_run_writes_nothing_and_says_the_same(run, brand):
    text = HEADER + "anna,tiktok,5000,,ANNA10,120,20,4,5\n"
    flags = (
        "--brand",
        "new-brand",
        "--campaign",
        "spring",
        "--create",
        "--currency",
        "EUR",
        "--timezone",
        "Europe/Berlin",
    )

    code, dry = run(text, *flags, "--dry-run")

    assert (code, dry["new"]) == (0, 1)
    assert not Creator.objects.exists()
    assert not Brand.objects.filter(slug="new-brand").exists()
    assert not Job.objects.exists()
    assert run(text, *flags) == (0, dry)


def test_create_makes_the_brand_and_the_campaign(run):
    run("handle,platform\nanna,tiktok\n", "--brand", "new-brand", "--campaign", "spring_launch", "--create",
        "--currency", "EUR", "--timezone", "Europe/Berlin")  # fmt: skip

    brand = Brand.objects.get()
    assert (brand.slug, brand.name, brand.currency, brand.time_zone) == (
        "new-brand", "New Brand", "EUR", "Europe/Berlin",
    )  # fmt: skip
    with scope(brand=brand):
        assert Campaign.objects.get().slug == "spring_launch"


def test_a_brand_without_currency_keeps_that_of_the_file(run):
    flags = ("--brand", "b", "--campaign", "c", "--create")

    code, result = run("handle,platform,fee,currency\nanna,tiktok,€ 5,\nbo,tiktok,5,GBP\n", *flags)
    run("handle,platform,fee\nanna,tiktok,€ 5\n", *flags)

    assert (code, [bad["line"] for bad in result["bad"]]) == (1, [3])
    with scope(brand=Brand.objects.get()):
        assert [(deal.currency, deal.fee) for deal in Deal.objects.all()] == [("EUR", 5)]


def test_a_second_file_in_another_currency_is_refused_where_the_brand_has_none(run):
    flags = ("--brand", "b", "--campaign", "c", "--create")
    run("handle,platform,fee,currency\nanna,tiktok,5,GBP\n", *flags)

    code, result = run("handle,platform,fee,currency\nanna,tiktok,7,EUR\n", *flags)
    run("handle,platform,fee\nbo,tiktok,9\n", *flags)

    assert (code, result["bad"][0]["field"]) == (1, "currency")
    assert "The brand has its deals in GBP" in result["bad"][0]["reason"]
    with scope(brand=Brand.objects.get()):
        lines = CostLine.objects.order_by("pk").values_list("amount", "currency")
        assert list(lines) == [(Decimal(5), "GBP"), (Decimal(9), "GBP")]


@pytest.mark.django_db(transaction=True)
def test_nothing_reads_as_done_before_it_is_committed(run, monkeypatch):
    said = []
    monkeypatch.setattr(Command, "_print", lambda *_: said.append(connection.in_atomic_block))

    run("handle,platform\nanna,tiktok\n")

    assert said == [False]


@pytest.mark.parametrize(
    "flags",
    [("--campaign", "none"), ("--brand", "none"), ("--brand", "acme", "--campaign", "none"),
     ("--campaign", "none", "--create"), ("--brand", "UPPER CASE", "--create"),
     ("--brand", "new", "--create", "--currency", "XXQ"), ("--brand", "new", "--create", "--timezone", "Mars/Base"),
     ("--brand", "acme", "--campaign", "rivals"), ("--brand", "acme", "--campaign", "Not A Slug", "--create")],
)  # fmt: skip
def test_wrong_use_ends_with_two(run, brand, other_brand, flags):
    make_campaign(other_brand, "rivals")

    code, result = run("handle,platform\nanna,tiktok\n", *flags)

    assert (code, result) == (2, None)
    assert not Creator.objects.exists()


def test_a_missing_file_is_wrong_use(tmp_path):
    assert command(tmp_path / "nowhere.csv") == (2, None)


@pytest.mark.parametrize(
    ("content", "field", "said"),
    [
        ("handle,name\nanna,Anna\n", "platform", "no column “platform”"),
        ("%PDF-1.4", "", "a PDF"),
        ("", "", "empty"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_once(run, content, field, said):
    code, result = run(content, "--skip-bad")

    assert (code, result["rows"], len(result["bad"])) == (1, 0, 1)
    assert result["bad"][0]["field"] == field
    assert said in result["bad"][0]["reason"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_semicolons_and_other_encodings(run, brand, encoding):
    make_campaign(brand, "spring")
    text = 'Username;Network;Full name;Fee;Discount code\r\nzoe;tiktok;"Zoë\r\nB";"12,50";ZOË😀\r\n\r\n;;;;\r\n'

    code, result = run(text, "--campaign", "spring", encoding=encoding)

    assert (code, counts(result)) == (0, {"rows": 1, "new": 1, "updated": 0, "unchanged": 0, "skipped": 0})
    assert Creator.objects.get().name == "Zoë B"
    with scope(brand=brand):
        assert (Deal.objects.get().fee, Code.objects.get().code) == (Decimal("12.5"), "ZOË😀")


def test_a_wrong_encoding_is_told_with_its_line(tmp_path):
    file = tmp_path / "roster.csv"
    file.write_bytes(b"handle,platform\nanna,tiktok\nzo\xeb,tiktok\n")

    code, result = command(file, "--skip-bad")

    assert (code, result["bad"][0]["line"]) == (1, 3)
    assert not Creator.objects.exists()


def test_lines_count_quoted_line_breaks(run):
    _, result = run('handle,platform,notes\nanna,tiktok,"one\ntwo\nthree"\nbo,nowhere,\n')

    assert result["bad"][0]["line"] == 5


@pytest.mark.data
def test_the_real_roster_goes_in_once(brand):
    flags = ("--brand", "acme", "--campaign", "spring_launch", "--create")

    first = command(DATA / "program" / "roster.csv", *flags)
    second = command(DATA / "program" / "roster.csv", *flags)

    assert first == (0, {"rows": 120, "new": 120, "updated": 0, "unchanged": 0, "skipped": 0, "bad": []})
    assert second == (0, {"rows": 120, "new": 0, "updated": 0, "unchanged": 120, "skipped": 0, "bad": []})


def test_a_roster_gives_a_gift_no_fee_and_leaves_it_a_gift(run, brand):
    campaign = make_campaign(brand, "spring")
    gift = make_deal(campaign, make_creator("anna"), is_seeding=True)

    code, result = run(HEADER + "anna,tiktok,,,,120,5,,\n", "--campaign", "spring")
    fine, _ = run(HEADER + "anna,tiktok,,,,,5,,\n", "--campaign", "spring")
    gift.refresh_from_db()

    assert (code, fine) == (1, 0)
    assert [(bad["field"], bad["reason"][:47]) for bad in result["bad"]] == [
        ("fee", "The deal of this creator is a gift, which has n")
    ]
    assert (gift.is_seeding, gift.fee, gift.product_cost) == (True, 0, 5)
