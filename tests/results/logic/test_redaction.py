import pytest

from results.logic.redaction import HIDDEN, kept_attributes, kept_cells, scrubbed, utm_of


def test_only_what_is_named_is_kept() -> None:
    cells = {
        "name": "#1", "email": "ana@example.com", "billing name": "Ana B", "billing street": "1 High St",
        "billing phone": "+44 7700 900123", "billing zip": "N1", "notes": "leave at door", "total": "5",
        "an app's column": "Ana",
    }  # fmt: skip

    assert kept_cells(cells) == {"name": "#1", "total": "5"}


def test_what_slipped_into_a_column_that_is_kept_is_taken_out_there_too() -> None:
    cells = {
        "id": "06123456789", "name": "#1 ana@example.com", "lineitem name": "Mug for +44 7700 900123",
        "discount code": "ana@example.com", "tags": "",
    }  # fmt: skip

    assert kept_cells(cells) == {
        "id": "06123456789", "name": f"#1 {HIDDEN}", "lineitem name": f"Mug for {HIDDEN}", "discount code": HIDDEN,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("write to ana@example.com today", f"write to {HIDDEN} today"),
        ("?e=ana%40example.com&x=1", f"?e={HIDDEN}&x=1"),
        ("call +44 7700 900123", f"call {HIDDEN}"),
        ("07700 900123", HIDDEN),
        ("012345678", HIDDEN),
        ("120212345678901234", "120212345678901234"),
        ("SET 12 MUGS", "SET 12 MUGS"),
        ("2026-03-01 08:30:00 +0000", "2026-03-01 08:30:00 +0000"),
        ("cheskkk_post1", "cheskkk_post1"),
    ],
)
def test_addresses_and_phones_are_taken_out_of_kept_texts(text: str, kept: str) -> None:
    assert scrubbed(text) == kept


def test_note_attributes_keep_only_where_the_shopper_came_from() -> None:
    cell = "UTM-Source: tiktok\nutm_medium: \n_utm_content: ana_post1\nGift message: Happy birthday Ana\nutm_term: ana@example.com\ntclid: 0190\nutm_id: 0612345678"

    assert kept_attributes(cell) == {
        "utm_source": "tiktok", "utm_content": "ana_post1", "utm_term": HIDDEN, "tclid": "0190", "utm_id": "0612345678",
    }  # fmt: skip


def test_utms_are_read_from_a_landing_address_where_none_stands_alone() -> None:
    assert utm_of("landing_site: /p?utm_source=tiktok&utm_campaign=Spring&x=1") == {
        "utm_source": "tiktok",
        "utm_campaign": "Spring",
    }
    assert utm_of("Landing page: /p?UTM_Source=+tiktok&gclid=a1&FBCLID=b2&utm_medium=+") == {
        "utm_source": "tiktok",
        "gclid": "a1",
        "fbclid": "b2",
    }
    assert utm_of("landing_site: /p?utm_source=tiktok\nutm_source: x") == {"utm_source": "x"}
    assert utm_of("no colon") == {}
