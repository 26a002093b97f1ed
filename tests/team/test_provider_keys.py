"""Keys of data providers: sealed in the database, one a provider, forgotten results with a new secret."""

import pytest
from django.db import IntegrityError, connection, transaction

from config.lib.sealed import SealBroken, seal, unseal
from creators.enums import Source
from team.actions.provider_keys import note_test
from team.enums import ProviderName
from team.models import ProviderKey
from tests.factories import NOW, make_provider_key

SECRET = "sk_live_not_a_real_one"


def test_a_sealed_secret_opens_again_and_looks_like_nothing():
    sealed = seal(SECRET)

    assert unseal(sealed) == SECRET
    assert SECRET.encode() not in sealed
    assert seal(SECRET) != sealed


def test_another_installation_cannot_open_it(settings):
    sealed = seal(SECRET)
    settings.SEALING_KEY = "another"

    with pytest.raises(SealBroken):
        unseal(sealed)


@pytest.mark.django_db
def test_the_database_does_not_hold_the_secret():
    make_provider_key(secret=SECRET)

    with connection.cursor() as cursor:
        cursor.execute("select t::text, encode(sealed, 'escape') from team_providerkey t")
        row = " ".join(cursor.fetchone())

    assert SECRET not in row
    assert ProviderKey.objects.get().secret == SECRET
    assert ProviderKey.objects.get().last_four == "_one"


def test_of_a_short_secret_nothing_is_shown():
    key = ProviderKey()

    key.secret = "abcdefgh"

    assert key.last_four == ""


@pytest.mark.django_db
def test_another_secret_is_not_tested_yet():
    key = make_provider_key()
    note_test(key, works=True, words="fine", now=NOW, credits_left=5)
    key.refresh_from_db()

    key.secret = "sk_live_another_one"

    assert (key.works, key.tested_at, key.credits_left, key.test_words) == (None, None, None, "")


@pytest.mark.django_db
def test_a_test_of_a_replaced_secret_is_not_noted():
    key = make_provider_key()
    fresh = ProviderKey.objects.get()
    fresh.secret = "sk_live_another_one"
    fresh.save()

    note_test(key, works=False, words="refused", now=NOW)

    assert ProviderKey.objects.get().works is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"provider": "sociavault"}, "one_key_per_provider"),
        ({"provider": "modash"}, "provider_is_known"),
        ({"provider": "instagram"}, "instagram_needs_an_account"),
        ({"provider": "instagram", "account": "me"}, "instagram_needs_an_account"),
        ({"provider": "demo"}, "demo_needs_an_address"),
        ({"provider": "youtube", "monthly_budget": 0}, "provider_budget_is_not_0"),
    ],
)
def test_what_the_database_refuses(fields, name):
    make_provider_key()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ProviderKey.objects.create(sealed=seal(SECRET), **fields)


def test_the_names_are_those_of_the_sources():
    assert set(ProviderName.values) <= set(Source.values)
