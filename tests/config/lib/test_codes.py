"""Short slugs without look-alikes."""

from config.lib.codes import SLUG_ALPHABET, new_slug


def test_a_slug_has_seven_clear_characters():
    slugs = {new_slug() for _ in range(500)}

    assert len(slugs) == 500
    assert {len(slug) for slug in slugs} == {7}
    assert set("".join(slugs)) <= set(SLUG_ALPHABET)
    assert not set(SLUG_ALPHABET) & set("01oil")
