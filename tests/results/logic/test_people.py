import pytest

from results.logic.people import NOBODY, customer_of, normalised_email


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (" Ana@Example.com ", "ana@example.com"),
        ("ana+shop@example.com", "ana@example.com"),
        ("a.n.a+x@gmail.com", "ana@gmail.com"),
        ("a.n.a@googlemail.com", "ana@googlemail.com"),
        ("a.n.a@example.com", "a.n.a@example.com"),
        ("+only@example.com", "+only@example.com"),
        ("", ""),
        ("guest", ""),
        ("@example.com", ""),
        ("ana@", ""),
    ],
)
def test_one_person_has_one_address(written: str, meant: str) -> None:
    assert normalised_email(written) == meant


def test_the_hash_depends_on_the_key_and_tells_nothing() -> None:
    one, other = customer_of("ana@example.com", key="a"), customer_of("ana@example.com", key="b")

    assert len(one) == 32
    assert one != other
    assert b"ana" not in one
    assert customer_of("", key="a") == NOBODY
