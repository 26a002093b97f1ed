"""The addresses of SociaVault and of its twin ScrapeCreators: the same questions under other paths and parameters."""

from dataclasses import dataclass

from creators.enums import Platform

# The most that one call may cost. SociaVault's overview speaks of 5 to 10 credits for posts and comments and of 20
# and more for audiences, its single pages of 1; what is charged is read from each answer. The twin charges 1 a call.
_SOCIAVAULT_PRICES = {"profile": 1, "posts": 10, "video": 1, "comments": 10, "followers": 20}
_TWIN_PRICES = {"profile": 1, "posts": 1, "video": 1, "comments": 1, "followers": 1}


@dataclass(frozen=True)
class Dialect:
    """`paths` by platform and question, `pages` the name of the parameter that asks for the next page."""

    address: str
    header: str
    balance: str
    paths: dict[Platform, dict[str, str]]
    pages: dict[Platform, dict[str, str]]
    prices: dict[str, int]


_PAGES = {
    Platform.TIKTOK: {"posts": "max_cursor", "comments": "cursor", "followers": "min_time"},
    Platform.INSTAGRAM: {"posts": "next_max_id", "comments": "cursor"},
    Platform.YOUTUBE: {"posts": "continuationToken", "comments": "continuationToken"},
    Platform.X: {"posts": "cursor", "comments": "cursor"},
}

SOCIAVAULT = Dialect(
    address="https://api.sociavault.com/v1",
    header="X-API-Key",
    balance="credits",
    paths={
        Platform.TIKTOK: {
            "profile": "scrape/tiktok/profile",
            "posts": "scrape/tiktok/videos",
            "comments": "scrape/tiktok/comments",
            "followers": "scrape/tiktok/followers",
        },
        Platform.INSTAGRAM: {
            "profile": "scrape/instagram/profile",
            "posts": "scrape/instagram/posts",
            "comments": "scrape/instagram/comments",
        },
        Platform.YOUTUBE: {
            "profile": "scrape/youtube/channel",
            "posts": "scrape/youtube/channel-videos",
            "video": "scrape/youtube/video",
            "comments": "scrape/youtube/video/comments",
        },
        Platform.X: {
            "profile": "scrape/twitter/profile",
            "posts": "scrape/twitter/user-tweets",
            "comments": "scrape/twitter/comments",
        },
    },
    pages=_PAGES,
    prices=_SOCIAVAULT_PRICES,
)

SCRAPECREATORS = Dialect(
    address="https://api.scrapecreators.com",
    header="x-api-key",
    balance="v1/credit-balance",
    paths={
        Platform.TIKTOK: {
            "profile": "v1/tiktok/profile",
            "posts": "v3/tiktok/profile/videos",
            "comments": "v1/tiktok/video/comments",
            "followers": "v1/tiktok/user/followers",
        },
        Platform.INSTAGRAM: {
            "profile": "v1/instagram/profile",
            "posts": "v2/instagram/user/posts",
            "comments": "v2/instagram/post/comments",
        },
        Platform.YOUTUBE: {
            "profile": "v1/youtube/channel",
            "posts": "v1/youtube/channel-videos",
            "video": "v1/youtube/video",
            "comments": "v1/youtube/video/comments",
        },
        Platform.X: {"profile": "v1/twitter/profile", "posts": "v1/twitter/user-tweets"},
    },
    pages=_PAGES,
    prices=_TWIN_PRICES,
)


def dialect_of(address: str) -> Dialect:
    """The twin's where the base address is the twin's, else SociaVault's."""
    return SCRAPECREATORS if "scrapecreators" in address.lower() else SOCIAVAULT
