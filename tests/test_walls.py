"""The brand wall is proved, not trusted.

Every walled table of another brand is filled with an unmistakable word and amount; then a person of this brand walks
every address, as page, fragment, search and form, with their own objects and with the other brand's, and finds neither.
"""

import io
import zipfile
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection, models, transaction
from django.db.models import CheckConstraint, ForeignKey, UniqueConstraint
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from campaigns.models import Deal
from config.access import ACCESS, PUBLIC
from config.checks import our_models
from team.enums import Role
from team.models import Brand, Invitation, Job
from tests.conftest import signed_in
from tests.examples import build, walled_models
from tests.factories import make_brand, make_campaign, make_user
from tests.routes import all_routes
from tests.test_access import undone

CANARY = "canaryz"  # also a good short link and campaign slug
QUERY = "canary"  # finds the canary; a page that only repeats the question does not hold the whole word
SECRET_AMOUNT = "7654321.5"
ROUTES = all_routes()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Our brand and the other one, each with one of everything, and a person who owns ours alone."""
    with django_db_blocker.unblock(), transaction.atomic():
        ours, theirs = make_brand("Ours"), make_brand(f"Brand {CANARY}")
        mine = build(ours, word="acmebee", amount="10")
        yours = build(theirs, word=CANARY, amount=SECRET_AMOUNT)
        yield signed_in(make_user(brand=ours, role=Role.OWNER)), mine, yours
        transaction.set_rollback(True)
    connection.close()


def text_of(response: Any) -> str:
    """All that an answer says: headers, body, streamed body, and what is inside of a workbook."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    return f"{response.headers}\n{body.decode('utf-8', 'replace')}"


def leaks(response: Any) -> list[str]:
    """Where the other brand's word or money shows; sums that hold its money begin with the same digits."""
    found = []
    for line in text_of(response).splitlines():
        if CANARY in line.lower() or SECRET_AMOUNT[:5] in line.replace(",", ""):
            found.append(line.strip()[:300])
    return found


def asked(route, mine, yours):
    """Every way to ask for an address: with our objects and with theirs, and for each its path."""
    paths = {route.path(mine)}
    if route.arguments and ACCESS[route.name].get != PUBLIC:  # a public address is as secret as its token
        paths.add(route.path(yours))
    return sorted(paths)


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_nothing_of_another_brand_shows_anywhere(route, world):
    client, mine, yours = world
    searched = dict.fromkeys(("q", "find", "search", "query", "code", "handle", "name"), QUERY)
    named = {"brand": yours[Brand].pk, "brands": yours[Brand].pk}

    for path in asked(route, mine, yours):
        for query in ({}, searched, named):
            for headers in ({}, {"HX-Request": "true"}):
                with undone(client):
                    response = client.get(path, query, headers=headers)
                    shown = [] if CANARY in path and response.status_code in (302, 404) else leaks(response)
                assert not shown, f"GET {path} {query} {headers} shows another brand: {shown[:3]}"


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_nothing_of_another_brand_can_be_changed(route, world):
    client, mine, yours = world
    everything: dict[str, Any] = {"ids": [], "brand": yours[Brand].pk}
    for model in walled_models():
        everything[str(model._meta.model_name)] = yours[model].pk
        everything[f"{model._meta.model_name}_id"] = yours[model].pk
        everything["ids"].append(yours[model].pk)
    before = fingerprint(yours)

    for path in asked(route, mine, yours):
        with undone(client):
            response = client.post(path, everything)
            shown = [] if CANARY in path else leaks(response)
            after = fingerprint(yours)
        assert not shown, f"POST {path} shows another brand: {shown[:3]}"
        assert after == before, f"POST {path} changes another brand"


@pytest.mark.django_db
def test_the_walk_would_notice_a_leak(world):
    _, _, yours = world
    neighbour = signed_in(make_user(brand=yours[Brand], role=Role.OWNER))

    assert leaks(neighbour.get("/campaigns/"))
    assert leaks(neighbour.get("/jobs/"))
    assert leaks(neighbour.get(f"/deals/{yours[Deal].pk}/"))


def fingerprint(made) -> dict[str, str]:
    """Every row of a brand as the database holds it, in one question, which is asked hundreds of times."""
    tables: list[type[models.Model]] = [*walled_models(), Job, Invitation]
    parts = [
        f"select '{model._meta.label}', md5(string_agg(t::text, '|' order by t::text))"
        f" from {connection.ops.quote_name(model._meta.db_table)} t where brand_id = {int(made[Brand].pk)}"
        for model in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts))
        return dict(cursor.fetchall())


@pytest.mark.django_db
def test_every_walled_model_is_filled(world):
    _, _, yours = world

    for model in walled_models():
        texts = [field for field in model._meta.local_fields if is_free_text(field)]
        values = [str(getattr(yours[model], field.attname)) for field in texts]
        assert not texts or any(CANARY in value for value in values), (
            f"tests/examples.py: no text of {model._meta.label} holds the word; give one in VALUES"
        )


def is_free_text(field: models.Field) -> bool:
    """Whether people or shops write what the field holds."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    fixed = field.choices or field.name in ("currency", "policy") or isinstance(field, models.FileField)
    return isinstance(field, kinds) and not fixed and not field.generated


@pytest.mark.parametrize("model", walled_models(), ids=lambda model: model._meta.label)
@pytest.mark.parametrize(
    "question",
    [
        lambda rows: list(rows.all()),
        lambda rows: rows.exists(),
        lambda rows: rows.count(),
        lambda rows: rows.first(),
        lambda rows: rows.get(pk=1),
        lambda rows: rows.in_bulk([1]),
        lambda rows: rows.exclude(pk=1).exists(),
        lambda rows: rows.select_related("brand").exists(),
        lambda rows: rows.update(brand=1),
        lambda rows: rows.filter(pk=1).delete(),
        lambda rows: list(rows.values_list("pk")),
        lambda rows: rows.aggregate(models.Count("pk")),
    ],
)
def test_a_question_without_a_scope_raises(model, question):
    with pytest.raises(ScopeError):
        question(model.objects)


@pytest.mark.django_db
def test_a_scope_of_no_brand_raises_instead_of_showing_all(brand):
    campaigns = make_campaign(brand).__class__.objects

    with scope(brand=None), pytest.raises(ScopeError):
        list(campaigns.all())


@pytest.mark.django_db
def test_a_scope_of_no_brands_shows_nothing(brand):
    campaigns = make_campaign(brand).__class__.objects

    with scope(brand=[]):
        assert list(campaigns.all()) == []


@pytest.mark.django_db
def test_a_scope_holds_for_what_hangs_on_a_shared_row(brand, other_brand):
    campaign = make_campaign(brand)

    with scope(brand=other_brand):
        assert not brand.campaigns.exists()
    with scope(brand=brand):
        assert brand.campaigns.get() == campaign


def test_the_checks_are_content():
    assert run_checks() == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_constraint_says_in_words_what_it_refuses(model):
    for constraint in model._meta.constraints:
        said = getattr(constraint, "violation_error_message", "")
        plain = constraint.default_violation_error_message
        if not only_helps_foreign_keys(constraint):
            assert said and said != plain, f"{model._meta.label}: give {constraint.name} a violation_error_message"
            assert said[0].isupper() and said[-1] == ".", f"{constraint.name}: write a sentence, not “{said}”"
        assert constraint.name.count("_") >= 2, f"{constraint.name}: a constraint's name reads as a sentence"


def only_helps_foreign_keys(constraint: UniqueConstraint | CheckConstraint) -> bool:
    """A composite key with the row's own number in it is always unique, and is there to be pointed at."""
    return isinstance(constraint, UniqueConstraint) and "id" in constraint.fields


@pytest.mark.parametrize("model", walled_models(), ids=lambda model: model._meta.label)
def test_every_walled_row_has_its_brand(model):
    field = model._meta.get_field("brand")

    assert isinstance(field, ForeignKey)
    assert field.related_model is Brand
    if "job" not in {field.name for field in model._meta.local_fields}:  # rows to import may wait for their brand
        assert not field.null
