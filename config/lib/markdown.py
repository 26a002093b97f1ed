"""People's Markdown as safe HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "blockquote", "h3", "h4"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image"])


def html_of(text: str) -> SafeString:
    """Render `text`; raw HTML in it is shown as text, and what remains is cleaned once more."""
    return mark_safe(nh3.clean(_markdown.render(text), tags=_TAGS, link_rel="noopener noreferrer nofollow"))
