"""Instagram's business discovery, over real HTTP."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from creators.enums import ContentKind, Failure, Platform
from creators.providers.errors import ProviderError
from creators.providers.instagram import Instagram
from creators.providers.records import PostRecord, ProfileRecord
from tests.creators.providers.conftest import always

TOKEN = "EAAB_not_a_real_one"
PROFILE = {
    "followers_count": 4100, "follows_count": 7, "media_count": 0, "name": "Ana", "biography": "x", "username": "ana",
}  # fmt: skip


@pytest.fixture
def instagram(stub, client) -> Instagram:
    return Instagram(TOKEN, account="178414", address=f"{stub.address}/v25.0", client=client)


def test_a_profile(stub, instagram):
    stub.answer = always({"business_discovery": PROFILE, "id": "178414"})

    answer = instagram.profile(Platform.INSTAGRAM, "ana")

    assert answer.value == ProfileRecord("", "ana", "Ana", "x", 4100, 1, 7, 0, is_private=False)
    assert stub.asked[0].path == "v25.0/178414"
    assert stub.asked[0].params["fields"].startswith("business_discovery.username(ana){followers_count,")


def test_posts_over_two_pages(stub, instagram):
    def page(number: int, after: str) -> dict:
        post = {
            "id": f"1789{number}", "like_count": 5, "comments_count": 0, "caption": "hi",
            "permalink": f"https://www.instagram.com/reel/Code{number}/", "timestamp": "2026-10-01T10:00:00+0000",
            "media_type": "VIDEO", "media_product_type": "REELS",
        }  # fmt: skip
        hidden = {"id": f"1790{number}", "media_type": "IMAGE"}
        return {"username": "ana", "media": {"data": [post, hidden], "paging": {"cursors": {"after": after}}}}

    pages = iter([page(1, "QVFI="), page(2, "")])
    stub.answer = lambda asked: always({"business_discovery": next(pages)})(asked)

    answer = instagram.posts(Platform.INSTAGRAM, "ana", limit=30)

    assert answer.value[0] == PostRecord(
        "Code1", ContentKind.REEL, datetime(2026, 10, 1, 10, tzinfo=UTC), "https://www.instagram.com/reel/Code1/", "hi",
        likes=5, comments=0,
    )  # fmt: skip
    assert [each.platform_id for each in answer.value] == ["Code1", "17901", "Code2", "17902"]
    assert answer.value[1].likes is None
    assert "media.after(QVFI=).limit(30)" in stub.asked[1].params["fields"]


def test_an_account_without_media(stub, instagram):
    stub.answer = always({"business_discovery": {"username": "ana"}})

    assert instagram.posts(Platform.INSTAGRAM, "ana").value == []


@pytest.mark.parametrize("name", ["ana){id}", "a b", "", "ä"])
def test_a_name_cannot_change_the_question(stub, instagram, name):
    with pytest.raises(ProviderError) as caught:
        instagram.profile(Platform.INSTAGRAM, name)

    assert caught.value.failure is Failure.GONE
    assert stub.asked == []


@pytest.mark.parametrize(
    ("status", "error", "failure"),
    [
        (400, {"code": 190, "message": "Error validating access token"}, Failure.BAD_KEY),
        (400, {"code": 10, "message": "Application does not have permission"}, Failure.BAD_KEY),
        (400, {"code": 200, "message": "Permissions error"}, Failure.BAD_KEY),
        (400, {"code": 110, "error_subcode": 2207013, "message": "Invalid user id"}, Failure.NOT_OFFERED),
        (400, {"code": 100, "message": "Tried accessing nonexisting field"}, Failure.REFUSED),
        (400, {"code": 4, "message": "Application request limit reached"}, Failure.RATE_LIMITED),
        (500, {"code": 2, "message": "Service temporarily unavailable"}, Failure.SERVER),
        (500, {"message": "?"}, Failure.SERVER),
    ],
)
def test_what_instagram_says_has_a_cause(stub, instagram, status, error, failure):
    stub.answer = always({"error": error}, status)

    with pytest.raises(ProviderError) as caught:
        instagram.profile(Platform.INSTAGRAM, "ana")

    assert caught.value.failure is failure


def test_the_wait_is_told_in_minutes_in_a_header_of_its_own(stub, instagram):
    usage = '{"178":[{"type":"instagram","call_count":100,"estimated_time_to_regain_access":12}]}'
    stub.answer = always({"error": {"code": 80002}}, 400, headers={"X-Business-Use-Case-Usage": usage})

    with pytest.raises(ProviderError) as caught:
        instagram.profile(Platform.INSTAGRAM, "ana")

    assert caught.value.retry_after == timedelta(minutes=12)


def test_the_token_is_tested_on_the_own_account(stub, instagram):
    stub.answer = always({"username": "acme", "id": "178414"})

    assert instagram.balance().words == "The token works and reads as @acme."


def test_without_an_account_of_ones_own_nothing_is_asked(stub, client):
    with pytest.raises(ProviderError) as caught:
        Instagram(TOKEN, account="me/../x", address=stub.address, client=client).balance()

    assert caught.value.failure is Failure.BAD_KEY
    assert stub.asked == []


def test_the_token_is_in_no_log_however_much_is_logged(caplog):
    with caplog.at_level(logging.INFO):
        is_written = logging.getLogger("httpx").isEnabledFor(logging.INFO)

    assert not is_written
