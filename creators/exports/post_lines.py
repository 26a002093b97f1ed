"""The rows of a profile's posts as HTML, put together in Python since a template took most of the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from config.lib import words
from creators.models import Post

_COUNTS = ("likes", "comments", "shares", "saves", "views")


@dataclass(frozen=True)
class Shown:
    """Beside the posts: the query that leads back to their page, and the token of the forms of who may mark them."""

    query: str
    token: str = ""


def lines_html(posts: Iterable[Post], shown: Shown) -> SafeString:
    """A row of the table for each."""
    return mark_safe("".join([_line(post, shown) for post in posts]))


def _line(post: Post, shown: Shown) -> str:
    counts = [
        f'<td class="num" data-label="{name.capitalize()}">{words.count(getattr(post, name))}</td>'
        for name in _COUNTS
    ]
    return (
        f'<tr><th scope="row">{_name(post)}</th>'
        f'<td class="nowrap" data-label="Posted">{words.day(post.posted_at)}</td>'
        f'<td data-label="Kind">{post.get_kind_display()}</td>{"".join(counts)}'
        f'<td class="nowrap" data-label="Counted">{words.day(post.counted_at)}</td>'
        f'<td data-label="Campaign post">{_marked(post, shown)}</td></tr>\n'
    )


def _name(post: Post) -> str:
    name = _cut(post, 60)
    told = f'<a class="break" href="{escape(post.url)}" rel="noreferrer noopener">{name}</a>' if post.url else name
    removed = f' <span class="badge warn">removed {words.day(post.removed_at)}</span>' if post.removed_at else ""
    edited = f' <span class="badge quiet">edited {words.day(post.edited_at)}</span>' if post.edited_at else ""
    paid = ' <span class="badge quiet">paid partnership</span>' if post.is_paid_partnership else ""
    return f"{told}{removed}{edited}{paid}"


def _marked(post: Post, shown: Shown) -> str:
    """Whether it is of a campaign, and the button that says otherwise."""
    yes = '<span class="badge ok">yes</span>' if post.is_campaign else ""
    if not shown.token:
        return yes or "no"
    answer, word, more = ("no", "Not one", "") if post.is_campaign else ("yes", "Mark", " as campaign post")
    return (
        f'<form method="post" action="/creators/posts/{post.pk}/campaign/{escape(shown.query)}" class="inline">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{shown.token}">{yes}'
        f'<button class="button small" name="is_campaign" value="{answer}">{word}'
        f'<span class="sr-only">{more}: {_cut(post, 40)}</span></button></form>'
    )


def _cut(post: Post, letters: int) -> str:
    name = str(post)
    return escape(name if len(name) <= letters else Truncator(name).chars(letters))
