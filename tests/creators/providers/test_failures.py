"""Whatever a server does, a question ends in records or in a `ProviderError` that says what happened, and never in 0."""

import json
from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.lib.http import make_client
from creators.enums import Failure, Platform
from creators.providers.demo_server import Asked, Said, answer_demo, running
from creators.providers.errors import ProviderError
from creators.providers.instagram import Instagram
from creators.providers.sociavault import SociaVault
from creators.providers.youtube import YouTube
from tests.creators.providers.conftest import QUICK, always

KEY = "sk_live_not_a_real_one"
SOCIAVAULT_QUESTIONS = [
    *(("profile", platform) for platform in SociaVault.platforms),
    *(("posts", platform) for platform in SociaVault.platforms),
    *(("comments", platform) for platform in SociaVault.platforms),
    ("followers", Platform.TIKTOK),
]


def providers(server, client):
    """All three, each with its questions, asking one server."""
    vault = SociaVault(KEY, address=f"{server.address}/v1", client=client)
    youtube = YouTube(KEY, address=server.address, client=client)
    instagram = Instagram(KEY, account="17", address=server.address, client=client)
    return [
        (vault, SOCIAVAULT_QUESTIONS),
        (youtube, [(question, Platform.YOUTUBE) for question in ("profile", "posts", "comments")]),
        (instagram, [(question, Platform.INSTAGRAM) for question in ("profile", "posts")]),
    ]


def ask(provider, question, platform):
    """One question of any kind."""
    if question == "comments":
        return provider.comments(platform, "https://www.youtube.com/watch?v=abcdefghijk")
    return getattr(provider, question)(platform, "ana")


def failure_of(server, client, number=0, question="profile", platform=None):
    """The error that a provider raises; SociaVault's on TikTok unless told."""
    provider, questions = providers(server, client)[number]
    with pytest.raises(ProviderError) as caught:
        ask(provider, question, platform or (Platform.TIKTOK if number == 0 else questions[0][1]))
    return caught.value


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [
        (400, {"error": "Bad Request", "message": "handle is required"}, Failure.REFUSED),
        (401, {"error": "Unauthorized", "message": "Invalid API key"}, Failure.BAD_KEY),
        (402, {"error": "Payment Required", "message": "Not enough"}, Failure.NO_CREDITS),
        (402, b"", Failure.NO_CREDITS),
        (403, {"error": "Forbidden", "message": "Insufficient credits"}, Failure.NO_CREDITS),
        (403, {"error": "Forbidden", "message": "Invalid API key"}, Failure.BAD_KEY),
        (403, {"error": "Forbidden", "message": "This account is private"}, Failure.PRIVATE),
        (403, {"error": "Forbidden"}, Failure.BAD_KEY),
        (403, b"<html>denied</html>", Failure.BAD_KEY),
        (404, {"error": "Not Found", "message": "User not found"}, Failure.GONE),
        (404, {"error": "Not Found", "message": "This account does not exist"}, Failure.GONE),
        (404, {}, Failure.SHAPE),
        (404, b"", Failure.SHAPE),
        (404, b"<html>nothing here</html>", Failure.SHAPE),
        (404, {"detail": "Not Found"}, Failure.SHAPE),
        (404, {"error": "Not Found", "message": "Page not found"}, Failure.SHAPE),
        (410, {"error": "Gone"}, Failure.SHAPE),
        (404, {"message": "Route not found"}, Failure.REFUSED),
        (403, {"message": "Your account is suspended"}, Failure.BAD_KEY),
        (418, {}, Failure.REFUSED),
        (429, {"message": "Too many requests"}, Failure.RATE_LIMITED),
        (500, {"error": "boom"}, Failure.SERVER),
        (502, b"<html>bad gateway</html>", Failure.SERVER),
        (504, b"", Failure.TIMEOUT),
        (200, b"<!DOCTYPE html><title>Log in</title>", Failure.SERVER),
        (200, b'{"data": {"user": {"id": "1"', Failure.SERVER),
        (200, b"", Failure.SERVER),
        (200, b"[]", Failure.SERVER),
        (200, b"null", Failure.SERVER),
        (200, b"[" * 100_000, Failure.SERVER),
        (200, b'{"data": ' + b"9" * 5000 + b"}", Failure.SERVER),
        (204, b"", Failure.SERVER),
        (304, b"", Failure.SERVER),
        (200, {"success": False, "message": "User not found"}, Failure.GONE),
        (200, {"success": False, "message": "Insufficient credits"}, Failure.NO_CREDITS),
        (200, {"success": False}, Failure.SERVER),
        (200, {"error": "Unauthorized", "message": "Invalid API key", "statusCode": 401}, Failure.BAD_KEY),
        (200, {"success": True, "data": {"user": None}}, Failure.SHAPE),
        (200, {"success": True, "data": None}, Failure.SHAPE),
        (200, {"totally": "else"}, Failure.SHAPE),
    ],
)
def test_what_sociavault_says_has_a_cause(stub, client, status, body, failure):
    stub.answer = always(body, status)

    error = failure_of(stub, client)

    assert error.failure is failure
    assert error.words


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize(
    "body", [{"detail": "Not Found"}, {"error": "Not Found"}, {"error": {"message": "No route"}}]
)
def test_a_wrong_base_address_makes_nobody_gone(stub, client, number, body):
    stub.answer = always(body, 404)

    error = failure_of(stub, client, number)

    assert error.failure in (Failure.SHAPE, Failure.REFUSED)
    assert not error.is_permanent


def test_an_unknown_shape_tells_its_keys_and_keeps_the_payload(stub, client):
    stub.answer = always({"success": True, "data": {"userData": {"x": 1}, "v": 2}, "credits_used": 3})

    error = failure_of(stub, client)

    assert error.failure is Failure.SHAPE
    assert error.keys == ("success", "data", "credits_used", "data.userData", "data.v")
    assert json.loads(error.payload)["data"]["v"] == 2
    assert error.credits == 3


@pytest.mark.parametrize(
    ("header", "seconds"), [("30", 30), ("0", 0), ("-5", None), ("soon", None), ("9" * 30, None)]
)
def test_retry_after_in_seconds(stub, client, header, seconds):
    stub.answer = always({}, 429, headers={"Retry-After": header})

    error = failure_of(stub, client)

    assert error.retry_after == (None if seconds is None else timedelta(seconds=seconds))


def test_retry_after_as_a_date(stub, client):
    later = timezone.now() + timedelta(minutes=10)
    stub.answer = always({}, 429, headers={"Retry-After": format_datetime(later, usegmt=True)})

    error = failure_of(stub, client)

    assert timedelta(minutes=9) < error.retry_after <= timedelta(minutes=10)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_no_answer_in_time(stub, hasty, number):
    stub.answer = always({}, wait=QUICK * 2)

    assert failure_of(stub, hasty, number).failure is Failure.TIMEOUT


def test_an_answer_that_drips_has_an_end(stub, hasty):
    def drip(asked: Asked) -> Said:
        return Said(b"x" * 100, headers={"Content-Length": "1000"})  # 900 bytes never come

    stub.answer = drip

    error = failure_of(stub, hasty)

    assert error.failure in (Failure.TIMEOUT, Failure.SERVER)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_connection_that_breaks_off(stub, client, number):
    stub.answer = always({"data": {"user": {"id": "1"}}}, cut=True)

    assert failure_of(stub, client, number).failure is Failure.SERVER


def test_nobody_listens(stub, client):
    address = stub.address
    stub.server_close()
    with make_client(seconds=QUICK, private_hosts=["127.0.0.1"]) as other, pytest.raises(ProviderError) as caught:
        SociaVault(KEY, address=address.replace(str(stub.server_port), "9"), client=other).balance()

    assert caught.value.failure is Failure.SERVER


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:5432/", "http://[::1]/", "ftp://x/"]
)
def test_a_redirect_to_a_private_address(stub, client, number, target):
    stub.answer = always(b"", 302, headers={"Location": target})

    error = failure_of(stub, client, number)

    assert error.failure is Failure.REDIRECT
    assert len(stub.asked) == 1


def test_a_redirect_in_circles(stub, client):
    stub.answer = always(b"", 302, headers={"Location": "/v1/again"})

    assert failure_of(stub, client).failure is Failure.REDIRECT


def test_a_base_address_that_is_private_is_not_asked(stub):
    with make_client(seconds=QUICK, private_hosts=[]) as client:
        error = failure_of(stub, client)

    assert error.failure is Failure.REDIRECT
    assert stub.asked == []


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_that_is_too_large(stub, client, packed):
    stub.answer = always(b" " * (9 * 1024 * 1024), packed=packed)

    assert failure_of(stub, client).failure is Failure.SHAPE


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_key_shows_nowhere(stub, client, number):
    stub.answer = always({"error": {"message": f"bad {KEY}", "code": 190}, "message": f"Key {KEY} is wrong"}, 400)

    error = failure_of(stub, client, number)

    assert KEY not in f"{error} {error.words} {error.payload!r} {error.__cause__} {error.keys}"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=12)
    | st.sampled_from(["12.3K", "1234", "-5", "", "\x00", "9" * 40, "https://x.y/", "2026-01-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def spoilt(value, choose):
    """The value with some of its leaves and branches replaced by anything."""
    if choose(st.integers(0, 14)) == 0:
        return choose(JSON)
    if isinstance(value, dict):
        return {key: spoilt(inner, choose) for key, inner in value.items() if choose(st.integers(0, 14))}
    if isinstance(value, list):
        return [spoilt(inner, choose) for inner in value]
    return value


YOUTUBE_ITEM = {
    "id": "UC1", "snippet": {"customUrl": "@ana", "title": "Ana", "publishedAt": "2026-10-01T10:00:00Z"},
    "statistics": {"subscriberCount": "1230", "viewCount": "5", "videoCount": "3", "likeCount": "2"},
    "contentDetails": {"relatedPlaylists": {"uploads": "UU1"}, "videoId": "v1", "duration": "PT10S"},
}  # fmt: skip
DISCOVERY = {
    "username": "ana", "followers_count": 5, "follows_count": 6, "media_count": 7,
    "media": {"data": [{"id": "1", "like_count": 3, "permalink": "https://www.instagram.com/p/Aa/"}]},
}  # fmt: skip
GOOD = {1: {"kind": "youtube#x", "items": [YOUTUBE_ITEM]}, 2: {"business_discovery": DISCOVERY, "id": "17"}}


def sound(answer):
    """Every count is None or a count, and every text can be stored."""
    records = answer.value if isinstance(answer.value, list) else [answer.value]
    for record in records:
        for name, value in vars(record).items():
            if name in ("followers", "following", "posts", "likes", "views", "comments", "shares", "saves"):
                assert value is None or (type(value) is int and 0 <= value < 2**63), (name, value)
            if isinstance(value, str):
                assert "\x00" not in value
                value.encode()


@pytest.fixture(scope="module")
def fuzzed():
    """A server and a client that live through all examples of a test."""
    with running() as server, make_client(seconds=2, private_hosts=[server.host]) as client:
        server.keeps = False
        yield server, client


QUIET = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@QUIET
@given(data=st.data())
@pytest.mark.parametrize("number", [0, 1, 2])
def test_any_payload_ends_in_records_or_in_a_provider_error(fuzzed, number, data):
    server, client = fuzzed
    provider, questions = providers(server, client)[number]
    question, platform = data.draw(st.sampled_from(questions))

    def answer(asked: Asked) -> Said:
        good = (
            GOOD.get(number) or answer_demo(Asked(asked.path, {"handle": "ana", **asked.params}, asked.headers)).body
        )
        return Said(spoilt(good, data.draw), data.draw(st.sampled_from([200, 200, 200, 403, 500])))

    server.answer = answer
    try:
        sound(ask(provider, question, platform))
    except ProviderError as error:
        assert error.words and isinstance(error.failure, Failure)


@QUIET
@given(body=st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()), status=st.integers(200, 599))
@pytest.mark.parametrize("number", [0, 1, 2])
def test_any_bytes_end_in_records_or_in_a_provider_error(fuzzed, number, body, status):
    server, client = fuzzed
    provider, questions = providers(server, client)[number]
    server.answer = always(body if status not in (204, 304) else b"", status)
    try:
        sound(ask(provider, *questions[0]))
    except ProviderError as error:
        assert error.words


@pytest.mark.parametrize("missing", ["followers", "following", "posts", "likes"])
@pytest.mark.parametrize("bad", [None, "", "many", -5, 2**63, 10**30, True, False, [], {}, 1.5, float("nan"), "1e5"])
def test_a_count_that_cannot_be_read_is_unknown_and_not_0(stub, client, missing, bad):
    names = {
        "followers": "followerCount",
        "following": "followingCount",
        "posts": "videoCount",
        "likes": "heartCount",
    }
    stats = dict.fromkeys(names.values(), 7) | {names[missing]: bad}
    stub.answer = always({"data": {"user": {"id": "1", "uniqueId": "ana"}, "stats": stats}})
    vault, _ = providers(stub, client)[0]

    record = vault.profile(Platform.TIKTOK, "ana").value

    expected = dict.fromkeys(names, 7) | {missing: None}
    assert {name: getattr(record, name) for name in names} == expected
