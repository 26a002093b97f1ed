"""A made-up audience: what an account, its posts, comments and followers look like on any day, by its handle alone.

The same handle and day always give the same numbers, whoever asks and in whatever order, so a sample program can be
refreshed for months and its history filled in afterwards. Three in four accounts are honest; the others have a habit
that a signal should find.
"""

import hashlib
import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

HONEST, BUYS_FOLLOWERS, BUYS_PRAISE, BUYS_LIKES = "honest", "buys_followers", "buys_praise", "buys_likes"
_HABITS = (HONEST,) * 9 + (BUYS_FOLLOWERS, BUYS_PRAISE, BUYS_LIKES)
EPOCH = date(2024, 1, 1)
_VIEWS_LAST = 2.5  # days in which a post gets two thirds of its views
_JUMP_EVERY = 45  # days between two purchases of followers


@dataclass(frozen=True)
class DemoPost:
    """A post as it stands on the day asked."""

    id: int
    posted_at: datetime
    caption: str
    views: int
    likes: int
    comments: int
    shares: int
    saves: int
    is_paid: bool


@dataclass(frozen=True)
class DemoComment:
    """A comment under a post."""

    id: int
    author: str
    text: str
    at: datetime
    likes: int
    reply_to: int = 0
    is_by_creator: bool = False


@dataclass(frozen=True)
class DemoFollower:
    """One of the accounts that follow."""

    handle: str
    bio: str
    followers: int
    following: int
    posts: int
    has_picture: bool
    is_private: bool


@lru_cache(maxsize=100_000)
def share(*words: object) -> float:
    """A number in [0, 1) that the words alone decide."""
    return int.from_bytes(hashlib.blake2b("|".join(map(str, words)).encode(), digest_size=6).digest()) / 2**48


def number(*words: object) -> int:
    """An id of 15 digits that the words alone decide."""
    return 10**14 + int(share(*words) * 9 * 10**14)


def habit_of(handle: str) -> str:
    """What the account does: mostly nothing wrong."""
    return _HABITS[int(share(handle, "habit") * len(_HABITS))]


def followers_on(handle: str, day: date) -> int:
    """Followers at the end of a day: slow growth with noise, and the jumps of who buys them."""
    days = (day - EPOCH).days
    start = 1_200 * 30 ** share(handle, "size")
    grown = start * math.exp(days * (0.0002 + 0.0006 * share(handle, "growth")))
    noise = sum(share(handle, "noise", days - back) - 0.5 for back in range(3)) * math.sqrt(grown) * 0.4
    return max(50, int(grown + noise + _bought(handle, days, grown)))


def following_on(handle: str, day: date) -> int:
    """How many accounts it follows."""
    return 150 + int(700 * share(handle, "following")) + (day - EPOCH).days // 9


def posts_on(handle: str, day: date, *, limit: int) -> list[DemoPost]:
    """The newest posts that were up by the end of a day, newest first."""
    found: list[DemoPost] = []
    for back in range((day - EPOCH).days):
        if len(found) == limit:
            break
        when = day - timedelta(days=back)
        if share(handle, "posts", when) < 0.2 + 0.25 * share(handle, "diligence"):
            found.append(_post(handle, when, back))
    return found


def post_count_on(handle: str, day: date) -> int:
    """How many posts the account shows; what came before 2024 is made up."""
    return 40 + int((day - EPOCH).days * (0.2 + 0.25 * share(handle, "diligence")))


def comments_under(handle: str, post: DemoPost) -> list[DemoComment]:
    """All comments that have been written, the newest last; the creator answers some."""
    found: list[DemoComment] = []
    for index in range(post.comments):
        found.append(_comment(handle, post, index))
        if share(post.id, index, "answered") < 0.5 * share(handle, "answers"):
            found.append(_answer(handle, post, found[-1]))
    return found


def followers_of(handle: str, count: int) -> list[DemoFollower]:
    """A sample of the accounts that follow; some of those of who buys followers are empty shells."""
    fake = 0.45 if habit_of(handle) == BUYS_FOLLOWERS else 0.06 + 0.06 * share(handle, "fakes")
    return [_follower(handle, index, share(handle, index, "fake") < fake) for index in range(count)]


def _bought(handle: str, days: int, grown: float) -> float:
    if habit_of(handle) != BUYS_FOLLOWERS:
        return 0.0
    since = (days + int(_JUMP_EVERY * share(handle, "offset"))) % _JUMP_EVERY
    delivered = min(1.0, (since + 1) / 3)  # over three days; then the platform finds them, a few each day
    return 0.15 * grown * delivered * (1 - since / _JUMP_EVERY)


def _post(handle: str, when: date, age: int) -> DemoPost:
    seed = (handle, when)
    reached = (0.15 + 0.5 * share(*seed, "reach") ** 2) * followers_on(handle, when)
    if share(*seed, "viral") < 0.02:
        reached *= 8
    seen = 1 - math.exp(-(age + 0.6) / _VIEWS_LAST)
    rate = 0.04 + 0.05 * share(handle, "rate") + 0.02 * share(*seed, "rate")
    boost = 5 if habit_of(handle) == BUYS_LIKES and share(*seed, "boost") < 0.3 else 1
    views = reached * seen
    return DemoPost(
        id=number(*seed, "post"),
        posted_at=datetime.combine(
            when, time(6 + int(12 * share(*seed, "hour")), int(60 * share(*seed, "minute"))), UTC
        ),
        caption=f"{_pick(_TITLES, *seed, 'title')} {_pick(_THINGS, *seed, 'thing')}",
        views=round(views),
        likes=round(views * rate * boost),
        comments=round(views * rate * 0.02 * (2 if habit_of(handle) == BUYS_PRAISE else 1)),
        shares=round(views * rate * 0.04),
        saves=round(views * rate * 0.03),
        is_paid=share(*seed, "paid") < 0.08,
    )


def _comment(handle: str, post: DemoPost, index: int) -> DemoComment:
    seed = (post.id, index)
    praise = habit_of(handle) == BUYS_PRAISE and share(*seed, "praise") < 0.5
    digits = str(int(999 * share(*seed, "digits"))) if share(*seed, "has digits") < 0.5 else ""
    text = _pick(_PRAISE, *seed, "text") if praise else _own_words(seed)
    late = -math.log(1 - share(*seed, "late")) * 14
    return DemoComment(
        id=number(*seed, "comment"),
        author=_pick(_NAMES, *seed, "name") + digits,
        text=text,
        at=post.posted_at + timedelta(hours=min(late, 40)),
        likes=int(8 * share(*seed, "likes") ** 4),
    )


def _own_words(seed: tuple[int, int]) -> str:
    text = _pick(_REMARKS, *seed, "text").format(thing=_pick(_THINGS, *seed, "thing"))
    end = _pick(("", "", "!", " 😍", " 🙌", "...", " haha"), *seed, "end")
    if share(*seed, "goes on") < 0.75:
        end = f"{end} {_pick(_ASIDES, *seed, 'aside')}"
    return f"{_pick(('', '', 'ok ', 'honestly ', 'omg '), *seed, 'start')}{text}{end}"


def _answer(handle: str, post: DemoPost, comment: DemoComment) -> DemoComment:
    return DemoComment(
        id=number(comment.id, "answer"),
        author=handle,
        text=_pick(
            ("Thank you!", "It is linked in my bio", "I use it twice a week", "More on that soon"), comment.id
        ),
        at=comment.at + timedelta(minutes=20),
        likes=1,
        reply_to=comment.id,
        is_by_creator=True,
    )


def _follower(handle: str, index: int, is_fake: bool) -> DemoFollower:
    seed = (handle, index, "follower")
    name = _pick(_NAMES, *seed)
    if is_fake:
        return DemoFollower(
            handle=f"{name}{int(1e6 * share(*seed, 'digits')):06d}",
            bio="", followers=int(30 * share(*seed, 1)), following=600 + int(6000 * share(*seed, 2)),
            posts=int(2 * share(*seed, 3)), has_picture=share(*seed, 4) < 0.4, is_private=False,
        )  # fmt: skip
    return DemoFollower(
        handle=f"{name}.{_pick(_NAMES, *seed, 'second')}",
        bio=_pick(("", "she/her, London", "coffee first", "mum of two", "plants and books"), *seed, "bio"),
        followers=int(30 * 40 ** share(*seed, 1)), following=int(80 * 12 ** share(*seed, 2)),
        posts=int(2 * 150 ** share(*seed, 3)), has_picture=share(*seed, 4) < 0.95, is_private=share(*seed, 5) < 0.35,
    )  # fmt: skip


def _pick(words: tuple[str, ...], *seed: object) -> str:
    return words[int(share(*seed, "pick") * len(words))]


_TITLES = ("Trying", "My honest view of", "A week with", "Three ways to use", "Before and after:", "Unboxing")
_THINGS = (
    "this serum", "the new blend", "the linen shirt", "these trainers", "the night cream", "the travel mug",
    "this desk", "the rain jacket", "that lipstick", "the protein bar", "the candle", "this backpack",
)  # fmt: skip
_REMARKS = (
    "where did you get {thing}?", "does {thing} work for dry skin?", "how much is {thing}", "just ordered {thing}",
    "I tried {thing} last year and it broke after a month", "is {thing} vegan?", "too expensive for me",
    "the colour of {thing} is so good on you", "my sister swears by {thing}", "do they ship {thing} to Ireland?",
    "I was waiting for you to talk about {thing}", "what size did you take", "that part at the end made me laugh",
    "which one would you take, {thing} or the old one?", "finally somebody says it", "saving this for payday",
    "I need {thing} in my life", "not sure about {thing}, the reviews are mixed", "your dog steals the show",
    "did you get a code for {thing}?", "how long did delivery of {thing} take",
)  # fmt: skip
_ASIDES = (
    "asking for my mum, who never trusts adverts", "we have two small children and a lot of laundry",
    "it rains nine months a year where I live", "my last one went to a flatmate in Leeds", "payday is on Friday",
    "I am on my third cup already", "you had me at the first ten seconds", "the music is from that film, right",
    "greetings from a train somewhere near Porto", "my grandmother used to make something like it",
    "it took me a year to finish the old one", "the shop in our street has none left", "sorry for the long text",
    "I read the label twice and still do not get it", "been here since your kitchen videos",
    "my skin hates everything so I am careful", "next week is her birthday", "I live on the fourth floor, no lift",
    "this is my sign to clean the balcony", "the link did not open on my old phone", "tell your dog I said hello",
    "we tried it at work and three of us liked it", "I should be asleep", "the second half was my favourite",
)  # fmt: skip
_PRAISE = (
    "Amazing content, keep it up!", "Great post dear", "Wow so beautiful", "Awesome work, love your page!",
    "Very nice picture", "Great content, keep it up dear", "So amazing!!", "Love this, awesome page",
)  # fmt: skip
_NAMES = (
    "ada", "ben", "cleo", "dilan", "ella", "finn", "gwen", "hugo", "iris", "jonas", "kira", "liam", "maya", "noor",
    "olga", "pia", "quinn", "rosa", "sami", "tess", "umi", "vera", "wren", "yara", "zoe",
)  # fmt: skip
